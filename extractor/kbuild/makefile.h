/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_KBUILD_MAKEFILE_H
#define GUPCONV_KBUILD_MAKEFILE_H

#include <glib.h>

/**
 * struct make_variable - all that one Makefile puts in one variable
 * @name: as written: "obj-$(CONFIG_TEE)"
 * @words: of char *, not expanded, from every assignment and branch
 * @other: a byte a word, 1 when it stands in the else branch of a condition
 *	whose earlier branch has -D options too: not both can hold
 * @branch: of guint, one a word: number of its innermost condition << 8 and of
 *	the branch there, 0 outside of conditions
 */
struct make_variable {
	char *name;
	GPtrArray *words;
	GByteArray *other;
	GArray *branch;
};

/**
 * struct makefile - the assignments of a Kbuild file and those it includes
 * @dir: of the file, from the tree's top, "" for the top
 * @kernel: absolute path of the kernel, when the tree is a module's, else NULL
 * @variables: of struct make_variable, in order of first assignment
 * @index: name -> struct make_variable
 */
struct makefile {
	char *dir;
	const char *kernel;
	GPtrArray *variables;
	GHashTable *index;
};

/* DIR's Kbuild or else Makefile, or NULL when there is neither. kernel may be NULL; it is kept. */
struct makefile *makefile_read(const char *tree, const char *dir, const char *kernel);
/* From memory, any bytes will do; includes are followed when tree is not NULL. */
struct makefile *makefile_parse(const char *tree, const char *dir, const char *text, gsize length);
void makefile_free(struct makefile *mk);

const struct make_variable *makefile_variable(const struct makefile *mk, const char *name);

/* The word with variables and the common text functions put in; bounded. */
char *makefile_expand(const struct makefile *mk, const char *word);

#endif
