// SPDX-License-Identifier: GPL-2.0-only
/* The call that a query starts at. */
#include <string.h>

#include "checkers/acquire_model.h"
#include "checkers/expr_query.h"
#include "checkers/node_order.h"
#include "checkers/path_state.h"

/* On this path the node was, or may have been, before the call that the query starts at. */
static bool came_before_start(const struct path_engine *engine, int node, bool again)
{
	int start = engine->result->query.start;

	return node < start || (again && ir_loop_around(engine->function->ir, start) >= 0);
}

/*
 * An array of pages in memory that is there for something else: "pages = (struct page **)bvecs".
 * Others that have the memory find no pages in it.
 */
static bool is_other_use(const struct path_engine *engine, const struct expr *array,
			 const struct expr *other)
{
	const char *pages = program_local_type(engine->program, engine->function, array);
	const char *memory = program_local_type(engine->program, engine->function, other);
	const char *end = memory ? strchr(memory, '*') : NULL;

	return pages && end && !end[1] && g_str_has_prefix(memory, "struct ") &&
	       strlen(pages) > 2 && !strcmp(pages + strlen(pages) - 2, "**") &&
	       strncmp(memory, pages, strlen(pages) - 1);	/* no page by itself */
}

/*
 * "pages = array + done", "obj->pages = pages": the array's other names, in the order of the
 * text; what is stored behind the call is no name yet. again: as start_with() has it.
 */
static void add_aliases(const struct path_engine *engine, struct path_state *state, bool again)
{
	for (int p = 0; p < state->place_count; p++)
		for (int i = 0; expr_is_name(state->places[p]) && i < engine->function->ir->count;
		     i++) {
			const struct ir_node *node = function_node(engine->function, i);
			const struct expr *root, *other;

			if (node->kind != IR_SET || node->op != IR_OP_ASSIGN ||
			    node->type != IR_TYPE_POINTER || !came_before_start(engine, i, again))
				continue;
			if (node->rhs == state->places[p])
				other = expr_base(node->lhs);
			else if (node->lhs == state->places[p] &&
				 !is_other_use(engine, node->lhs, expr_base(node->rhs)))
				other = expr_base(node->rhs);
			else
				continue;
			root = expr_root(other);
			if (!expr_is_of_result(root) && root->op != EXPR_NUMBER &&
			    root->op != EXPR_UNKNOWN && root->op != EXPR_TEMP)
				state_add_place(state, other);
		}
}

/* The request is a count, and more than 0; how the result compares to it is known. */
static void learn_request(struct env *env, const struct expr *request, enum relation relation)
{
	struct value value = env_value(env, request);

	if (value.signs & SIGN_POS)
		value.signs = SIGN_POS;
	else if (value.signs != SIGN_NEG)
		value.signs &= ~SIGN_NEG;
	if (relation)
		value.relation = REL_REQUEST;
	env_set(env, request, value);
}

/* "obj->nr = n" comes before the call, on every path, and nothing else is put there. */
static bool is_set_to_request(const struct path_engine *engine, int set, const struct expr *request)
{
	const struct ir_function *ir = engine->function->ir;
	const struct ir_node *node = &ir->nodes[set];
	int start = engine->result->query.start;

	if (node->kind != IR_SET || node->op != IR_OP_ASSIGN || node->rhs != request ||
	    request->op == EXPR_NUMBER || node->lhs->unknown || !ir_reaches(ir, set, start, -1) ||
	    ir_leads(ir, 0, start, set, IR_EDGES_PASS_BY))
		return false;
	for (int i = 0; i < ir->count; i++)
		if (i != set && node_sets(&ir->nodes[i], node->lhs) &&
		    ir_reaches(ir, i, start, -1))
			return false;
	return true;
}

/* The request is a number that is kept in other places, too. */
static void learn_kept_request(const struct path_engine *engine, struct path_state *state,
			       const struct expr *request)
{
	for (int i = 0; i < engine->result->query.start; i++)
		if (is_set_to_request(engine, i, request))
			env_set(&state->env, function_node(engine->function, i)->lhs,
				env_value(&state->env, request));
}

/* Of an iterator: all bytes or pages that it may give at most. */
static void learn_limit(const struct path_engine *engine, struct path_state *state,
			const struct expr *limit, enum relation relation)
{
	if (!limit || limit->op == EXPR_NUMBER || limit->unknown || !relation)
		return;
	learn_request(&state->env, limit, relation);
	learn_kept_request(engine, state, limit);
}

/*
 * The next pages come where these are, and nothing else has these: each round fills the same
 * entries, and the array does not move.
 */
static bool takes_their_place(const struct path_engine *engine, const struct path_state *state)
{
	const struct function *function = engine->function;
	const struct expr *pages = function_pages(function, engine->result->query.start);
	const struct expr *base = pages ? expr_base(pages) : NULL;

	if (!base || !expr_is_number(expr_offset(engine->pool, pages), 0) ||
	    !state_is_certain(engine, state))
		return false;
	for (int i = 0; i < state->place_count; i++)
		if (state->places[i] != base && !expr_is_of_result(state->places[i]))
			return false;
	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *node = function_node(function, i);

		if (node_sets(node, base) && node->op != IR_OP_DECLARE && node->op != IR_OP_ASSIGN)
			return false;
	}
	return true;
}

static void add_places(const struct path_engine *engine, struct path_state *state,
		       const struct call_outcome *outcome)
{
	const struct expr *result = expr_result(engine->pool, state->node);

	for (int i = 0; i < outcome->place_count; i++) {
		state_add_place(state, outcome->places[i]);
		if (outcome->places[i] != result)
			env_set(&state->env, outcome->places[i], value_of_signs(SIGN_POS));
	}
}

/* Each round fills other entries of the array. */
static bool fills_further(const struct path_engine *engine, const struct path_state *state)
{
	const struct ir_node *call = state_node(engine, state);

	for (int i = 0; i < call->arg_count; i++)
		if (state_names_pages(state, call->args[i]) &&
		    !expr_is_number(expr_offset(engine->pool, call->args[i]), 0))
			return true;
	return false;
}

/* The called function has failed and released them, and they can still be named here. */
static void start_released(struct path_state *next, const struct call_outcome *outcome)
{
	next->ownership = OWNERSHIP_RELEASED;
	next->release_node = next->node;
	next->release_loop = -1;
	next->released = next->entry_released = NULL;
	next->range = outcome->range;
	next->extra_reference = next->fewer = next->nothing = false;
	next->place_count = 0;
	for (int i = 0; i < outcome->place_count; i++)
		state_add_place(next, outcome->places[i]);
}

/* @again: the path has come here before, and still has the pages of that time */
static void start_with(struct path_engine *engine, const struct path_state *state,
		       const struct call_outcome *outcome, bool again)
{
	const struct expr *request = engine->result->query.request;
	const struct expr *result = expr_result(engine->pool, state->node);
	struct path_state next = *state;

	next.started = true;
	env_forget_filled(&next.env, state_node(engine, state));
	forget_written(engine, &next.env, state->node);
	env_forget(&next.env, result);
	env_forget_relations(&next.env);
	env_set(&next.env, result, outcome->result);
	next.env.request = request && request->op == EXPR_NUMBER ? request->number : 0;
	if (request)
		learn_request(&next.env, request, outcome->result.relation);
	if (request)
		learn_kept_request(engine, &next, request);
	next.env.bytes = acquire_limit(engine->function, state->node, 0) != NULL;
	for (int i = 0; i < 2; i++)
		learn_limit(engine, &next, acquire_limit(engine->function, state->node, i),
			    outcome->result.relation);
	if (outcome->ownership == OWNERSHIP_OWNED) {
		next.ownership = OWNERSHIP_OWNED;
		next.extra_reference = false;
		next.published = outcome->published || (again && state->published);
		next.number_used = false;
		next.count_known = next.told_more = next.cleared = next.rest = false;
		next.crossed = false;
		next.told = NULL;
		next.handing = next.rest_lost = -1;
		next.lent = 0;
		next.refused = REFUSAL_NONE;
		next.refuser = 0;
		if (!again)
			next.place_count = 0;
		add_places(engine, &next, outcome);
		add_aliases(engine, &next, state->started);
		next.teller = outcome->teller;
		next.handed = outcome->failed.function ? &outcome->failed : NULL;
		next.left = next.empty_release = -1;
		next.fewer = outcome->result.relation == REL_SHORT;
		next.nothing = false;
	} else if (outcome->ownership == OWNERSHIP_RELEASED && !again) {
		start_released(&next, outcome);
	} else if (again) {
		next.partial = fills_further(engine, state);
	} else {
		next.ownership = outcome->ownership;
		absent_begin(engine, &next, outcome, state);
	}
	next.unasked = outcome->ownership == OWNERSHIP_NONE && outcome->result.signs == SIGN_NEG &&
		       function_has_role(engine->function, state->node, ROLE_ACQUIRE) &&
		       !acquire_is_lockless(engine->function, state->node);
	hole_begin(engine, &next, outcome);
	engine_trace(engine, &next, -1, outcome->step);
	engine_push(engine, &next, state_node(engine, state)->yes);
}

/* The next pages come into the array that this entry was taken from, which is in its object. */
static void start_beside(struct path_engine *engine, const struct path_state *state,
			 const struct call_outcome *outcome)
{
	struct path_state next = *state;

	env_forget_filled(&next.env, state_node(engine, state));
	env_forget(&next.env, expr_result(engine->pool, state->node));
	env_forget_relations(&next.env);
	env_set(&next.env, expr_result(engine->pool, state->node),
		value_of_signs(outcome->result.signs));
	engine_trace(engine, &next, -1, outcome->step);
	engine_push(engine, &next, state_node(engine, state)->yes);
}

void start_transfer(struct path_engine *engine, struct path_state *state)
{
	const GArray *outcomes = engine->result->query.outcomes;
	bool again = state->started && state->ownership == OWNERSHIP_OWNED;

	for (guint i = 0; state->taken_from && i < outcomes->len; i++)
		start_beside(engine, state, &g_array_index(outcomes, struct call_outcome, i));
	if (state->taken_from)
		return;

	if (again && !state->lent && takes_their_place(engine, state)) {
		engine_event(engine, state, EVENT_OVERWRITTEN, -1);
		again = false;
	}
	for (guint i = 0; i < outcomes->len; i++)
		start_with(engine, state, &g_array_index(outcomes, struct call_outcome, i), again);
}
