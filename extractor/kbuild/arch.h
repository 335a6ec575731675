/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_KBUILD_ARCH_H
#define GUPCONV_KBUILD_ARCH_H

#include <stdbool.h>

/**
 * struct arch - how clang is told about an architecture of the kernel
 * @name: its directory below arch/
 * @target: clang's triple; a stand-in of the same width where clang has no such target
 * @macros: space separated -D and -U options that the triple does not bring
 * @config: space separated CONFIG_ settings (without the prefix) every file of it gets
 */
struct arch {
	const char *name;
	const char *target;
	const char *macros;
	const char *config;
};

extern const struct arch arch_table[];

/* NULL when unknown. */
const struct arch *arch_find(const char *name);
/* The one that files of no architecture are seen as. */
const struct arch *arch_default(void);
/* By "arch/NAME/" at the head of a path; NULL for a file of no architecture. */
const struct arch *arch_of_path(const char *path);

/* CONFIG_ settings of every architecture, as in struct arch. */
extern const char arch_common_config[];

/* true for a symbol that must not be set just because a file names it */
bool arch_config_excluded(const struct arch *arch, const char *symbol);

#endif
