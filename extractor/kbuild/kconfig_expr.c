// SPDX-License-Identifier: GPL-2.0-only
#include <stdbool.h>
#include <string.h>

#include "kbuild/kconfig_expr.h"

#define EXPR_DEPTH_MAX 64

struct parser {
	GPtrArray *pool;
	const char *p;
	int depth;
};

static struct kconfig_expr *parse_or(struct parser *parser);

static void expr_free(void *data)
{
	struct kconfig_expr *expr = data;

	g_free(expr->text);
	g_free(expr);
}

GPtrArray *kconfig_pool_new(void)
{
	return g_ptr_array_new_with_free_func(expr_free);
}

static struct kconfig_expr *expr_new(GPtrArray *pool, enum kconfig_op op,
				     struct kconfig_expr *left, struct kconfig_expr *right)
{
	struct kconfig_expr *expr = g_new0(struct kconfig_expr, 1);

	expr->op = op;
	expr->left = left;
	expr->right = right;
	g_ptr_array_add(pool, expr);
	return expr;
}

struct kconfig_expr *kconfig_expr_and(GPtrArray *pool, struct kconfig_expr *left,
				      struct kconfig_expr *right)
{
	if (!left || !right)
		return left ? left : right;
	return expr_new(pool, KCONFIG_AND, left, right);
}

static void skip_space(struct parser *parser)
{
	while (g_ascii_isspace(*parser->p))
		parser->p++;
}

static bool take(struct parser *parser, const char *token)
{
	size_t length = strlen(token);

	skip_space(parser);
	if (strncmp(parser->p, token, length))
		return false;
	parser->p += length;
	return true;
}

static struct kconfig_expr *parse_string(struct parser *parser)
{
	struct kconfig_expr *expr = expr_new(parser->pool, KCONFIG_STRING, NULL, NULL);
	char quote = *parser->p++;
	size_t length = 0;

	while (parser->p[length] && parser->p[length] != quote)
		length++;
	expr->text = g_strndup(parser->p, length);
	parser->p += length + (parser->p[length] == quote);
	return expr;
}

/* "$(cc-option,-mfoo)" and the like: what the compiler can is not our question. */
static struct kconfig_expr *parse_macro(struct parser *parser)
{
	struct kconfig_expr *expr = expr_new(parser->pool, KCONFIG_STRING, NULL, NULL);
	int depth = 0;

	do {
		if (*parser->p == '(')
			depth++;
		else if (*parser->p == ')')
			depth--;
		else if (!*parser->p)
			break;
		parser->p++;
	} while (depth || parser->p[-1] == '$');
	expr->text = g_strdup("y");
	return expr;
}

static struct kconfig_expr *parse_symbol(struct parser *parser)
{
	struct kconfig_expr *expr;
	size_t length = 0;

	skip_space(parser);
	if (*parser->p == '"' || *parser->p == '\'')
		return parse_string(parser);
	if (*parser->p == '$')
		return parse_macro(parser);
	while (g_ascii_isalnum(parser->p[length]) || strchr("_-./", parser->p[length])) {
		if (!parser->p[length])
			break;
		length++;
	}
	if (!length || (length == 2 && !strncmp(parser->p, "if", 2)))
		return NULL;
	expr = expr_new(parser->pool, KCONFIG_SYMBOL, NULL, NULL);
	expr->text = g_strndup(parser->p, length);
	parser->p += length;
	return expr;
}

static struct kconfig_expr *parse_compare(struct parser *parser)
{
	struct kconfig_expr *left = parse_symbol(parser);

	if (!left)
		return NULL;
	if (take(parser, "!="))
		return expr_new(parser->pool, KCONFIG_UNEQUAL, left, parse_symbol(parser));
	if (take(parser, "<=") || take(parser, ">=") || take(parser, "<") || take(parser, ">")) {
		/* An order of numbers: taken as possible. */
		parse_symbol(parser);
		left = expr_new(parser->pool, KCONFIG_STRING, NULL, NULL);
		left->text = g_strdup("y");
		return left;
	}
	if (take(parser, "="))
		return expr_new(parser->pool, KCONFIG_EQUAL, left, parse_symbol(parser));
	return left;
}

static struct kconfig_expr *parse_unary(struct parser *parser)
{
	struct kconfig_expr *inner;

	if (++parser->depth > EXPR_DEPTH_MAX)
		return NULL;
	skip_space(parser);
	if (parser->p[0] == '!' && parser->p[1] != '=') {
		parser->p++;
		inner = parse_unary(parser);
		inner = inner ? expr_new(parser->pool, KCONFIG_NOT, inner, NULL) : NULL;
	} else if (take(parser, "(")) {
		inner = parse_or(parser);
		take(parser, ")");
	} else {
		inner = parse_compare(parser);
	}
	parser->depth--;
	return inner;
}

static struct kconfig_expr *parse_and(struct parser *parser)
{
	struct kconfig_expr *left = parse_unary(parser);

	while (left && take(parser, "&&")) {
		struct kconfig_expr *right = parse_unary(parser);

		if (!right)
			break;
		left = expr_new(parser->pool, KCONFIG_AND, left, right);
	}
	return left;
}

static struct kconfig_expr *parse_or(struct parser *parser)
{
	struct kconfig_expr *left = parse_and(parser);

	while (left && take(parser, "||")) {
		struct kconfig_expr *right = parse_and(parser);

		if (!right)
			break;
		left = expr_new(parser->pool, KCONFIG_OR, left, right);
	}
	return left;
}

struct kconfig_expr *kconfig_expr_parse(GPtrArray *pool, const char **cursor)
{
	struct parser parser = { .pool = pool, .p = *cursor };
	struct kconfig_expr *expr = parse_or(&parser);

	*cursor = parser.p;
	return expr;
}
