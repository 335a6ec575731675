// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "ir/expr.h"

/**
 * struct expr_pool - interned expressions and names
 * @all: set of struct expr, compared by content; the pool owns them
 */
struct expr_pool {
	GHashTable *all;
	GStringChunk *names;
};

static guint expr_hash(const void *data)
{
	const struct expr *e = data;
	guint hash = e->op;

	hash = hash * 31 + g_direct_hash(e->a);
	hash = hash * 31 + g_direct_hash(e->b);
	hash = hash * 31 + g_direct_hash(e->name);
	return hash * 31 + (guint)e->number;
}

static gboolean expr_equal(const void *left, const void *right)
{
	const struct expr *a = left, *b = right;

	return a->op == b->op && a->a == b->a && a->b == b->b && a->name == b->name &&
	       a->number == b->number;
}

struct expr_pool *expr_pool_new(void)
{
	struct expr_pool *pool = g_new0(struct expr_pool, 1);

	pool->all = g_hash_table_new_full(expr_hash, expr_equal, g_free, NULL);
	pool->names = g_string_chunk_new(4096);
	return pool;
}

void expr_pool_free(struct expr_pool *pool)
{
	if (!pool)
		return;
	g_hash_table_destroy(pool->all);
	g_string_chunk_free(pool->names);
	g_free(pool);
}

const char *expr_pool_name(struct expr_pool *pool, const char *name)
{
	return g_string_chunk_insert_const(pool->names, name);
}

const char *expr_pool_text(struct expr_pool *pool, const char *text, size_t length)
{
	char buffer[128];

	if (length >= sizeof(buffer)) {
		g_autofree char *name = g_strndup(text, length);

		return expr_pool_name(pool, name);
	}
	memcpy(buffer, text, length);
	buffer[length] = 0;
	return expr_pool_name(pool, buffer);
}

static const struct expr *intern(struct expr_pool *pool, struct expr key)
{
	struct expr *e = g_hash_table_lookup(pool->all, &key);

	if (e)
		return e;
	key.unknown = key.op == EXPR_UNKNOWN || key.op == EXPR_TEMP || (key.a && key.a->unknown) ||
		      (key.b && key.b->unknown) || (key.name && *key.name == '?');
	key.serial = g_hash_table_size(pool->all);
	e = g_memdup2(&key, sizeof(key));
	g_hash_table_add(pool->all, e);
	return e;
}

const struct expr *expr_unknown(struct expr_pool *pool)
{
	return intern(pool, (struct expr){ .op = EXPR_UNKNOWN });
}

const struct expr *expr_number(struct expr_pool *pool, long long number)
{
	return intern(pool, (struct expr){ .op = EXPR_NUMBER, .number = number });
}

const struct expr *expr_string(struct expr_pool *pool)
{
	return intern(pool, (struct expr){ .op = EXPR_STRING });
}

const struct expr *expr_initialiser(struct expr_pool *pool)
{
	return intern(pool, (struct expr){ .op = EXPR_INITIALISER });
}

const struct expr *expr_local(struct expr_pool *pool, const char *name)
{
	return intern(pool, (struct expr){ .op = EXPR_LOCAL, .name = expr_pool_name(pool, name) });
}

const struct expr *expr_global(struct expr_pool *pool, const char *name)
{
	return intern(pool, (struct expr){ .op = EXPR_GLOBAL, .name = expr_pool_name(pool, name) });
}

const struct expr *expr_result(struct expr_pool *pool, int node)
{
	return intern(pool, (struct expr){ .op = EXPR_RESULT, .number = node });
}

const struct expr *expr_temp(struct expr_pool *pool, int number)
{
	return intern(pool, (struct expr){ .op = EXPR_TEMP, .number = number });
}

const struct expr *expr_returned(struct expr_pool *pool)
{
	return intern(pool, (struct expr){ .op = EXPR_RETURNED });
}

const struct expr *expr_member(struct expr_pool *pool, enum expr_op op, const struct expr *a,
			       const char *name)
{
	if (op == EXPR_MEMBER && a->op == EXPR_DEREF)
		return expr_member(pool, EXPR_ARROW, a->a, name);
	if (op == EXPR_ARROW && a->op == EXPR_ADDRESS)
		return expr_member(pool, EXPR_MEMBER, a->a, name);
	return intern(pool, (struct expr){ .op = op, .a = a, .name = expr_pool_name(pool, name) });
}

const struct expr *expr_unary(struct expr_pool *pool, enum expr_op op, const struct expr *a)
{
	if (op == EXPR_NEGATE && a->op == EXPR_NUMBER)
		return expr_number(pool, -(unsigned long long)a->number);
	return intern(pool, (struct expr){ .op = op, .a = a });
}

const struct expr *expr_binary(struct expr_pool *pool, enum expr_op op, const struct expr *a,
			       const struct expr *b)
{
	return intern(pool, (struct expr){ .op = op, .a = a, .b = b });
}

static bool is_shift(const struct expr *e)
{
	return e->op == EXPR_ADD || e->op == EXPR_SUB;
}

const struct expr *expr_base(const struct expr *e)
{
	while (e->op == EXPR_ADDRESS || e->op == EXPR_DEREF || e->op == EXPR_INDEX || is_shift(e))
		e = e->a;
	return e;
}

const struct expr *expr_offset(struct expr_pool *pool, const struct expr *e)
{
	while (e->op == EXPR_ADDRESS || e->op == EXPR_DEREF)
		e = e->a;
	return e->op == EXPR_INDEX || e->op == EXPR_ADD ? e->b : expr_number(pool, 0);
}

const struct expr *expr_root(const struct expr *e)
{
	while (e->a)
		e = e->a;
	return e;
}

bool expr_contains(const struct expr *e, const struct expr *part)
{
	for (; e; e = e->a) {
		if (e == part)
			return true;
		if (e->b && expr_contains(e->b, part))
			return true;
	}
	return false;
}

bool expr_is_element(const struct expr *e)
{
	return e->op == EXPR_DEREF || e->op == EXPR_INDEX || is_shift(e);
}

bool expr_extends(const struct expr *e, const struct expr *access)
{
	for (;;) {
		if (e == access)
			return true;
		if (e->op != EXPR_MEMBER && e->op != EXPR_ARROW && e->op != EXPR_INDEX)
			return false;
		e = e->a;
	}
}

/* The same operator over other operands. */
static const struct expr *rebuilt(struct expr_pool *pool, const struct expr *e,
				  const struct expr *a, const struct expr *b)
{
	if (expr_is_member(e))
		return expr_member(pool, e->op, a, e->name);
	return e->b ? expr_binary(pool, e->op, a, b) : expr_unary(pool, e->op, a);
}

const struct expr *expr_replace_root(struct expr_pool *pool, const struct expr *e,
				     const struct expr *root, const struct expr *with)
{
	const struct expr *a;

	if (e == root)
		return with;
	if (!e->a)
		return e;
	a = expr_replace_root(pool, e->a, root, with);
	return a == e->a ? e : rebuilt(pool, e, a, e->b);
}

const struct expr *expr_replace(struct expr_pool *pool, const struct expr *e,
				const struct expr *part, const struct expr *with)
{
	const struct expr *a, *b;

	if (e == part)
		return with;
	if (!e->a)
		return e;
	a = expr_replace(pool, e->a, part, with);
	b = e->b ? expr_replace(pool, e->b, part, with) : NULL;
	return a == e->a && b == e->b ? e : rebuilt(pool, e, a, b);
}
