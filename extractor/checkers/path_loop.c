// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/dominators.h"
#include "checkers/expr_query.h"
#include "checkers/node_order.h"
#include "checkers/path_state.h"

/*
 * Loops. How often one goes round is not counted: a loop that releases is taken to release
 * all, and one that does anything with the pages to go round once at least.
 */

static bool call_takes_pages(const struct path_state *state, const struct ir_node *call)
{
	for (int i = 0; i < call->arg_count; i++)
		if (state_mentions_pages(state, call->args[i]) ||
		    state_names_holder(state, call->args[i]))
			return true;
	return false;
}

/*
 * "if (is_zero_pfn(pfn)) drop(page)": it is made only of pages that are none of those that an
 * acquire gives.
 */
static bool is_of_others(const struct function *function, int head, int release)
{
	for (int i = head + 1; i < release; i++) {
		const struct ir_node *test = function_node(function, i);
		int call = test->kind == IR_TEST ? expr_result_node(test->lhs) : -1;
		bool zero = call > head && function_has_detail(function, call, KNOW_BORROW,
							       KNOWN(ZERO));

		if (zero && expr_is_number(test->rhs, 0) &&
		    ir_deciding_outcome(function->ir, i, release) == (test->op == IR_OP_NE))
			return true;
	}
	return false;
}

int loop_first_test(const struct function *function, int head)
{
	for (int i = function_node(function, head)->yes; i >= 0;
	     i = function_node(function, i)->yes) {
		const struct ir_node *node = function_node(function, i);

		if (node->kind == IR_TEST)
			return i;
		if (node->kind != IR_SET || node->op != IR_OP_SUB_ASSIGN)
			return -1;
	}
	return -1;
}

/* Something that the test asks for is written in the loop. */
static bool test_changes(const struct function *function, int head, const struct ir_node *test)
{
	if (expr_has_op(test->lhs, EXPR_RESULT) || expr_has_op(test->rhs, EXPR_RESULT))
		return true;
	for (int i = head + 1; i < function_node(function, head)->no; i++) {
		const struct ir_node *node = function_node(function, i);

		if (node->kind == IR_SET && (expr_contains(test->lhs, node->lhs) ||
					     expr_contains(test->rhs, node->lhs)))
			return true;
	}
	return false;
}

/* A test in the loop keeps the path from the release, each time round: "if (own) free(page)". */
static bool is_ruled_out(const struct path_engine *engine, const struct path_state *state, int head,
			 int release)
{
	const struct function *function = engine->function;

	for (int i = head + 1; i < release; i++) {
		const struct ir_node *test = function_node(function, i);
		enum truth truth = test->kind == IR_TEST ?
			env_test(&state->env, engine->pool, test) : TRUTH_OPEN;

		if (truth != TRUTH_OPEN && i != loop_first_test(function, head) &&
		    ir_deciding_outcome(function->ir, i, release) == (truth == TRUTH_NO) &&
		    !test_changes(function, head, test))
			return true;
	}
	return false;
}

/* The call is a release of these pages, in the loop at head. */
static bool is_their_release(const struct path_engine *engine, const struct path_state *state,
			     int head, int call)
{
	const struct function *function = engine->function;
	struct range range;

	if (!function_releases(function, call) || release_is_of_replaced(engine, state, call) ||
	    is_ruled_out(engine, state, head, call))
		return false;
	if (program_paired(engine->program, engine->result->query.acquire->id,
			   function->calls[call]->id) ||
	    state_names_pages(state, function_pages(function, call)))
		return true;
	range = range_of_loop(engine->pool, function, head, call);
	return range.base && state_has_place(state, range.base);
}

/* The release in the loop at head, direct or by a callee that may release; or -1. */
static int release_in_loop(struct path_engine *engine, const struct path_state *state, int head)
{
	const struct function *function = engine->function;

	for (int i = head + 1; i < function_node(function, head)->no; i++) {
		const struct ir_node *node = function_node(function, i);

		if (node->kind != IR_CALL || !ir_reaches(function->ir, i, head, -1))
			continue;	/* behind it, the loop is left */
		if (is_of_others(function, head, i) || stored_is_of_rest(engine, state, i))
			continue;
		if (!function->calls[i] && !rest_may_fail(engine, i) &&
		    callee_may_release(engine, i) && call_takes_pages(state, node))
			return i;
		if (is_their_release(engine, state, head, i))
			return i;
	}
	return -1;
}

/* "while (n--)": the variable that is compared to 0 when it is one less already. */
static const struct expr *counted_down(const struct ir_node *test)
{
	const struct expr *e = test->lhs;

	if (test->op != IR_OP_NE || !expr_is_number(test->rhs, 0))
		return NULL;
	return e->op == EXPR_ADD && expr_is_number(e->b, 1) ? e->a : e;
}

/* A loop that counts down to 0 does not end where it begins with an errno. */
static void look_at_countdown(struct path_engine *engine, struct path_state *state, int release,
			      const struct ir_node *test)
{
	const struct expr *name = counted_down(test);
	struct range range;

	if (!expr_is_name(name) || env_value(&state->env, name).signs != SIGN_NEG)
		return;
	range = range_of_loop(engine->pool, engine->function, state->node, release);
	if (range.base && !range.to && expr_is_number(range.from, 0))
		engine_wrong(engine, state, EVENT_NEGATIVE);
}

/* "for (i = 0; i <= got; i++)" releases an entry behind those that came. */
static bool is_one_further(const struct path_engine *engine, const struct path_state *state,
			   int release, const struct ir_node *test, const struct range *range)
{
	return test->op == IR_OP_LE && state->ownership == OWNERSHIP_OWNED && range->base &&
	       state_has_place(state, range->base) && expr_is_number(range->from, 0) &&
	       env_value(&state->env, test->rhs).relation != REL_NONE &&
	       node_null_guard(engine->function, release) < 0;
}

/* @again: the loop was gone round: its own test has told that there is something to release */
static void look_at_bound(struct path_engine *engine, struct path_state *state, int release,
			  const struct ir_node *test, bool again)
{
	struct range range;
	struct value bound;
	bool each;

	if (test && !again)
		look_at_countdown(engine, state, release, test);
	if (!test || (test->op != IR_OP_LT && test->op != IR_OP_LE))
		return;
	range = range_of_loop(engine->pool, engine->function, state->node, release);
	hole_loop(engine, state, &range, test);
	each = range.base && expr_is_number(range.from, 0) && range.to == test->rhs &&
	       node_null_guard(engine->function, release) < 0;
	bound = env_value(&state->env, test->rhs);
	if (is_one_further(engine, state, release, test, &range))
		engine_wrong(engine, state, EVENT_UNFILLED);
	if (bound.signs == SIGN_NEG && test->type == IR_TYPE_SIGNED)
		engine_event(engine, state, EVENT_NEGATIVE, state->node);
	if (bound.signs == SIGN_NEG && test->type == IR_TYPE_UNSIGNED && each)
		engine_wrong(engine, state, EVENT_NEGATIVE);
	if (bound.relation == REL_REQUEST && state->ownership == OWNERSHIP_OWNED && state->fewer) {
		if (each)
			engine_wrong(engine, state, EVENT_UNFILLED);
		else
			engine_event(engine, state, EVENT_UNFILLED, state->node);
		state->number_used |= each;	/* reported */
	}
	if (each && !again)
		absent_loop(engine, state, &range);
}

/* Something in the loop uses the pages. */
static bool loop_names_pages(const struct path_engine *engine, const struct path_state *state,
			     int head)
{
	for (int i = head + 1; i < function_node(engine->function, head)->no; i++) {
		const struct ir_node *node = function_node(engine->function, i);

		if (node->kind == IR_SET && state_names_pages(state, node->rhs))
			return true;
		if (node->kind == IR_CALL && call_takes_pages(state, node))
			return true;
	}
	return false;
}

/* Of the function's loops, each its own, as long as they are not more than 64. */
static guint64 bit_of(const struct function *function, int head)
{
	guint number = 0;

	for (int i = 0; i < head; i++)
		number += function_node(function, i)->kind == IR_LOOP;
	return 1ull << (number % 64);
}

/* Second visit of this loop on this path? On each visit, the loops within it are reset. */
static bool is_second_visit(const struct path_engine *engine, struct path_state *state)
{
	guint64 before = state->loops_seen, own = bit_of(engine->function, state->node);

	for (int i = state->node + 1; i < state_node(engine, state)->no; i++)
		if (function_node(engine->function, i)->kind == IR_LOOP)
			state->loops_seen &= ~bit_of(engine->function, i);
	state->loops_seen |= own;
	return before & own;
}

static void release_all(struct path_engine *engine, struct path_state *state, int release)
{
	struct range range = range_of_loop(engine->pool, engine->function, state->node, release);

	if (state->ownership == OWNERSHIP_OWNED) {
		engine_released(engine, state, release, state->node, range);
		kind_released(engine, state, release, range.base);
	} else if (state->ownership == OWNERSHIP_RELEASED && !state->extra_reference &&
		   !ir_in_loop(engine->function->ir, state->node, state->release_node) &&
		   ranges_meet(&state->range, &range)) {
		engine_event(engine, state, EVENT_DOUBLE, state->release_node);
		state->ownership = OWNERSHIP_ESCAPED;
	}
}

/* The loop's first test, where nothing but a call comes before it that is asked: "is_head(d)". */
static int test_of_round(const struct path_engine *engine, const struct path_state *state)
{
	const struct function *function = engine->function;
	int call = state_node(engine, state)->yes, test;

	if (function_node(function, call)->kind != IR_CALL ||
	    call_takes_pages(state, function_node(function, call)))
		return loop_first_test(function, state->node);
	test = function_node(function, call)->yes;
	return test >= 0 && function_node(function, test)->kind == IR_TEST &&
	       expr_result_node(function_node(function, test)->lhs) == call ? test : -1;
}

/* Only where its first test surely fails, a loop that releases does not. */
void transfer_loop(struct path_engine *engine, struct path_state *state)
{
	const struct ir_function *ir = engine->function->ir;
	int head = state->node, number = loop_first_test(engine->function, head);
	const struct ir_node *test = number >= 0 ? &ir->nodes[number] : NULL;
	bool around = ir_in_loop(ir, head, engine->result->query.start);
	int release = state->started && !around ? release_in_loop(engine, state, head) : -1;
	bool again = is_second_visit(engine, state);

	if (state->ownership == OWNERSHIP_RELEASED && state->release_loop != head &&
	    !(state->release_loop >= 0 && ir_in_loop(ir, state->release_loop, head)) &&
	    ir_in_loop(ir, head, state->release_node))
		state->ownership = OWNERSHIP_ESCAPED;	/* another round, other pages */
	if (release >= 0) {
		look_at_bound(engine, state, release, test, again);
		short_loop(engine, state, test);
		if (!test || env_test(&state->env, engine->pool, test) != TRUTH_NO)
			release_all(engine, state, release);
	} else if (state->started && !around) {
		short_loop(engine, state, test);
	}
	state->must_enter = -1;
	if (state->ownership == OWNERSHIP_OWNED && !around && !again &&
	    loop_names_pages(engine, state, head))
		state->must_enter = test_of_round(engine, state);
	engine_push(engine, state, ir->nodes[head].yes);
}
