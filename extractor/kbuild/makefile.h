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
 * @text: of "define": the lines of the last one; else NULL
 */
struct make_variable {
	char *name;
	char *text;
	GPtrArray *words;
	GByteArray *other;
	GArray *branch;
};

/**
 * struct make_unknown - a construct that nothing is made of, since nothing is run
 * @path: of the file, from the tree's top
 * @line: there
 * @variable: that it is assigned to, or "" for a line of its own
 * @text: "$(shell grep ...)"
 */
struct make_unknown {
	char *path;
	guint line;
	char *variable;
	char *text;
};

/**
 * struct makefile - the assignments of a Kbuild file and those it includes
 * @path: of the file, from the tree's top; "" when there is none
 * @dir: of the file, from the tree's top, "" for the top
 * @root: of a module: the folder that it is made in, $(M); else @dir
 * @top: absolute path of the tree; NULL when no file is looked at
 * @kernel: absolute path of the kernel, when the tree is a module's, else NULL
 * @variables: of struct make_variable, in order of first assignment
 * @index: name -> struct make_variable
 * @outer: of a module: the Makefile that calls this one; its variables are seen here; or NULL
 * @beside: @outer when that is of the same folder; owned
 * @calls: of struct make_call (makefile_call.h): of other Makefiles, or of this one by Kbuild
 * @unknown: of struct make_unknown, in the order of the text
 */
struct makefile {
	char *path, *dir, *root;
	char *top;
	const char *kernel;
	GPtrArray *variables;
	GHashTable *index;
	const struct makefile *outer;
	struct makefile *beside;
	GPtrArray *calls, *unknown;
};

/**
 * struct makefile_place - where a Kbuild file is
 * @tree: absolute path; NULL: no file is looked at
 * @dir: from there
 * @kernel: path of the kernel, when the tree is a module's; it is kept
 * @root: as in struct makefile; NULL: @dir
 * @outer: as there; it is kept
 */
struct makefile_place {
	const char *tree, *dir, *kernel, *root;
	const struct makefile *outer;
};

/*
 * The folder's Kbuild or else Makefile, or NULL when there is neither; of a module, which may not
 * be configured yet, also Kbuild.in and Makefile.in.
 */
struct makefile *makefile_read_at(const struct makefile_place *place);
/* From memory; path: of the file, from the tree's top, or "". */
struct makefile *makefile_parse_at(const struct makefile_place *place, const char *path,
				   const char *text, gsize length);
/* The same by itself. kernel may be NULL; it is kept. */
struct makefile *makefile_read(const char *tree, const char *dir, const char *kernel);
/* From memory, any bytes will do; includes are followed when tree is not NULL. */
struct makefile *makefile_parse(const char *tree, const char *dir, const char *text, gsize length);
void makefile_free(struct makefile *mk);

const struct make_variable *makefile_variable(const struct makefile *mk, const char *name);
/*
 * The constructs among those of @unknown, and of @outer's, that an object, a flag or an include
 * depends on: of struct make_unknown, the Makefiles' own.
 */
GPtrArray *makefile_unknown_used(const struct makefile *mk);

/* The word with variables and the common text functions put in; bounded. */
char *makefile_expand(const struct makefile *mk, const char *word);

#endif
