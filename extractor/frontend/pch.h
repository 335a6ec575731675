/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_PCH_H
#define GUPCONV_FRONTEND_PCH_H

#include "frontend/macro_graph.h"
#include "kbuild/arch.h"
#include "source/tree.h"

/**
 * struct pch - the headers that most files include, parsed once for an architecture
 * @path: the PCH file
 * @seen: set of what decides whether a file sees the same headers: the CONFIG_ symbols that
 *	they mention, "#NAME" of each macro that their directives test, and their own paths
 * @macros: their macros
 */
struct pch {
	char *path;
	GHashTable *seen;
	struct macro_graph *macros;
};

/*
 * The headers that the PCH of an architecture is made of and the kernel has, as <names>
 * (char *); NULL for those of any.
 */
GPtrArray *pch_headers(const struct tree *tree, const struct arch *arch);

/*
 * Makes the PCH file below the stubs directory, with the CONFIG_ symbols of
 * common set. Returns what the headers show, one a line, for pch_new() in another
 * process; "" when it cannot be made.
 */
char *pch_make(const struct tree *tree, const struct arch *arch, const char *stubs,
	       GPtrArray *common);

/* NULL when seen is "". */
struct pch *pch_new(const struct arch *arch, const char *stubs, const char *seen);
void pch_free(void *precompiled);

/*
 * args as compiler_flags_make() gives them, made to start from the PCH; frees args.
 * @strict: a call of a function that is not declared is an error.
 */
char **pch_args(const struct pch *precompiled, bool strict, char **args);

#endif
