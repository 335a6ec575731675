// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/constant_values.h"
#include "cfg/dominators.h"
#include "link/caller_guard.h"

/* The bound of one guard: functions and operands that it is rewritten for. */
#define LIFTS_MAX 64

/* An operand of a guard, in terms of a function's parameters. */
struct lift {
	const struct ir_function *function;
	const struct expr *operand;
};

static void index_free(void *data)
{
	g_array_free(data, TRUE);
}

struct call_index *call_index_new(const struct graph *graph, const struct cfg *cfg)
{
	struct call_index *index = g_new0(struct call_index, 1);

	index->graph = graph;
	index->cfg = cfg;
	index->by_callee = g_hash_table_new_full(NULL, NULL, NULL, index_free);
	for (guint f = 0; f < cfg->functions->len; f++) {
		const struct ir_function *function = cfg->functions->pdata[f];

		for (int i = 0; i < function->count; i++) {
			const char *callee = function->nodes[i].callee;
			struct call_at at = { function, i };
			GArray *calls;

			if (function->nodes[i].kind != IR_CALL || !callee)
				continue;
			calls = g_hash_table_lookup(index->by_callee, callee);
			if (!calls) {
				calls = g_array_new(FALSE, FALSE, sizeof(struct call_at));
				g_hash_table_insert(index->by_callee, (void *)callee, calls);
			}
			g_array_append_val(calls, at);
		}
	}
	return index;
}

void call_index_free(struct call_index *index)
{
	if (!index)
		return;
	g_hash_table_destroy(index->by_callee);
	g_free(index);
}

static bool is_static(const struct call_index *index, const struct ir_function *function)
{
	const struct function_info *info = graph_function(index->graph, function->id);

	return !info || info->is_static;
}

GArray *call_index_callers(const struct call_index *index, const struct ir_function *function)
{
	const GArray *calls = function->count ?
		g_hash_table_lookup(index->by_callee, function->nodes[0].callee) : NULL;
	GArray *callers = g_array_new(FALSE, FALSE, sizeof(struct call_at));

	for (guint i = 0; calls && i < calls->len; i++) {
		struct call_at at = g_array_index(calls, struct call_at, i);

		if (at.function != function &&
		    (at.function->file == function->file || !is_static(index, function)))
			g_array_append_val(callers, at);
	}
	return callers;
}

GArray *guards_of(const struct ir_function *function, int node)
{
	GArray *guards = g_array_new(FALSE, FALSE, sizeof(struct guard));

	for (int i = 0; i < function->count; i++) {
		struct guard guard = { function, i, -1 };

		if (function->nodes[i].kind == IR_TEST && i != node)
			guard.outcome = ir_deciding_outcome(function, i, node);
		if (guard.outcome >= 0)
			g_array_append_val(guards, guard);
	}
	return guards;
}

static unsigned int bits_of_values(const struct guard *guard, const GArray *values)
{
	const struct ir_node *test = &guard->function->nodes[guard->test];
	unsigned int bits = 0;

	for (guint i = 0; i < values->len; i++)
		bits |= ir_op_holds(test->op, g_array_index(values, long long, i),
				    test->rhs->number) == guard->outcome ?
			GUARD_HOLDS : GUARD_FAILS;
	return bits;
}

static void lift_add(GArray *lifts, const struct ir_function *function, const struct expr *operand)
{
	struct lift lift = { function, operand };

	for (guint i = 0; i < lifts->len; i++) {
		const struct lift *other = &g_array_index(lifts, struct lift, i);

		if (other->function == function && other->operand == operand)
			return;
	}
	if (lifts->len < LIFTS_MAX)
		g_array_append_val(lifts, lift);
}

/* The guard as this call decides it; an operand that the caller's own callers decide is lifted. */
static unsigned int bits_of_call(const struct call_index *index, const struct guard *guard,
				 const struct lift *lift, const struct call_at *at, GArray *lifts)
{
	struct expr_pool *pool = index->cfg->pool;
	const struct expr *operand = ir_in_caller(pool, lift->operand, lift->function,
						  &at->function->nodes[at->node]);
	g_autoptr(GArray) values = operand ?
		ir_constant_values(at->function, at->node, operand) : NULL;
	g_autoptr(GArray) other = g_array_new(FALSE, FALSE, sizeof(long long));
	const struct expr *above;

	if (values)
		return bits_of_values(guard, values);
	above = operand ? ir_in_parameters_or(at->function, pool, at->node, operand, other) : NULL;
	if (!above || (bits_of_values(guard, other) & GUARD_HOLDS))
		return GUARD_OPEN;
	lift_add(lifts, at->function, above);
	return 0;
}

GHashTable *guard_callers(const struct call_index *index, const struct guard *guard)
{
	const struct ir_node *test = &guard->function->nodes[guard->test];
	GHashTable *bits = g_hash_table_new(NULL, NULL);
	g_autoptr(GArray) lifts = g_array_new(FALSE, FALSE, sizeof(struct lift));
	const struct expr *operand = test->rhs->op == EXPR_NUMBER ?
		ir_in_parameters(guard->function, index->cfg->pool, guard->test, test->lhs) : NULL;

	if (operand && operand->op != EXPR_NUMBER)
		lift_add(lifts, guard->function, operand);
	for (guint i = 0; i < lifts->len; i++) {
		struct lift lift = g_array_index(lifts, struct lift, i);
		g_autoptr(GArray) callers = call_index_callers(index, lift.function);

		for (guint c = 0; c < callers->len; c++) {
			const struct call_at *at = &g_array_index(callers, struct call_at, c);
			void *key = GINT_TO_POINTER(at->function->id);
			unsigned int old = GPOINTER_TO_UINT(g_hash_table_lookup(bits, key));

			old |= bits_of_call(index, guard, &lift, at, lifts);
			g_hash_table_insert(bits, key, GUINT_TO_POINTER(old));
		}
	}
	return bits;
}
