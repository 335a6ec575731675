// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "ir/expr.h"

static const char *const op_texts[EXPR_OPS] = {
#define X(name, text) [EXPR_##name] = text,
	EXPR_LEAVES(X) EXPR_UNARY(X) EXPR_BINARY(X)
#undef X
};

static bool is_prefix(enum expr_op op)
{
	return op >= EXPR_ADDRESS && op <= EXPR_INVERT;
}

/* As the operand of ".", "->" or "[", a prefix operator or a sign is put in parentheses. */
static void print(GString *text, const struct expr *e, bool operand)
{
	bool brackets = operand && (is_prefix(e->op) || (e->op == EXPR_NUMBER && e->number < 0));

	if (brackets)
		g_string_append_c(text, '(');
	switch (e->op) {
	case EXPR_NUMBER:
		g_string_append_printf(text, "%lld", e->number);
		break;
	case EXPR_LOCAL:
	case EXPR_GLOBAL:
		g_string_append_printf(text, "%s%s", op_texts[e->op], e->name);
		break;
	case EXPR_RESULT:
	case EXPR_TEMP:
		g_string_append_printf(text, "%s%lld", op_texts[e->op], e->number);
		break;
	case EXPR_MEMBER:
	case EXPR_ARROW:
		print(text, e->a, true);
		g_string_append_printf(text, "%s%s", op_texts[e->op], e->name);
		break;
	case EXPR_INDEX:
		print(text, e->a, true);
		g_string_append_c(text, '[');
		print(text, e->b, false);
		g_string_append_c(text, ']');
		break;
	default:
		if (expr_is_binary(e)) {
			g_string_append_c(text, '(');
			print(text, e->a, false);
			g_string_append_printf(text, " %s ", op_texts[e->op]);
			print(text, e->b, false);
			g_string_append_c(text, ')');
		} else {
			g_string_append(text, op_texts[e->op]);
			if (e->a)
				print(text, e->a, false);
		}
	}
	if (brackets)
		g_string_append_c(text, ')');
}

char *expr_print(const struct expr *e)
{
	GString *text = g_string_new(NULL);

	print(text, e, false);
	return g_string_free(text, FALSE);
}

/* -- reading: recursive descent, one token of lookahead -- */

struct expr_reader {
	struct expr_pool *pool;
	const char *at;
};

static const struct expr *read_expr(struct expr_reader *r);

static bool accept(struct expr_reader *r, const char *word)
{
	if (!g_str_has_prefix(r->at, word))
		return false;
	r->at += strlen(word);
	return true;
}

/* A name as C has them, UTF-8 included; its length, 0 for none. */
static size_t name_length(const char *text)
{
	size_t length = 0;

	if (g_ascii_isdigit(*text))
		return 0;
	while (g_ascii_isalnum(text[length]) || text[length] == '_' || text[length] == '$' ||
	       (text[length] & 0x80))
		length++;
	return length;
}

bool expr_is_identifier(const char *text)
{
	return *text && !text[name_length(text)];
}

static const char *read_name(struct expr_reader *r)
{
	size_t length = name_length(r->at);
	const char *name = length ? expr_pool_text(r->pool, r->at, length) : NULL;

	r->at += length;
	return name;
}

static const struct expr *read_variable(struct expr_reader *r, bool global)
{
	const char *name = read_name(r);

	if (!name)
		return NULL;
	return global ? expr_global(r->pool, name) : expr_local(r->pool, name);
}

/* Up to 2^64 - 1: the magnitude of the lowest number is one more than the highest's. */
static long long read_number(struct expr_reader *r)
{
	return (long long)g_ascii_strtoull(r->at, (char **)&r->at, 10);
}

static const struct expr *read_leaf(struct expr_reader *r)
{
	if (accept(r, "@return"))
		return expr_returned(r->pool);
	if (*r->at == '@' && g_ascii_isdigit(r->at[1])) {
		r->at++;
		return expr_result(r->pool, read_number(r));
	}
	if (accept(r, "?"))
		return g_ascii_isdigit(*r->at) ? expr_temp(r->pool, read_number(r)) :
						 expr_unknown(r->pool);
	if (accept(r, "\"\""))
		return expr_string(r->pool);
	if (accept(r, "{}"))
		return expr_initialiser(r->pool);
	if (g_ascii_isdigit(*r->at))
		return expr_number(r->pool, read_number(r));
	return accept(r, "::") ? read_variable(r, true) : read_variable(r, false);
}

/* "a OP b)" or, in parentheses that print() gave to a prefix operator, "a)" */
static const struct expr *read_brackets(struct expr_reader *r)
{
	const struct expr *a = read_expr(r), *b;

	if (!a || accept(r, ")"))
		return a;
	if (!accept(r, " "))
		return NULL;
	for (int op = EXPR_INDEX + 1; op < EXPR_OPS; op++) {
		size_t length = strlen(op_texts[op]);

		if (strncmp(r->at, op_texts[op], length) || r->at[length] != ' ')
			continue;
		r->at += length + 1;
		b = read_expr(r);
		return b && accept(r, ")") ? expr_binary(r->pool, op, a, b) : NULL;
	}
	return NULL;
}

static const struct expr *read_index(struct expr_reader *r, const struct expr *array)
{
	const struct expr *index = read_expr(r);

	return index && accept(r, "]") ? expr_binary(r->pool, EXPR_INDEX, array, index) : NULL;
}

static const struct expr *read_member(struct expr_reader *r, enum expr_op op, const struct expr *a)
{
	const char *name = accept(r, "?") ? "?" : read_name(r);

	return name ? expr_member(r->pool, op, a, name) : NULL;
}

static const struct expr *read_access(struct expr_reader *r)
{
	const struct expr *e = accept(r, "(") ? read_brackets(r) : read_leaf(r);

	while (e) {
		enum expr_op op = accept(r, "->") ? EXPR_ARROW : accept(r, ".") ? EXPR_MEMBER :
				  accept(r, "[") ? EXPR_INDEX : EXPR_OPS;

		if (op == EXPR_OPS)
			return e;
		e = op == EXPR_INDEX ? read_index(r, e) : read_member(r, op, e);
	}
	return NULL;
}

static const struct expr *read_expr(struct expr_reader *r)
{
	for (int op = EXPR_ADDRESS; op <= EXPR_INVERT; op++) {
		const struct expr *a;

		if (!accept(r, op_texts[op]))
			continue;
		a = read_expr(r);
		return a ? expr_unary(r->pool, op, a) : NULL;
	}
	return read_access(r);
}

const struct expr *expr_parse(struct expr_pool *pool, const char *text, const char **end)
{
	struct expr_reader r = { pool, text };
	const struct expr *e = read_expr(&r);

	if (end)
		*end = r.at;
	return e;
}

const struct expr *expr_parse_all(struct expr_pool *pool, const char *text)
{
	const char *end;
	const struct expr *e = expr_parse(pool, text, &end);

	return e && !*end ? e : NULL;
}
