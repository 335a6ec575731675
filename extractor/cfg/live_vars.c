// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/bit_flow.h"
#include "cfg/live_vars.h"

/**
 * struct ir_live - live variables of a function
 * @ids: name -> number + 1
 * @words: of 64 bits, for each node
 * @uses, @defines: for each node, before and behind the equation; gone once it is solved
 * @before: the solution
 */
struct ir_live {
	GHashTable *ids;
	guint words;
	guint64 *uses, *defines;
	guint64 *before;
};

typedef void (*name_visit)(const struct expr *name, void *data);

/* The names among an expression's leaves. */
static void visit_names(const struct expr *e, name_visit visit, void *data)
{
	for (; e; e = e->a) {
		if (expr_is_name(e) && e->op != EXPR_UNKNOWN)
			visit(e, data);
		if (e->b)
			visit_names(e->b, visit, data);
	}
}

/* Of what is written: a variable, or a member of one, is not read for it. */
static void visit_names_of_target(const struct expr *e, name_visit visit, void *data)
{
	while (e && e->op == EXPR_MEMBER)
		e = e->a;
	if (e && !expr_is_name(e))
		visit_names(e, visit, data);
}

static void visit_uses(const struct ir_node *node, name_visit visit, void *data)
{
	bool writes = node->kind == IR_SET &&
		      (node->op == IR_OP_ASSIGN || node->op == IR_OP_DECLARE);

	if (writes)
		visit_names_of_target(node->lhs, visit, data);
	else
		visit_names(node->lhs, visit, data);
	visit_names(node->rhs, visit, data);
	visit_names(node->pointer, visit, data);
	for (int i = 0; node->kind == IR_CALL && i < node->arg_count; i++)
		visit_names(node->args[i], visit, data);
}

/* The name that the node writes as a whole, or NULL. */
static const struct expr *defined(const struct ir_node *node)
{
	if (node->kind != IR_SET || !expr_is_name(node->lhs) ||
	    (node->op != IR_OP_ASSIGN && node->op != IR_OP_DECLARE))
		return NULL;
	return node->lhs;
}

static void number_name(const struct expr *name, void *data)
{
	GHashTable *ids = data;

	if (!g_hash_table_contains(ids, name))
		g_hash_table_insert(ids, (void *)name, GINT_TO_POINTER(g_hash_table_size(ids) + 1));
}

struct uses {
	GHashTable *ids;
	guint64 *bits;
};

static void add_use(const struct expr *name, void *data)
{
	const struct uses *uses = data;

	ir_bit_set(uses->bits, GPOINTER_TO_UINT(g_hash_table_lookup(uses->ids, name)) - 1);
}

static void transfer(int node, guint64 *bits, const void *data)
{
	const struct ir_live *live = data;
	gsize at = (gsize)node * live->words;

	for (guint w = 0; w < live->words; w++)
		bits[w] = (bits[w] & ~live->defines[at + w]) | live->uses[at + w];
}

static void number_names(struct ir_live *live, const struct ir_function *function)
{
	for (int i = 0; i < function->count; i++) {
		visit_uses(&function->nodes[i], number_name, live->ids);
		if (defined(&function->nodes[i]))
			number_name(defined(&function->nodes[i]), live->ids);
	}
	live->words = g_hash_table_size(live->ids) / 64 + 1;
}

static void add_definition(struct ir_live *live, int node, const struct expr *name)
{
	guint id = GPOINTER_TO_UINT(g_hash_table_lookup(live->ids, name)) - 1;

	ir_bit_set(live->defines + (gsize)node * live->words, id);
}

static void fill_equations(struct ir_live *live, const struct ir_function *function)
{
	GHashTableIter iter;
	void *key;

	live->uses = g_new0(guint64, (gsize)function->count * live->words + 1);
	live->defines = g_new0(guint64, (gsize)function->count * live->words + 1);
	for (int i = 0; i < function->count; i++) {
		struct uses uses = { live->ids, live->uses + (gsize)i * live->words };

		visit_uses(&function->nodes[i], add_use, &uses);
		if (defined(&function->nodes[i]))
			add_definition(live, i, defined(&function->nodes[i]));
	}
	/* each call makes its own result */
	g_hash_table_iter_init(&iter, live->ids);
	while (g_hash_table_iter_next(&iter, &key, NULL)) {
		const struct expr *name = key;

		if (name->op == EXPR_RESULT && name->number < function->count)
			add_definition(live, (int)name->number, name);
	}
}

struct ir_live *ir_live_new(const struct ir_function *function)
{
	struct ir_live *live = g_new0(struct ir_live, 1);

	live->ids = g_hash_table_new(NULL, NULL);
	number_names(live, function);
	fill_equations(live, function);
	live->before = ir_solve_backward(function, IR_EDGES_CONTROL, live->words, transfer, live);
	g_clear_pointer(&live->uses, g_free);
	g_clear_pointer(&live->defines, g_free);
	return live;
}

void ir_live_free(struct ir_live *live)
{
	if (!live)
		return;
	g_hash_table_destroy(live->ids);
	g_free(live->before);
	g_free(live);
}

bool ir_live_before(const struct ir_live *live, int node, const struct expr *name)
{
	void *id = g_hash_table_lookup(live->ids, name);

	return id && ir_bit(live->before + (gsize)node * live->words, GPOINTER_TO_UINT(id) - 1);
}
