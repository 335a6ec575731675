/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_PCH_H
#define GUPCONV_FRONTEND_PCH_H

#include "kbuild/arch.h"
#include "source/tree.h"

/**
 * struct pch - the headers that most files include, parsed once for an architecture
 * @path: the PCH file
 * @symbols: set of the CONFIG_ symbols that those headers mention. A file that
 *	sets one more of them sees other headers, so it cannot use the PCH.
 */
struct pch {
	char *path;
	GHashTable *symbols;
};

/* Those headers of them that the kernel has, as <names> (char *). */
GPtrArray *pch_headers(const struct tree *tree);

/*
 * Makes the PCH file below the stubs directory, with the CONFIG_ symbols of
 * common set. Returns the symbols, one a line, for pch_new() in another
 * process; "" when it cannot be made.
 */
char *pch_make(const struct tree *tree, const struct arch *arch, const char *stubs,
	       GPtrArray *common);

/* NULL when symbols is "". */
struct pch *pch_new(const struct arch *arch, const char *stubs,
		    const char *symbols);
void pch_free(void *precompiled);

/* symbols: CONFIG_ symbols of a file; common: those of the PCH (char *). */
bool pch_fits(const struct pch *precompiled, const struct arch *arch,
	      GPtrArray *symbols, GPtrArray *common);

/* args as compiler_flags_make() gives them, made to start from the PCH; frees args. */
char **pch_args(const struct pch *precompiled, char **args);

#endif
