/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_KBUILD_KCONFIG_EXPR_H
#define GUPCONV_KBUILD_KCONFIG_EXPR_H

#include <glib.h>

enum kconfig_op { KCONFIG_SYMBOL, KCONFIG_STRING, KCONFIG_NOT, KCONFIG_AND, KCONFIG_OR,
		  KCONFIG_EQUAL, KCONFIG_UNEQUAL };

/**
 * struct kconfig_expr - a node of a depends-on expression, never changed once made
 * @text: of a symbol or a quoted string
 */
struct kconfig_expr {
	enum kconfig_op op;
	char *text;
	struct kconfig_expr *left, *right;
};

/*
 * Parses the text from *cursor on, up to a word "if" or its end. NULL for what
 * is none. Nodes live in the pool (made by kconfig_pool_new()).
 */
struct kconfig_expr *kconfig_expr_parse(GPtrArray *pool, const char **cursor);
/* left && right, either of which may be NULL for "y". */
struct kconfig_expr *kconfig_expr_and(GPtrArray *pool, struct kconfig_expr *left,
				      struct kconfig_expr *right);
GPtrArray *kconfig_pool_new(void);

#endif
