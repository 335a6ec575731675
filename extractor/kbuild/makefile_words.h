/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_KBUILD_MAKEFILE_WORDS_H
#define GUPCONV_KBUILD_MAKEFILE_WORDS_H

#include <glib.h>
#include <stdbool.h>

#include "kbuild/makefile.h"

/* true where a "$(" or "${" stands */
bool make_reference_starts(const char *p);
/* Past the closing parenthesis of a reference whose inside starts here. */
const char *make_reference_end(const char *p);

/**
 * struct expansion - one expansion and what it may still cost: hostile input doubles quickly
 * @active: of struct make_variable: those under way, each of which gives nothing inside itself
 * @locals: names and values in turn (char *): of $(foreach) and $(call); the last one holds
 * @evals: gets the texts of $(eval), or NULL
 */
struct expansion {
	const struct makefile *mk;
	int depth, work;
	GPtrArray *active, *locals, *evals;
};

#define EXPAND_SIZE_MAX (64 << 10)

/**
 * struct text_function - a function of make's
 * @count: of its arguments; 0: any
 * @module: only in the Makefiles of a module
 */
struct text_function {
	const char *name;
	guint count;
	bool module;
	void (*expand)(const struct expansion *x, char **words, guint count, GString *out);
};

/* NULL for one that nothing is made of */
const struct text_function *text_function_find(const struct expansion *x, const char *name);
/* true when $(shell COMMAND) is one that is understood without running it */
bool make_shell_known(const char *command);
/* Expands, and collects in evals (char *) the texts of $(eval). */
char *makefile_expand_line(const struct makefile *mk, const char *line, GPtrArray *evals);

/* Splits at white space outside of references; adds copies. */
void make_words_add(GPtrArray *words, const char *text);

#endif
