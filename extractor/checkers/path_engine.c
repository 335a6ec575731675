// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "checkers/expr_query.h"
#include "checkers/node_order.h"
#include "checkers/path_state.h"

/* The bound of one query: states that are followed. docs/findings.md names what is cut off. */
#define MAX_STATES 6000

void path_result_free(struct path_result *result)
{
	if (!result)
		return;
	g_array_free(result->query.outcomes, TRUE);
	g_array_free(result->traces, TRUE);
	g_array_free(result->events, TRUE);
	g_free(result);
}

/* Dead keys make no state another one; nor does anything once the pages have escaped. */
static void forget_dead(const struct path_engine *engine, struct path_state *state)
{
	if (state->ownership == OWNERSHIP_ESCAPED ||
	    (state->ownership == OWNERSHIP_LOST && state->rest_lost < 0))
		state->env.count = 0;
	if (state->ownership != OWNERSHIP_OWNED) {
		state->handing = -1;
		state->rest = state->failing = false;
		state->left = state->empty_release = -1;
		state->handed = NULL;
		state->lent = 0;
		state->partial = false;
	}
	for (int i = state->env.count - 1; i >= 0; i--)
		if (!state->env.values[i].relation &&
		    !liveness_has(engine->liveness, state->node, state->env.keys[i]))
			env_drop(&state->env, i);
}

void engine_push(struct path_engine *engine, const struct path_state *state, int node)
{
	struct path_state next = *state;

	if (node < 0)
		return;
	next.node = node;
	rest_push(engine, state, &next);
	forget_dead(engine, &next);
	if (g_hash_table_size(engine->seen) >= MAX_STATES) {
		engine->result->complete = false;
		return;
	}
	if (!g_hash_table_contains(engine->seen, &next)) {
		g_hash_table_add(engine->seen, g_memdup2(&next, sizeof(next)));
		g_array_append_val(engine->work, next);
	}
}

void engine_trace(struct path_engine *engine, struct path_state *state, int taken,
		  enum reason_code outcome)
{
	struct path_trace trace = { state->trace, state->node, taken, outcome };

	g_array_append_val(engine->result->traces, trace);
	state->trace = engine->result->traces->len - 1;
}

/* A release of nothing, the goto that led away, or where the path is now. */
static struct loss_place place_of_loss(const struct path_engine *engine,
				       const struct path_state *state)
{
	if (state->handed)
		return *state->handed;
	if (state->rest_lost >= 0)
		return (struct loss_place){ engine->function, state->rest_lost };
	return (struct loss_place){
		.function = engine->function,
		.node = state->empty_release >= 0 ? state->empty_release :
			state->left >= 0 ? state->left : state->node,
	};
}

static void add_event(struct path_engine *engine, const struct path_state *state,
		      enum path_event_kind kind, int other, bool wrong)
{
	struct path_event event = {
		.kind = kind, .node = state->node, .other = other, .trace = state->trace,
		.ownership = state->ownership, .certain = state_is_certain(engine, state),
		.published = state->published,
		.told = state->told || state->told_more, .cleared = state->cleared,
		.rest = state->rest || state->lent,
		.place_count = state->place_count, .range = state->range,
		.wrong = wrong, .nothing = state->nothing || state->hole_base,
		.lost = place_of_loss(engine, state),
		.value = kind == EVENT_EXIT ?
			env_value(&state->env, state_node(engine, state)->rhs) : value_any(),
	};

	event.short_lost = !state->count_known && event.value.signs == SIGN_NEG &&
			   !event.value.relation &&
			   (state->partial || env_has_relation(&state->env, REL_SHORT));
	memcpy(event.places, state->places, sizeof(event.places));
	g_array_append_val(engine->result->events, event);
}

void engine_event(struct path_engine *engine, const struct path_state *state,
		  enum path_event_kind kind, int other)
{
	add_event(engine, state, kind, other, false);
}

void engine_wrong(struct path_engine *engine, const struct path_state *state,
		  enum path_event_kind kind)
{
	add_event(engine, state, kind, state->node, true);
}

void engine_released(struct path_engine *engine, struct path_state *state, int node, int loop,
		     struct range range)
{
	belief_released(engine, state, node);
	if (absent_range(engine, state, &range))
		engine_wrong(engine, state, EVENT_RANGE);
	state->ownership = OWNERSHIP_RELEASED;
	state->release_node = node;
	state->release_loop = loop;
	state->released = NULL;
	state->entry_released = NULL;
	state->range = range;
	engine_trace(engine, state, -1, REASON_NONE);
}

/* -- returns -- */

/* The places within what is returned, as the caller has them. */
static void add_returned(struct path_engine *engine, struct path_state *state,
			 const struct expr *value)
{
	const struct expr *returned = expr_returned(engine->pool);
	int count = state->place_count;

	if (state_names_pages(state, value))
		state_add_place(state, returned);
	for (int i = 0; i < count; i++)
		if (expr_is_within(state->places[i], value))
			state_add_place(state, expr_replace(engine->pool, state->places[i], value,
							    returned));
	if (state->place_count == count)	/* too many names */
		state->ownership = OWNERSHIP_ESCAPED;
}

static void transfer_return(struct path_engine *engine, struct path_state *state)
{
	const struct expr *value = state_node(engine, state)->rhs;

	if (state->ownership == OWNERSHIP_OWNED &&
	    (state_names_pages(state, value) || state_names_holder(state, value)))
		add_returned(engine, state, value);
	rest_return(state);
	belief_returned(engine, state, env_value(&state->env, value).signs == SIGN_NEG);
	if (state->rest_lost >= 0 && env_value(&state->env, value).signs == SIGN_NEG)
		engine_event(engine, state, EVENT_FREED, -1);
	engine_event(engine, state, EVENT_EXIT,
		     state->ownership == OWNERSHIP_RELEASED ? state->release_node : -1);
}

/* -- the call that the query starts at -- */

/* On this path the node was, or may have been, before the call that the query starts at. */
static bool came_before_start(const struct path_engine *engine, int node, bool again)
{
	int start = engine->result->query.start;

	return node < start || (again && ir_loop_around(engine->function->ir, start) >= 0);
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
			else if (node->lhs == state->places[p])
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
	if (outcome->ownership == OWNERSHIP_OWNED) {
		next.ownership = OWNERSHIP_OWNED;
		next.extra_reference = false;
		next.published = outcome->published || (again && state->published);
		next.count_known = next.told_more = next.cleared = next.rest = false;
		next.told = NULL;
		next.handing = next.rest_lost = -1;
		next.lent = 0;
		if (!again)
			next.place_count = 0;
		add_places(engine, &next, outcome);
		add_aliases(engine, &next, state->started);
		next.handed = outcome->failed.function ? &outcome->failed : NULL;
		next.left = next.empty_release = -1;
		next.fewer = outcome->result.relation == REL_SHORT;
		next.nothing = false;
	} else if (again) {
		next.partial = fills_further(engine, state);
	} else {
		next.ownership = outcome->ownership;
		absent_begin(engine, &next, outcome, state);
	}
	hole_begin(engine, &next, outcome);
	engine_trace(engine, &next, -1, outcome->step);
	engine_push(engine, &next, state_node(engine, state)->yes);
}

/* One path goes on for each way that the call may end. */
static void transfer_start(struct path_engine *engine, struct path_state *state)
{
	const GArray *outcomes = engine->result->query.outcomes;
	bool again = state->started && state->ownership == OWNERSHIP_OWNED;

	if (again && !state->lent && takes_their_place(engine, state)) {
		engine_event(engine, state, EVENT_OVERWRITTEN, -1);
		again = false;
	}
	for (guint i = 0; i < outcomes->len; i++)
		start_with(engine, state, &g_array_index(outcomes, struct call_outcome, i), again);
}

/* -- the engine -- */

static void transfer(struct path_engine *engine, struct path_state *state)
{
	const struct ir_node *node = state_node(engine, state);

	engine->owned = state->ownership == OWNERSHIP_OWNED;
	if (state->node == engine->result->query.start && node->kind == IR_CALL) {
		transfer_start(engine, state);
		return;
	}
	switch (node->kind) {
	case IR_TEST:
		transfer_test(engine, state);
		break;
	case IR_LOOP:
		transfer_loop(engine, state);
		break;
	case IR_RETURN:
		transfer_return(engine, state);
		break;
	case IR_SET:
		transfer_set(engine, state);
		engine_push(engine, state, node->yes);
		break;
	case IR_CALL:
		if (transfer_call(engine, state))
			engine_push(engine, state, node->yes);
		break;
	case IR_JOIN:
		if (state->ownership == OWNERSHIP_OWNED &&
		    node_is_goto(engine->function, state->node))
			state->left = state->node;
		/* fall through */
	default:
		engine_push(engine, state, node->yes);
	}
}

/* With the pages in hand, where the function is entered with them. */
static void push_entry(struct path_engine *engine)
{
	const struct path_query *query = &engine->result->query;
	struct path_state state = {
		.trace = -1, .release_node = -1, .release_loop = -1, .must_enter = -1,
		.empty_release = -1, .left = -1, .handing = -1, .rest_lost = -1,
	};

	if (query->start == 0) {
		const struct call_outcome *outcome =
			&g_array_index(query->outcomes, struct call_outcome, 0);

		state.started = true;
		state.ownership = outcome->ownership;
		state.fewer = query->fewer;
		state.nothing = query->nothing;
		for (int i = 0; i < outcome->place_count; i++) {
			state_add_place(&state, outcome->places[i]);
			if (!query->nothing)
				env_set(&state.env, outcome->places[i], value_of_signs(SIGN_POS));
		}
		for (int i = 0; i < query->value_count; i++)
			env_set(&state.env, query->values[i].of, query->values[i].value);
	}
	engine_push(engine, &state, 0);
}

static struct path_result *result_new(const struct program *program, const struct path_query *query)
{
	struct path_result *result = g_new0(struct path_result, 1);

	result->program = program;
	result->query = *query;
	result->traces = g_array_new(FALSE, FALSE, sizeof(struct path_trace));
	result->events = g_array_new(FALSE, FALSE, sizeof(struct path_event));
	result->complete = true;
	return result;
}

static struct path_result *run_with(const struct program *program, const struct path_query *query,
				    GArray *beliefs)
{
	struct path_engine engine = {
		.result = result_new(program, query), .program = program, .pool = program->pool,
		.function = query->function, .depth = query->depth,
		.work = g_array_new(FALSE, FALSE, sizeof(struct path_state)),
		.seen = g_hash_table_new_full(state_hash, state_equal, g_free, NULL),
		.liveness = program_liveness(program, query->function),
		.callee_release = g_new0(char, query->function->ir->count),
	};

	belief_begin(&engine, beliefs);
	push_entry(&engine);
	while (engine.work->len) {
		guint last = engine.work->len - 1;
		struct path_state state = g_array_index(engine.work, struct path_state, last);

		g_array_set_size(engine.work, last);
		transfer(&engine, &state);
	}
	g_array_free(engine.work, TRUE);
	g_hash_table_destroy(engine.seen);
	g_free(engine.callee_release);
	return engine.result;
}

/* A run that supposed something is made again with what of it has come true. */
struct path_result *path_engine_run(const struct program *program, const struct path_query *query)
{
	g_autoptr(GArray) beliefs = beliefs_new();
	struct path_result *result = run_with(program, query, beliefs);

	if (!beliefs_any(beliefs))
		return result;
	g_array_free(result->traces, TRUE);
	g_array_free(result->events, TRUE);
	g_free(result);
	return run_with(program, query, beliefs);
}
