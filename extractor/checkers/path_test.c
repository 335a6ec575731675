// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/dominators.h"
#include "cfg/natural_loops.h"
#include "checkers/expr_query.h"
#include "checkers/path_state.h"

/* Tests: a path goes on for each outcome that may be. */

/* An unsigned comparison does not bound the sign of a number that may be negative. */
static bool tells_value(const struct path_engine *engine, const struct path_state *state,
			const struct ir_node *test)
{
	return liveness_matters(engine->liveness, expr_root(test->lhs)) &&
	       (!test_is_unsigned(test) || !(env_value(&state->env, test->lhs).signs & SIGN_NEG));
}

/* "if (user_backed_iter(iter))" */
static bool is_user_test(const struct function *function, const struct ir_node *test)
{
	int call = expr_result_node(test->lhs);

	return call >= 0 && function_has_role(function, call, ROLE_USE) &&
	       function->calls[call]->detail == DETAIL_USER_TEST && expr_is_number(test->rhs, 0) &&
	       (test->op == IR_OP_NE || test->op == IR_OP_EQ);
}

/*
 * Of pages that are pinned only where they are user memory's: the iterator is over that, as it was
 * before they were taken, and a flag that a release depends on tells that they are pinned.
 */
static enum truth truth_of_pinned(const struct path_engine *engine, const struct path_state *state)
{
	const struct function *function = engine->function;
	const struct ir_node *node = state_node(engine, state);
	int test = state->node;

	if (!query_may_take_no_pin(engine))
		return TRUTH_OPEN;
	if (is_user_test(function, node))
		return node->op == IR_OP_NE ? TRUTH_YES : TRUTH_NO;
	if (state->ownership != OWNERSHIP_OWNED || node->type == IR_TYPE_SIGNED ||
	    node->type == IR_TYPE_POINTER || !expr_is_number(node->rhs, 0))
		return TRUTH_OPEN;
	for (int i = 0; i < function->ir->count; i++) {
		int outcome = function_has_role(function, i, ROLE_RELEASE) ?
			ir_deciding_outcome(function->ir, test, i) : -1;

		if (outcome >= 0)
			return outcome ? TRUTH_YES : TRUTH_NO;
	}
	return TRUTH_OPEN;
}

/* The two calls ask the same function the same. */
static bool ask_the_same(const struct ir_node *a, const struct ir_node *b)
{
	if (!a->callee || a->callee != b->callee || a->arg_count != b->arg_count ||
	    !a->arg_count || a->type != IR_TYPE_UNSIGNED)
		return false;
	for (int i = 0; i < a->arg_count; i++)
		if (a->args[i] != b->args[i] || a->args[i]->unknown)
			return false;
	return true;
}

/*
 * "if (is_user(obj)) hold(); ... if (is_user(obj)) drop();": the query's call is only come to where
 * the first one has that answer.
 */
static enum truth truth_of_question(const struct path_engine *engine, int number)
{
	const struct function *function = engine->function;
	const struct ir_node *test = function_node(function, number);
	int call = expr_result_node(test->lhs), start = engine->result->query.start;

	if (call < 0 || test->lhs->op != EXPR_RESULT || !expr_is_number(test->rhs, 0))
		return TRUTH_OPEN;
	for (int i = 0; i < start; i++) {
		const struct ir_node *other = function_node(function, i);
		int asked = other->kind == IR_TEST && other->lhs->op == EXPR_RESULT ?
			expr_result_node(other->lhs) : -1;
		int outcome;

		if (asked < 0 || asked == call || other->op != test->op ||
		    other->rhs != test->rhs ||
		    !ask_the_same(function_node(function, asked), function_node(function, call)))
			continue;
		outcome = ir_deciding_outcome(function->ir, i, start);
		if (outcome >= 0)
			return outcome ? TRUTH_YES : TRUTH_NO;
	}
	return TRUTH_OPEN;
}

/*
 * "if (batch.nr) drop(&batch)": a member of the object that has the pages says whether it has
 * any, and it does.
 */
static bool object_has_none(struct path_engine *engine, const struct path_state *state,
			    bool outcome)
{
	const struct function *function = engine->function;
	const struct ir_node *test = state_node(engine, state);
	const struct expr *root = expr_root(test->lhs);

	if (state->ownership != OWNERSHIP_OWNED || expr_is_name(test->lhs) ||
	    expr_has_op(test->lhs, EXPR_INDEX) || test->type == IR_TYPE_POINTER ||
	    !engine->result->query.start ||
	    !state_names_holder(state, root) || state_names_pages(state, test->lhs))
		return false;
	for (int i = 0; i < function->ir->count; i++) {
		int releasing = callee_may_release(engine, i) ||
				function_releases(function, i) ?
			ir_deciding_outcome(function->ir, state->node, i) : -1;

		if (releasing >= 0)
			return releasing != outcome;
	}
	return false;
}

/* One error is told apart from all others: it may be no failure, as -EINPROGRESS is none. */
static bool is_one_error(const struct ir_node *test, bool outcome)
{
	return test->op == (outcome ? IR_OP_EQ : IR_OP_NE) && test->rhs->op == EXPR_NUMBER &&
	       test->rhs->number < 0;
}

/*
 * It may be that they are not here: a variable says so that was filled beside an error. Or the
 * function out of sight may have the pages all the same: one error of its is told apart, or
 * a member of what it was given says more ("if (request->done) return err").
 */
static bool may_be_taken(const struct path_engine *engine, const struct path_state *state,
			 bool outcome)
{
	const struct ir_node *test = state_node(engine, state);

	if (state->teller && (expr_contains(test->lhs, state->teller) ||
			      expr_contains(test->rhs, state->teller)))
		return true;
	return ((state->lent || state->refused) && is_one_error(test, outcome)) ||
	       (!expr_is_name(test->lhs) && refusal_knows(engine, state, test->lhs));
}

/* A pointer by which the pages are held is not NULL, whatever else was done to it. */
static enum truth truth_of_place(const struct path_engine *engine, const struct path_state *state,
				 const struct ir_node *test)
{
	if (state->ownership != OWNERSHIP_OWNED || test->type != IR_TYPE_POINTER ||
	    !expr_is_number(test->rhs, 0) ||
	    (!state_has_place(state, test->lhs) && !handle_is_there(engine, state, test->lhs)))
		return TRUTH_OPEN;
	return test->op == IR_OP_NE ? TRUTH_YES : test->op == IR_OP_EQ ? TRUTH_NO : TRUTH_OPEN;
}

/* The outcome of a loop's first test that goes round: no of "while (!done)", of a list's end. */
static bool outcome_that_enters(const struct path_engine *engine, int number)
{
	const struct ir_function *ir = engine->function->ir;
	const struct ir_node *test = &ir->nodes[number];
	int head = ir_loop_around(ir, number);

	return head < 0 || ir_in_loop(ir, head, test->yes) || !ir_in_loop(ir, head, test->no);
}

void transfer_test(struct path_engine *engine, struct path_state *state)
{
	const struct ir_node *test = state_node(engine, state);
	enum truth truth = env_test(&state->env, engine->pool, test);

	if (truth == TRUTH_OPEN)
		truth = truth_of_pinned(engine, state);
	if (truth == TRUTH_OPEN)
		truth = truth_of_place(engine, state, test);
	if (truth == TRUTH_OPEN && state->ownership == OWNERSHIP_OWNED)
		truth = truth_of_question(engine, state->node);
	unasked_test(engine, state, test, truth);
	if (truth == TRUTH_OPEN)
		short_test(state, test);
	for (int outcome = 1; outcome >= 0; outcome--) {
		struct path_state next = *state;

		if (truth != TRUTH_OPEN && truth != (outcome ? TRUTH_YES : TRUTH_NO))
			continue;
		if (outcome && test->warned && truth == TRUTH_OPEN)
			continue;	/* its author states that this does not happen */
		if (truth == TRUTH_OPEN && state->must_enter == state->node &&
		    outcome != outcome_that_enters(engine, state->node))
			continue;
		if (truth == TRUTH_OPEN && (rest_is_told(engine, state, outcome) ||
					    object_has_none(engine, state, outcome)))
			continue;
		if (truth == TRUTH_OPEN && may_be_taken(engine, state, outcome))
			next.ownership = OWNERSHIP_ESCAPED;
		next.must_enter = -1;
		if (truth == TRUTH_OPEN) {
			next.left = -1;
			absent_test(engine, &next, test, outcome);
		}
		if (truth == TRUTH_OPEN && tells_value(engine, state, test)) {
			env_learn(&next.env, engine->pool, test, outcome);
			learn_error_test(engine, &next.env, test, outcome);
		}
		rest_test(engine, &next, test);
		if (test->op == (outcome ? IR_OP_EQ : IR_OP_NE))
			state_add_equal(&next, test);
		if (state->started)
			engine_trace_test(engine, &next, outcome, truth == TRUTH_OPEN);
		engine_push(engine, &next, outcome ? test->yes : test->no);
	}
}
