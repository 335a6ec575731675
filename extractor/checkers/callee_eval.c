// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "checkers/allocation.h"
#include "checkers/call_places.h"
#include "checkers/expr_query.h"
#include "checkers/path_state.h"

/*
 * Callee evaluation: a callee that is given the pages is run by the engine, with the pages
 * at its entry. Its exits, without duplicates, are the ways in which the call may end.
 * Recursion ends with path_query.depth.
 */

static struct call_outcome outcome_at_entry(const struct path_engine *engine,
					    const struct path_state *state,
					    const struct function *callee)
{
	const struct ir_node *call = state_node(engine, state);
	struct call_outcome outcome = {
		.ownership = state->ownership == OWNERSHIP_NONE ? OWNERSHIP_NONE : OWNERSHIP_OWNED,
	};
	int count = MIN(call->arg_count, function_param_count(callee));

	for (int i = 0; i < count; i++)
		for (int p = 0; p < state->place_count && outcome.place_count < PLACES_MAX; p++) {
			const struct expr *place = place_inside(engine->pool, state->places[p],
								call->args[i],
								function_param(callee, i));

			if (place)
				outcome.places[outcome.place_count++] = place;
		}
	return outcome;
}

/**
 * struct entry_values - what the callee knows when it is entered
 * @list: @count of them
 */
struct entry_values {
	struct known_value list[VALUES_MAX];
	int count;
};

static void add_value(struct entry_values *values, const struct expr *of, struct value value)
{
	if (values->count == VALUES_MAX)
		return;
	if (value.relation != REL_REQUEST)
		value.relation = REL_NONE;
	values->list[values->count++] = (struct known_value){ of, value };
}

/* A member of an object that the argument points to: a count in it. */
static void add_member_values(const struct path_engine *engine, const struct expr *argument,
			      const struct expr *param, struct entry_values *values)
{
	const struct expr *object = expr_without_address(argument);

	for (int i = 0; i < engine->at_call.count; i++) {
		const struct expr *key = engine->at_call.keys[i];
		const struct expr *inside = expr_is_member(key) &&
			!key->unknown && expr_is_within(key, object) ?
			place_inside(engine->pool, key, argument, param) : NULL;

		if (inside)
			add_value(values, inside, engine->at_call.values[i]);
	}
}

/* Where there are no pages, in an array that has room for so many: there is room for some. */
static bool is_room(const struct path_engine *engine, const struct path_state *state,
		    const struct expr *number)
{
	for (int p = 0; state->nothing && p < state->place_count; p++)
		if (function_allocates_entries(engine->function, state->places[p], number))
			return true;
	return false;
}

static struct value value_at_entry(const struct path_engine *engine, const struct path_state *state,
				   const struct expr *argument)
{
	return is_room(engine, state, argument) ? value_of_signs(SIGN_POS) :
						  state_argument(engine, state, argument);
}

/* Of the arguments, as far as they are known: a flag, a count of 0. */
static void values_at_entry(const struct path_engine *engine, const struct path_state *state,
			    const struct function *callee, struct entry_values *values)
{
	const struct ir_node *call = state_node(engine, state);
	int count = MIN(call->arg_count, function_param_count(callee));

	for (int i = 0; i < count; i++)
		add_value(values, function_param(callee, i),
			  value_at_entry(engine, state, call->args[i]));
	for (int i = 0; i < count; i++)
		add_member_values(engine, call->args[i], function_param(callee, i), values);
}

static bool is_known(const GArray *outcomes, const struct call_outcome *outcome)
{
	for (guint i = 0; i < outcomes->len; i++) {
		const struct call_outcome *other = &g_array_index(outcomes, struct call_outcome, i);

		if (other->ownership == outcome->ownership &&
		    other->published == outcome->published &&
		    other->crossed == outcome->crossed &&
		    other->unseen == outcome->unseen &&
		    other->place_count == outcome->place_count &&
		    !memcmp(other->places, outcome->places, sizeof(other->places)) &&
		    value_equal(&other->result, &outcome->result) &&
		    range_equal(&other->range, &outcome->range))
			return true;
	}
	return false;
}

static void key_add_value(GString *key, const struct value *value)
{
	g_string_append_printf(key, " %u,%d,%ld,%d", value->signs, value->exact,
			       value->exact ? value->number : 0, value->relation);
}

/* All that a run of a callee depends on, besides the program. Caller frees. */
static char *query_key(const struct path_query *query)
{
	const struct call_outcome *entry = &g_array_index(query->outcomes, struct call_outcome, 0);
	GString *key = g_string_new(NULL);

	g_string_printf(key, "%p %p %d %d%d%d%d %d", (const void *)query->function,
			(const void *)query->acquire, query->depth, query->fewer,
			query->number_used, query->nothing, query->handle, entry->ownership);
	for (int p = 0; p < entry->place_count; p++)
		g_string_append_printf(key, " %u", entry->places[p]->serial);
	for (int i = 0; i < query->value_count; i++) {
		g_string_append_printf(key, "; %u", query->values[i].of->serial);
		key_add_value(key, &query->values[i].value);
	}
	return g_string_free(key, FALSE);
}

/*
 * Its paths, entered with the pages, or with the places where they would be. The program keeps
 * them: many states come to a call with the same.
 */
static const struct path_result *callee_run(struct path_engine *engine,
					    const struct path_state *state,
					    const struct function *callee)
{
	struct call_outcome at_entry = outcome_at_entry(engine, state, callee);
	struct path_query query = {
		.function = callee, .acquire = engine->result->query.acquire,
		.depth = engine->depth - 1, .fewer = state->fewer, .nothing = state->nothing,
		.number_used = state->number_used, .handle = engine->result->query.handle,
		.outcomes = g_array_new(FALSE, TRUE, sizeof(struct call_outcome)),
	};
	struct entry_values values = { .count = 0 };
	g_autofree char *key = NULL;
	struct path_result *result;

	g_array_append_val(query.outcomes, at_entry);
	values_at_entry(engine, state, callee, &values);
	query.values = values.list;
	query.value_count = values.count;
	key = query_key(&query);
	result = g_hash_table_lookup(engine->program->runs, key);
	if (result) {
		g_array_unref(query.outcomes);
		return result;
	}
	result = path_engine_run(engine->program, &query);
	result->query.values = NULL;	/* they were of this call alone */
	result->query.value_count = 0;
	g_hash_table_insert(engine->program->runs, g_steal_pointer(&key), result);
	return result;
}

/* The caller gave the count, or the pointer: events that are wrong are reported at its call. */
static bool report_inside(struct path_engine *engine, const struct path_state *state,
			  const struct path_result *inside)
{
	const GArray *events = inside->events;
	bool any = false;

	for (guint i = 0; i < events->len; i++) {
		const struct path_event *event = &g_array_index(events, struct path_event, i);

		if (event->wrong)
			engine_wrong(engine, state, event->kind);
		any |= event->wrong;
	}
	return any;
}

/* An object of the callee's own has the pages, and is in a table of others. */
static bool keeps_in_table(const struct path_event *exit, const struct call_outcome *at_entry)
{
	for (int p = 0; p < exit->place_count && exit->published; p++)
		if (!call_was_given(at_entry, exit->places[p]))
			return true;
	return false;
}

/* Of struct call_outcome; empty when the callee has too many paths. */
static GArray *callee_outcomes(struct path_engine *engine, const struct path_state *state,
			       const struct function *callee)
{
	GArray *outcomes = g_array_new(FALSE, TRUE, sizeof(struct call_outcome));
	const struct path_result *inside = callee_run(engine, state, callee);
	const struct call_outcome *at_entry =
		&g_array_index(inside->query.outcomes, struct call_outcome, 0);

	report_inside(engine, state, inside);
	for (guint i = 0; i < inside->events->len; i++) {
		const struct path_event *event = &g_array_index(inside->events, struct path_event,
								i);
		struct call_outcome outcome = {
			.result = event->value, .ownership = event->ownership,
			.published = event->published, .crossed = event->crossed,
			.unseen = event->unseen,
		};

		if (event->kind != EVENT_EXIT)
			continue;
		outcome.result.relation = REL_NONE;
		if (event->ownership == OWNERSHIP_RELEASED)
			outcome.range = range_of_callee(engine->pool, callee,
							state_node(engine, state), &event->range);
		if (event->ownership == OWNERSHIP_OWNED &&
		    (keeps_in_table(event, at_entry) ||
		     (call_hands_on(callee, event, at_entry) &&
		      !call_places_handed(engine, state, callee, event, at_entry, &outcome)))) {
			outcome.ownership = OWNERSHIP_ESCAPED;
			outcome.place_count = 0;
			memset(outcome.places, 0, sizeof(outcome.places));
		}
		if (!is_known(outcomes, &outcome))
			g_array_append_val(outcomes, outcome);
	}
	if (!inside->complete)
		g_array_set_size(outcomes, 0);
	return outcomes;
}

/*
 * It leaves the pages where they are on one path; releases, stores or passes them on on another;
 * and its result does not tell which it was.
 */
static bool is_doubtful(const GArray *outcomes, const struct call_outcome *kept)
{
	for (guint i = 0; i < outcomes->len; i++) {
		const struct call_outcome *other = &g_array_index(outcomes, struct call_outcome, i);

		if ((other->ownership != OWNERSHIP_OWNED ||
		     (other->place_count && !kept->place_count)) &&
		    (other->result.signs & kept->result.signs))
			return true;
	}
	return false;
}

/*
 * On no path are they released or passed on, so that it loses them where it frees the memory with
 * them. Not where they may have been passed on before, which is only believed not to be so.
 */
static bool surely_loses(const struct path_state *state, const GArray *outcomes)
{
	for (guint i = 0; i < outcomes->len; i++) {
		const struct call_outcome *outcome = &g_array_index(outcomes, struct call_outcome,
								    i);

		if (outcome->ownership != OWNERSHIP_LOST &&
		    (outcome->ownership != OWNERSHIP_OWNED || outcome->place_count))
			return false;
	}
	return !state->lent || outcomes->len == 1;
}

/* A flag tells pinned pages from others, and here they are pinned: what may release does. */
static bool releases_pinned(const struct path_engine *engine, const GArray *outcomes,
			    const struct call_outcome *kept)
{
	for (guint i = 0; query_may_take_no_pin(engine) && i < outcomes->len; i++) {
		const struct call_outcome *other = &g_array_index(outcomes, struct call_outcome, i);

		if (other->ownership == OWNERSHIP_RELEASED &&
		    (other->result.signs & kept->result.signs))
			return true;
	}
	return false;
}

/* All that the callee was given was freed there with the pages: other names may be left. */
static void transfer_lost(struct path_engine *engine, struct path_state *state,
			  const struct function *callee)
{
	const struct ir_node *call = state_node(engine, state);
	int count = MIN(call->arg_count, function_param_count(callee));

	for (int p = state->place_count - 1; p >= 0; p--) {
		const struct expr *place = state->places[p];
		bool given = false;

		for (int i = 0; i < count; i++)
			given |= place_inside(engine->pool, place, call->args[i],
					      function_param(callee, i)) != NULL;
		if (given)
			state_drop_place(state, place);
	}
	if (state->place_count)
		return;
	state->empty_release = state->node;
	state_lose(engine, state, EVENT_FREED);
}

static const struct function *callee_within_depth(const struct path_engine *engine,
						  const struct path_state *state)
{
	const struct function *callee = engine->function->callees[state->node];

	return callee != engine->function && engine->depth > 0 ? callee : NULL;
}

/* Each way that the callee may end has released them, by a call of the other kind. */
static bool all_crossed(const GArray *outcomes)
{
	for (guint i = 0; i < outcomes->len; i++) {
		const struct call_outcome *outcome = &g_array_index(outcomes, struct call_outcome,
								    i);

		if (outcome->ownership != OWNERSHIP_RELEASED || !outcome->crossed)
			return false;
	}
	return true;
}

/*
 * It passes the pages on to a function out of sight, on some path, and keeps or releases them on
 * none: the call is one of that function.
 */
static bool ends_out_of_sight(const GArray *outcomes)
{
	bool unseen = false;

	for (guint i = 0; i < outcomes->len; i++) {
		const struct call_outcome *outcome = &g_array_index(outcomes, struct call_outcome,
								    i);

		if (!outcome->unseen && outcome->ownership != OWNERSHIP_OWNED)
			return false;
		unseen |= outcome->unseen;
	}
	return unseen;
}

static void next_released(struct path_engine *engine, struct path_state *next,
			  const struct range *range)
{
	hole_range(engine, next, range);
	engine_released(engine, next, next->node, -1, *range);
	if (!rest_may_fail(engine, next->node))
		hole_released(engine, next);
}

bool transfer_callee(struct path_engine *engine, struct path_state *state)
{
	const struct function *callee = callee_within_depth(engine, state);
	const struct expr *result = expr_result(engine->pool, state->node);
	bool knows = callee && outcome_at_entry(engine, state, callee).place_count;
	g_autoptr(GArray) outcomes = knows ? callee_outcomes(engine, state, callee) : NULL;
	bool loses;

	if (!outcomes || !outcomes->len || ends_out_of_sight(outcomes))
		return transfer_unseen(engine, state);
	loses = surely_loses(state, outcomes);
	for (guint i = 0; i < outcomes->len; i++) {
		const struct call_outcome *outcome = &g_array_index(outcomes, struct call_outcome,
								    i);
		struct path_state next = *state;

		next.published |= outcome->published;
		if (liveness_matters(engine->liveness, result))
			env_set(&next.env, result, outcome->result);
		if (outcome->ownership == OWNERSHIP_RELEASED ||
		    (outcome->ownership == OWNERSHIP_OWNED &&
		     releases_pinned(engine, outcomes, outcome)))
			next_released(engine, &next, &outcome->range);
		else if (outcome->ownership == OWNERSHIP_LOST && loses)
			transfer_lost(engine, &next, callee);
		else if (outcome->ownership == OWNERSHIP_LOST ||
			 (outcome->ownership == OWNERSHIP_OWNED && !loses &&
			  is_doubtful(outcomes, outcome)))
			next.ownership = OWNERSHIP_ESCAPED;
		else
			next.ownership = outcome->ownership;
		if (next.ownership == OWNERSHIP_OWNED && outcome->place_count)
			stored_add(engine, &next, outcome->places, outcome->place_count);
		if (all_crossed(outcomes))
			kind_released_inside(engine, &next);
		engine_push(engine, &next, state_node(engine, state)->yes);
	}
	return false;
}

bool callee_releases_again(struct path_engine *engine, const struct path_state *state)
{
	const struct function *callee = callee_within_depth(engine, state);
	g_autoptr(GArray) outcomes = callee ? callee_outcomes(engine, state, callee) : NULL;

	for (guint i = 0; outcomes && i < outcomes->len; i++) {
		const struct call_outcome *outcome = &g_array_index(outcomes, struct call_outcome,
								    i);

		if (outcome->ownership != OWNERSHIP_RELEASED || state->extra_reference ||
		    !ranges_meet(&outcome->range, &state->range))
			return false;
	}
	return outcomes && outcomes->len;
}

bool callee_look_inside(struct path_engine *engine, const struct path_state *state)
{
	const struct function *callee = callee_within_depth(engine, state);
	const struct path_result *inside = callee ? callee_run(engine, state, callee) : NULL;

	return inside && report_inside(engine, state, inside);
}
