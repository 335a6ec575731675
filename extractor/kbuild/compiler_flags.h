/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_KBUILD_COMPILER_FLAGS_H
#define GUPCONV_KBUILD_COMPILER_FLAGS_H

#include "kbuild/arch.h"
#include "source/tree.h"

/**
 * struct flags_input - what the compiler flags of one file depend on
 * @tree: the tree
 * @arch: the architecture to see it as
 * @stubs: directory of generated_headers_make()
 * @path: the file
 * @kbuild: -I and -D options of its Makefiles (char *), or NULL
 * @common: CONFIG_ symbols that all files of the architecture set, with prefix (char *), or NULL
 * @on: CONFIG_ symbols to set, with prefix (char *), or NULL
 * @off: macros to undefine, with their whole name (char *), or NULL
 * @defines: further macros to define as 1, or as the value of "NAME=VALUE"; or NULL
 */
struct flags_input {
	const struct tree *tree;
	const struct arch *arch;
	const char *stubs;
	const char *path;
	GPtrArray *kbuild;
	GPtrArray *common;
	GPtrArray *on;
	GPtrArray *off;
	GPtrArray *defines;
};

/* Arguments for libclang, as a NULL-terminated vector; g_strfreev() it. */
char **compiler_flags_make(const struct flags_input *input);
/* The same from the flags of a build of that architecture (char *). */
char **compiler_flags_of_build(const struct arch *arch, const GPtrArray *options);

#endif
