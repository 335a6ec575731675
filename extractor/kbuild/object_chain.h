/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_KBUILD_OBJECT_CHAIN_H
#define GUPCONV_KBUILD_OBJECT_CHAIN_H

#include <stdbool.h>

#include "kbuild/makefile.h"

/**
 * struct kbuild_line - a Makefile line that holds a word
 * @target: "bar.o" for bar-y; NULL for obj-..., lib-...
 * @config: its symbol, or ""
 */
struct kbuild_line {
	char *target;
	char *config;
};

void kbuild_line_clear(struct kbuild_line *line);
/* true when objects stand in a variable of this name */
bool kbuild_line_of_variable(const char *name, struct kbuild_line *line);

/*
 * The line that names the word itself is better than one that gets it by a
 * variable: "gem-y += gem/foo.o; i915-y += $(gem-y)" is a line of i915, as
 * there is no gem.o.
 */
bool kbuild_line_find(const struct makefile *mk, const char *word, bool lists,
		      struct kbuild_line *line);

/*
 * Walks from foo.o by its composites to the line of obj-. config is the first
 * symbol on the way. Returns the last object, or NULL when the Makefile does
 * not build foo.o.
 */
char *object_chain(const struct makefile *mk, const char *object, char **config);

#endif
