// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/cfg_edges.h"
#include "checkers/dirtying.h"
#include "checkers/expr_query.h"

/*
 * Belief inference (Engler et al.) for dirty atomic: a function asks whether it may sleep before
 * it dirties pages by a call that does, so its caller is not always where it may.
 *
 *	void purge(struct message *message)
 *	{
 *		free_one(&message->one);	if (in_task()) unpin_user_pages_dirty_lock(…);
 *		free_other(&message->other);	unpin_user_pages_dirty_lock(…);
 *	}
 *
 * The believed functions are the one that asks, and its caller, where only one is seen that does
 * not sleep itself; and so on. In what these call, a dirtying call that sleeps is wrong where
 * nothing asks before it.
 */

/* How many calls up from a dirtying call one that asks is looked for, and believed callers. */
#define CALLERS_UP 3

/**
 * struct beliefs - for check_dirtying()
 * @atomic: struct function -> the test that shows it, a struct ir_node
 * @finding: the second round: @atomic is complete
 */
struct beliefs {
	GHashTable *atomic;
	bool finding;
};

/* The node tests the context that the code runs in: "if (in_task())". */
static bool asks_context(const struct function *function, int node)
{
	const struct ir_node *test = function_node(function, node);

	for (int i = 0; test->kind == IR_TEST && i < node; i++) {
		const struct expr *result;

		if (!function_has_detail(function, i, KNOW_LOCK, KNOWN(TEST)))
			continue;
		for (result = test->lhs; result; result = result->a)
			if (result->op == EXPR_RESULT && result->number == i)
				return true;
	}
	return false;
}

/* The test of the context that leads to the node, and round it to an end; or -1. */
static int context_test(const struct function *function, int node)
{
	const struct ir_function *ir = function->ir;

	for (int i = 0; i < ir->count; i++) {
		if (!asks_context(function, i) || !ir_reaches(ir, i, node, -1))
			continue;
		for (int end = 0; end < ir->count; end++)
			if (ir->nodes[end].kind == IR_RETURN &&
			    ir_leads(ir, i, end, node, IR_EDGES_CONTROL))
				return i;
	}
	return -1;
}

/* It has a call that stands in code that may sleep, or acquires pages, which may sleep too. */
static bool sleeps_itself(const struct function *function)
{
	for (int i = 0; i < function->ir->count; i++)
		if (function_known(function, i, KNOW_SLEEPER))
			return true;
	return function_acquires(function, 1);
}

/* The only caller that does not sleep itself, or NULL. */
static const struct function *only_caller(const struct program *program,
					  const struct function *function)
{
	const GArray *calls = program_calls(program, function);
	const struct function *only = NULL;

	for (guint i = 0; calls && i < calls->len; i++) {
		const struct function *caller = g_array_index(calls, struct program_call, i).caller;

		if (caller == only || sleeps_itself(caller))
			continue;
		if (only)
			return NULL;
		only = caller;
	}
	return only;
}

static void believe(const struct checker_context *context, struct beliefs *beliefs,
		    const struct function *function, int test)
{
	const struct ir_node *why = function_node(function, test);

	for (int up = 0; function && up < CALLERS_UP; up++) {
		g_hash_table_insert(beliefs->atomic, (void *)function, (void *)why);
		function = only_caller(context->program, function);
	}
}

/* A way up from a dirtying call: the function's node leads to it, and nothing below has asked. */
struct ascent {
	struct beliefs *beliefs;
	const struct function *function, *dirtier;
	int node, dirtying;
	const struct call_info *acquire;
};

static void report(struct checker_context *context, const struct ascent *at,
		   const struct ir_node *test)
{
	const struct function *dirtier = at->dirtier;
	const struct ir_node *node = function_node(dirtier, at->dirtying);
	struct finding_row row = {
		.kind = dirty_kind.word, .detail = "atomic",
		.call = dirtier->calls[at->dirtying], .other = at->acquire,
		.file = dirtier->info->file, .line = node->line,
		.message = reason_new(REASON_BELIEVED_ATOMIC, "ssd", node_callee(node),
				      at->function->info->name, test->line),
	};

	finding_add(context->found, row);
}

static void walk_up(struct checker_context *context, const struct ascent *at, int up)
{
	const GArray *calls = program_calls(context->program, at->function);
	const struct ir_node *why = g_hash_table_lookup(at->beliefs->atomic, at->function);
	int test = context_test(at->function, at->node);

	if (test >= 0) {
		if (!at->beliefs->finding)
			believe(context, at->beliefs, at->function, test);
		return;
	}
	if (at->beliefs->finding && why) {
		report(context, at, why);
		return;
	}
	for (guint i = 0; up && calls && i < calls->len; i++) {
		const struct program_call *call = &g_array_index(calls, struct program_call, i);
		struct ascent further = *at;

		further.function = call->caller;
		further.node = call->node;
		if (call->caller != at->function)
			walk_up(context, &further, up - 1);
	}
}

static void look(struct checker_context *context, const struct function *function, int call,
		 const struct call_info *acquire, void *data)
{
	const struct ascent at = { data, function, function, call, call, acquire };

	if (dirtying_sleeps(function, call))
		walk_up(context, &at, CALLERS_UP);
}

static void run(struct checker_context *context)
{
	struct beliefs beliefs = { .atomic = g_hash_table_new(NULL, NULL) };

	check_dirtying(context, look, &beliefs);
	beliefs.finding = g_hash_table_size(beliefs.atomic);
	if (beliefs.finding)
		check_dirtying(context, look, &beliefs);
	g_hash_table_destroy(beliefs.atomic);
}

const struct checker check_atomic_belief = { .kind = &dirty_kind, .run = run };
