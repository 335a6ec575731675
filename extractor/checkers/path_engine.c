// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "cfg/cfg_edges.h"
#include "checkers/expr_query.h"
#include "checkers/node_order.h"
#include "checkers/path_state.h"

/* The bound of one query: states that are followed. docs/findings.md names what is cut off. */
#define MAX_STATES 6000
/* Bytes that states are kept in; of many. */
#define BLOCK_SIZE (1 << 16)

void path_result_free(struct path_result *result)
{
	if (!result)
		return;
	g_array_free(result->query.outcomes, TRUE);
	g_array_free(result->traces, TRUE);
	g_array_free(result->events, TRUE);
	g_free(result);
}

/* A callee returns it: its caller tells the ways in which it ended by that value. */
static bool is_returned(const struct path_engine *engine, const struct expr *key)
{
	const struct ir_function *ir = engine->function->ir;

	for (int i = 0; !engine->result->query.start && i < ir->count; i++)
		if (ir->nodes[i].kind == IR_RETURN && ir->nodes[i].rhs == key)
			return true;
	return false;
}

static void forget_escaped(const struct path_engine *engine, struct path_state *state)
{
	for (int i = state->env.count - 1; i >= 0; i--)
		if (!is_returned(engine, state->env.keys[i]))
			env_drop(&state->env, i);
}

/* Dead keys make no state another one; nor does much else once the pages have escaped. */
static void forget_dead(const struct path_engine *engine, struct path_state *state)
{
	if (state->ownership == OWNERSHIP_ESCAPED ||
	    (state->ownership == OWNERSHIP_LOST && state->rest_lost < 0))
		forget_escaped(engine, state);
	if (state->ownership != OWNERSHIP_ESCAPED)
		state->unseen = false;
	if (state->ownership != OWNERSHIP_OWNED) {
		state->handing = -1;
		state->taken_from = NULL;
		state->rest = state->failing = false;
		state->left = state->empty_release = -1;
		state->handed = NULL;
		state->teller = NULL;
		state->lent = 0;
		state->partial = false;
		state->refused = REFUSAL_NONE;
		state->refuser = 0;
	}
	for (int i = state->env.count - 1; i >= 0; i--)
		if (!state->env.values[i].relation &&
		    !liveness_has(engine->liveness, state->node, state->env.keys[i]))
			env_drop(&state->env, i);
}

/* A copy that lasts as long as the engine. */
static struct path_state *state_keep(struct path_engine *engine, const struct path_state *state)
{
	size_t size = state_size(state);
	struct path_state *kept;

	if (!engine->blocks->len || engine->block_used + size > BLOCK_SIZE) {
		g_ptr_array_add(engine->blocks, g_malloc(BLOCK_SIZE));
		engine->block_used = 0;
	}
	kept = (void *)((char *)engine->blocks->pdata[engine->blocks->len - 1] +
			engine->block_used);
	engine->block_used += size;
	memcpy(kept, state, size);
	return kept;
}

void engine_push(struct path_engine *engine, const struct path_state *state, int node)
{
	struct path_state next;

	if (node < 0)
		return;
	memcpy(&next, state, state_size(state));
	next.node = node;
	rest_push(engine, state, &next);
	entry_prune(engine, &next);
	forget_dead(engine, &next);
	if (g_hash_table_size(engine->seen) >= MAX_STATES) {
		engine->result->complete = false;
		return;
	}
	next.hash = state_make_hash(&next);
	if (!g_hash_table_contains(engine->seen, &next)) {
		struct path_state *kept = state_keep(engine, &next);

		g_hash_table_add(engine->seen, kept);
		g_ptr_array_add(engine->work[next.ownership == OWNERSHIP_OWNED], kept);
	}
}

void engine_trace(struct path_engine *engine, struct path_state *state, int taken,
		  enum reason_code outcome)
{
	struct path_trace trace = { state->trace, state->node, taken, outcome, false };

	g_array_append_val(engine->result->traces, trace);
	state->trace = engine->result->traces->len - 1;
}

void engine_trace_test(struct path_engine *engine, struct path_state *state, int taken, bool open)
{
	engine_trace(engine, state, taken, REASON_NONE);
	g_array_index(engine->result->traces, struct path_trace, state->trace).open = open;
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

/* The known values of members of the objects that the path leaves to its caller. */
static GArray *values_left(const struct path_engine *engine, const struct path_state *state)
{
	GArray *left = NULL;

	if (state->ownership != OWNERSHIP_OWNED && state->ownership != OWNERSHIP_RELEASED)
		return NULL;
	for (int i = 0; i < state->env.count; i++) {
		struct known_value known = { state->env.keys[i], state->env.values[i] };

		if (!expr_is_member(known.of) || known.of->unknown ||
		    function_param_of(engine->function, known.of) < 0)
			continue;
		if (known.value.relation != REL_REQUEST)
			known.value.relation = REL_NONE;
		if (!left)
			left = g_array_new(FALSE, FALSE, sizeof(struct known_value));
		if (left->len < VALUES_MAX)
			g_array_append_val(left, known);
	}
	return left;
}

static void add_event(struct path_engine *engine, const struct path_state *state,
		      enum path_event_kind kind, int other, bool wrong)
{
	struct path_event event = {
		.kind = kind, .node = state->node, .other = other, .trace = state->trace,
		.ownership = state->ownership, .certain = state_is_certain(engine, state),
		.published = state->published, .fewer = state->fewer && !state->number_used,
		.unseen = state->unseen && state->ownership == OWNERSHIP_ESCAPED,
		.told = state->told || state->told_more, .cleared = state->cleared,
		.crossed = state->crossed,
		.rest = state->rest || state->lent || state->taken_from ||
			state->refused == REFUSAL_GIVEN_ALL,
		.place_count = state->place_count, .range = state->range,
		.wrong = wrong, .nothing = state->nothing || state->hole_base,
		.lost = place_of_loss(engine, state),
		.value = kind == EVENT_EXIT ?
			env_value(&state->env, state_node(engine, state)->rhs) : value_any(),
		.left = kind == EVENT_EXIT ? values_left(engine, state) : NULL,
	};

	if (state->extra_reference)	/* another release of them is right */
		event.range.base = NULL;
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
	state->crossed = false;
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

/* "ret = last(); return ret": an error or none, which no test tells apart. */
static bool is_untested(const struct path_engine *engine, const struct path_state *state)
{
	const struct function *function = engine->function;
	const struct expr *value = state_node(engine, state)->rhs;
	int call = expr_result_node(value);

	if (state->ownership != OWNERSHIP_OWNED || state_is_certain(engine, state) ||
	    function_node(function, 0)->type != IR_TYPE_SIGNED ||
	    env_value(&state->env, value).signs != SIGN_ANY ||
	    env_value(&state->env, value).relation)
		return false;
	for (int i = 0; call < 0 && i < function->ir->count; i++)
		if (node_sets(function_node(function, i), value) &&
		    ir_is_straight(function->ir, i, state->node))
			call = expr_result_node(function_node(function, i)->rhs);
	return call >= 0 && function_node(function, call)->type == IR_TYPE_SIGNED;
}

static void return_with(struct path_engine *engine, struct path_state *state)
{
	const struct expr *value = state_node(engine, state)->rhs;

	if (state->ownership == OWNERSHIP_OWNED &&
	    (state_names_pages(state, value) || state_names_holder(state, value) ||
	     (value && state_names_member(engine, state, value))))
		add_returned(engine, state, value);
	rest_return(state);
	unasked_return(engine, state);
	short_return(engine, state);
	if (state->taken_from && state->refused)	/* it may have taken the object */
		state->ownership = OWNERSHIP_ESCAPED;
	belief_returned(engine, state, env_value(&state->env, value).signs == SIGN_NEG);
	if (state->rest_lost >= 0 && env_value(&state->env, value).signs == SIGN_NEG)
		engine_event(engine, state, EVENT_FREED, -1);
	engine_event(engine, state, EVENT_EXIT,
		     state->ownership == OWNERSHIP_RELEASED ? state->release_node : -1);
}

static void transfer_return(struct path_engine *engine, struct path_state *state)
{
	static const unsigned int ways[] = { SIGN_NEG, SIGN_ZERO | SIGN_POS };

	if (!is_untested(engine, state)) {
		return_with(engine, state);
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
		struct path_state next = *state;

		env_set(&next.env, state_node(engine, state)->rhs, value_of_signs(ways[i]));
		return_with(engine, &next);
	}
}

/* -- the engine -- */

static void transfer(struct path_engine *engine, struct path_state *state)
{
	const struct ir_node *node = state_node(engine, state);

	engine->owned = state->ownership == OWNERSHIP_OWNED;
	if (state->node == engine->result->query.start && node->kind == IR_CALL) {
		start_transfer(engine, state);
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
		state.number_used = query->number_used;
		state.nothing = query->nothing;
		state.range = query->released;
		state.release_node = outcome->ownership == OWNERSHIP_RELEASED ? 0 : -1;
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

static void event_clear(void *data)
{
	g_clear_pointer(&((struct path_event *)data)->left, g_array_unref);
}

static struct path_result *result_new(const struct program *program, const struct path_query *query)
{
	struct path_result *result = g_new0(struct path_result, 1);

	result->program = program;
	result->query = *query;
	result->traces = g_array_new(FALSE, FALSE, sizeof(struct path_trace));
	result->events = g_array_new(FALSE, FALSE, sizeof(struct path_event));
	g_array_set_clear_func(result->events, event_clear);
	result->complete = true;
	return result;
}

/* The last one put there, of those with the pages first: the bound is to cut off the others. */
static bool take_state(struct path_engine *engine, struct path_state *state)
{
	GPtrArray *work = engine->work[engine->work[1]->len > 0];
	const struct path_state *last;

	if (!work->len)
		return false;
	last = g_ptr_array_steal_index(work, work->len - 1);
	memcpy(state, last, state_size(last));
	return true;
}

static struct path_result *run_with(const struct program *program, const struct path_query *query,
				    GArray *beliefs)
{
	struct path_engine engine = {
		.result = result_new(program, query), .program = program, .pool = program->pool,
		.function = query->function, .depth = query->depth,
		.work = { g_ptr_array_new(), g_ptr_array_new() },
		.seen = g_hash_table_new(state_hash, state_equal),
		.blocks = g_ptr_array_new_with_free_func(g_free),
		.liveness = program_liveness(program, query->function),
		.callee_release = g_new0(char, query->function->ir->count),
	};
	struct path_state state;

	belief_begin(&engine, beliefs);
	push_entry(&engine);
	while (take_state(&engine, &state))
		transfer(&engine, &state);
	g_ptr_array_unref(engine.work[0]);
	g_ptr_array_unref(engine.work[1]);
	g_hash_table_destroy(engine.seen);
	g_ptr_array_unref(engine.blocks);
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
