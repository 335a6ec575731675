/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_KBUILD_KCONFIG_READ_H
#define GUPCONV_KBUILD_KCONFIG_READ_H

#include <stdbool.h>

#include "source/source_overlay.h"
#include "kbuild/kconfig_expr.h"

/**
 * struct kconfig_value - one default, or one selection by another symbol
 * @value: the default's expression, or the selecting symbol
 * @condition: its "if", or NULL
 */
struct kconfig_value {
	struct kconfig_expr *value;
	struct kconfig_expr *condition;
};

/**
 * struct kconfig_entry - one "config NAME" with all that encloses it
 * @arch: directory below arch/ whose Kconfig defines it, or NULL
 * @depends: every condition on it, or NULL
 * @prompt: a user can set it
 * @defaults: of struct kconfig_value
 */
struct kconfig_entry {
	char *arch;
	struct kconfig_expr *depends;
	bool prompt;
	GPtrArray *defaults;
};

/**
 * struct kconfig_symbol - all entries of one name
 * @entries: of struct kconfig_entry
 * @selects: of struct kconfig_value: who selects it
 */
struct kconfig_symbol {
	GPtrArray *entries;
	GPtrArray *selects;
};

/**
 * struct kconfig_base - what was read
 * @tree: path, or NULL: then "source" is not followed
 * @change: how its files are to be seen, or NULL
 * @symbols: name -> struct kconfig_symbol
 * @pool: of all expressions
 * @seen: Kconfig files read already
 * @archs: directories below arch/
 */
struct kconfig_base {
	char *tree;
	const struct source_overlay *change;
	GHashTable *symbols;
	GPtrArray *pool;
	GHashTable *seen;
	GPtrArray *archs;
	int depth;
};

struct kconfig_base *kconfig_base_new(const char *tree);
void kconfig_base_free(struct kconfig_base *base);
/* A file, by its path from the top, with the conditions that enclose it. */
void kconfig_base_read(struct kconfig_base *base, const char *path, struct kconfig_expr *outer);
void kconfig_base_text(struct kconfig_base *base, const char *path, const char *text, gsize length,
		       struct kconfig_expr *outer);

#endif
