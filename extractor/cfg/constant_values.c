// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/cfg_edges.h"
#include "cfg/constant_values.h"

/* How many assignments in a row are gone back. */
#define DEPTH_MAX 6
#define VALUES_MAX 8

static int param_of(const struct ir_function *function, const struct expr *name)
{
	for (int i = 0; name->op == EXPR_LOCAL && i < function->nodes[0].arg_count; i++)
		if (function->nodes[0].args[i] == name)
			return i;
	return -1;
}

/* Of a call's arguments: the address of the object that the access is of; lent: or a pointer. */
static bool is_given(const struct ir_node *call, const struct expr *access, bool lent)
{
	for (int i = 0; i < call->arg_count; i++) {
		const struct expr *argument = call->args[i];

		if (argument->op == EXPR_ADDRESS && expr_extends(access, expr_base(argument->a)))
			return true;
		if (lent && access->op == EXPR_ARROW && expr_extends(access, argument))
			return true;
	}
	return false;
}

/**
 * struct definition - an assignment to an access
 * @behind: it is on the way from the node that paths have to go by
 */
struct definition {
	int node;
	bool behind;
};

/**
 * struct definitions - the assignments to an access that reach a node
 * @nodes: of struct definition
 * @entered: on some path there is none since the function was entered
 * @open: on some path something else changes it
 */
struct definitions {
	GArray *nodes;
	bool entered;
	bool open;
};

/**
 * struct search_way - where definitions are looked for
 * @by: a node that paths to the one in question have to go by, or -1
 * @on_way: marks the nodes that @by leads to
 * @lent: a call that is given a pointer may change what it points to
 */
struct search_way {
	const struct ir_function *function;
	int by;
	bool *on_way;
	bool lent;
};

/* Whether the search ends at the node, with its value found or not. */
static bool look_at(const struct search_way *way, struct definitions *found, struct definition at,
		    const struct expr *access)
{
	const struct ir_node *node = &way->function->nodes[at.node];

	if (node->kind == IR_SET && node->op != IR_OP_DECLARE && expr_extends(access, node->lhs)) {
		if (node->op == IR_OP_ASSIGN &&
		    (node->lhs == access || node->rhs->op == EXPR_INITIALISER))
			g_array_append_val(found->nodes, at);
		else
			found->open = true;
		return true;
	}
	found->entered |= node->kind == IR_ENTRY;
	if ((node->kind == IR_CALL && is_given(node, access, way->lent)) ||
	    (node->kind == IR_SET && node->op == IR_OP_DECLARE && expr_extends(access, node->lhs)))
		found->open = true;
	return found->open || node->kind == IR_ENTRY;
}

/* Backwards: between the node and way->by on paths from there alone, and freely before it. */
static struct definitions definitions_of(const struct search_way *way, struct definition at,
					 const struct expr *access)
{
	const struct ir_function *function = way->function;
	struct ir_preds *preds = ir_preds_new(function, IR_EDGES_CONTROL);
	g_autofree bool *seen = g_new0(bool, 2 * (function->count + 1));
	g_autoptr(GArray) queue = g_array_new(FALSE, FALSE, sizeof(struct definition));
	struct definitions found = {
		.nodes = g_array_new(FALSE, FALSE, sizeof(struct definition)),
	};

	g_array_append_val(queue, at);
	for (guint q = 0; q < queue->len && !found.open; q++) {
		struct definition to = g_array_index(queue, struct definition, q);

		found.open = preds->first[to.node] == preds->first[to.node + 1];
		for (int p = preds->first[to.node];
		     p < preds->first[to.node + 1] && !found.open; p++) {
			struct definition from = { preds->list[p],
						   to.behind && to.node != way->by };

			if ((from.behind && !way->on_way[from.node]) ||
			    seen[2 * from.node + from.behind])
				continue;
			seen[2 * from.node + from.behind] = true;
			if (!look_at(way, &found, from, access))
				g_array_append_val(queue, from);
		}
	}
	ir_preds_free(preds);
	return found;
}

/* -- constants -- */

static bool add_values(const struct search_way *way, struct definition at, const struct expr *e,
		       int depth, GArray *values);

static void value_add(GArray *values, long long value)
{
	for (guint i = 0; i < values->len; i++)
		if (g_array_index(values, long long, i) == value)
			return;
	g_array_append_val(values, value);
}

static long long folded(enum expr_op op, long long a, long long b)
{
	switch (op) {
	case EXPR_NOT:
		return !a;
	case EXPR_NEGATE:
		return -a;
	case EXPR_AND:
		return a & b;
	case EXPR_OR:
		return a | b;
	case EXPR_EQ:
		return a == b;
	default:
		return a != b;
	}
}

static bool add_folded(const struct search_way *way, struct definition at, const struct expr *e,
		       int depth, GArray *values)
{
	g_autoptr(GArray) a = g_array_new(FALSE, FALSE, sizeof(long long));
	g_autoptr(GArray) b = g_array_new(FALSE, FALSE, sizeof(long long));
	long long none = 0;

	if (!add_values(way, at, e->a, depth, a) ||
	    (e->b && !add_values(way, at, e->b, depth, b)))
		return false;
	if (!e->b)
		g_array_append_val(b, none);
	for (guint i = 0; i < a->len; i++)
		for (guint k = 0; k < b->len; k++)
			value_add(values, folded(e->op, g_array_index(a, long long, i),
						 g_array_index(b, long long, k)));
	return values->len <= VALUES_MAX;
}

static bool add_defined(const struct search_way *way, struct definition at, const struct expr *e,
			int depth, GArray *values)
{
	struct definitions found = definitions_of(way, at, e);
	bool fine = !found.open && !found.entered && found.nodes->len;

	for (guint i = 0; fine && i < found.nodes->len; i++) {
		struct definition def = g_array_index(found.nodes, struct definition, i);
		const struct ir_node *set = &way->function->nodes[def.node];

		if (set->lhs == e)
			fine = add_values(way, def, set->rhs, depth, values);
		else
			value_add(values, 0);	/* left out of an initialiser */
	}
	g_array_free(found.nodes, TRUE);
	return fine && values->len <= VALUES_MAX;
}

static bool add_values(const struct search_way *way, struct definition at, const struct expr *e,
		       int depth, GArray *values)
{
	const struct expr *root = expr_root(e);

	if (!depth)
		return false;
	switch (e->op) {
	case EXPR_NUMBER:
		value_add(values, e->number);
		return true;
	case EXPR_NOT:
	case EXPR_NEGATE:
	case EXPR_AND:
	case EXPR_OR:
	case EXPR_EQ:
	case EXPR_NE:
		return add_folded(way, at, e, depth - 1, values);
	case EXPR_LOCAL:
	case EXPR_TEMP:
	case EXPR_MEMBER:
	case EXPR_ARROW:
		return (root->op == EXPR_LOCAL || root->op == EXPR_TEMP) &&
		       add_defined(way, at, e, depth - 1, values);
	default:
		return false;
	}
}

GArray *ir_constant_values_by(const struct ir_function *function, int by, int node,
			      const struct expr *e)
{
	GArray *values = g_array_new(FALSE, FALSE, sizeof(long long));
	g_autofree bool *on_way = by < 0 ? NULL : ir_reached(function, by);
	const struct search_way way = { function, by, on_way, true };
	const struct definition at = { node, by >= 0 };

	if ((!on_way || on_way[node]) && add_values(&way, at, e, DEPTH_MAX, values))
		return values;
	g_array_free(values, TRUE);
	return NULL;
}

GArray *ir_constant_values(const struct ir_function *function, int node, const struct expr *e)
{
	return ir_constant_values_by(function, -1, node, e);
}

/* -- in terms of parameters -- */

/* The function stores nothing in it or in what it is reached by. */
static bool is_left_alone(const struct ir_function *function, const struct expr *access)
{
	for (int i = 1; i < function->count; i++) {
		const struct ir_node *node = &function->nodes[i];

		if (node->kind == IR_SET && expr_extends(access, node->lhs))
			return false;
		for (int a = 0; node->kind == IR_CALL && a < node->arg_count; a++)
			if (node->args[a]->op == EXPR_ADDRESS && node->args[a]->a == access)
				return false;
	}
	return true;
}

static const struct expr *in_parameters(const struct ir_function *function, struct expr_pool *pool,
					int node, const struct expr *e, int depth)
{
	const struct expr *a, *b;

	if (!depth || e->unknown)
		return NULL;
	if (e->op == EXPR_NUMBER)
		return e;
	if (param_of(function, expr_root(e)) >= 0 && (!e->a || !expr_is_binary(e)))
		return is_left_alone(function, e) ? e : NULL;
	if (e->op == EXPR_LOCAL) {
		const struct search_way way = { function, -1, NULL, false };
		const struct definition here = { node, false };
		struct definitions found = definitions_of(&way, here, e);
		int at = found.nodes->len == 1 && !found.open && !found.entered ?
			g_array_index(found.nodes, struct definition, 0).node : -1;

		g_array_free(found.nodes, TRUE);
		if (at < 0 || function->nodes[at].lhs != e)
			return NULL;
		return in_parameters(function, pool, at, function->nodes[at].rhs, depth - 1);
	}
	if (e->op == EXPR_NOT || e->op == EXPR_NEGATE) {
		a = in_parameters(function, pool, node, e->a, depth - 1);
		return a ? expr_unary(pool, e->op, a) : NULL;
	}
	if (!expr_is_binary(e) || e->op == EXPR_INDEX)
		return NULL;
	a = in_parameters(function, pool, node, e->a, depth - 1);
	b = in_parameters(function, pool, node, e->b, depth - 1);
	return a && b ? expr_binary(pool, e->op, a, b) : NULL;
}

const struct expr *ir_in_parameters(const struct ir_function *function, struct expr_pool *pool,
				    int node, const struct expr *e)
{
	return in_parameters(function, pool, node, e, DEPTH_MAX);
}

const struct expr *ir_in_parameters_or(const struct ir_function *function, struct expr_pool *pool,
				       int node, const struct expr *e, GArray *constants)
{
	const struct expr *plain = ir_in_parameters(function, pool, node, e);
	const struct search_way way = { function, -1, NULL, false };
	const struct definition here = { node, false };
	struct definitions found;
	bool fine;

	if (plain || e->unknown || !e->a || expr_is_binary(e) ||
	    param_of(function, expr_root(e)) < 0)
		return plain;
	found = definitions_of(&way, here, e);
	fine = found.entered && !found.open;
	for (guint i = 0; fine && i < found.nodes->len; i++) {
		struct definition def = g_array_index(found.nodes, struct definition, i);
		const struct ir_node *set = &function->nodes[def.node];

		fine = set->lhs == e && add_values(&way, def, set->rhs, DEPTH_MAX, constants);
	}
	g_array_free(found.nodes, TRUE);
	return fine ? e : NULL;
}

const struct expr *ir_in_caller(struct expr_pool *pool, const struct expr *e,
				const struct ir_function *callee, const struct ir_node *call)
{
	const struct expr *a, *b;
	int param = param_of(callee, e);

	if (param >= 0)
		return param < call->arg_count ? call->args[param] : NULL;
	if (!e->a)
		return e;
	a = ir_in_caller(pool, e->a, callee, call);
	b = e->b ? ir_in_caller(pool, e->b, callee, call) : NULL;
	if (!a || (e->b && !b))
		return NULL;
	if (expr_is_member(e))
		return expr_member(pool, e->op, a, e->name);
	return b ? expr_binary(pool, e->op, a, b) : expr_unary(pool, e->op, a);
}
