// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/call_places.h"
#include "checkers/expr_query.h"
#include "checkers/path_state.h"

/* Pages that a callee stores in what its caller has given, or gives back. */

bool call_was_given(const struct call_outcome *at_entry, const struct expr *place)
{
	for (int i = 0; i < at_entry->place_count; i++)
		if (at_entry->places[i] == place)
			return true;
	return false;
}

/* The place as one of what the caller has given or gets: by a variable that leads there, too. */
static const struct expr *place_of_caller(const struct function *callee, const struct expr *place)
{
	const struct expr *root = expr_root(place), *object;

	if (root->op == EXPR_RETURNED || function_param_of(callee, place) >= 0)
		return place;
	if (root == place || place_is_own(callee, place))
		return NULL;
	object = object_behind(callee, root);
	return object && function_param_of(callee, object) >= 0 ? object : NULL;
}

bool call_hands_on(const struct function *callee, const struct path_event *exit,
		   const struct call_outcome *at_entry)
{
	for (int p = 0; p < exit->place_count; p++)
		if (!call_was_given(at_entry, exit->places[p]) &&
		    place_of_caller(callee, exit->places[p]))
			return true;
	return false;
}

bool call_places_handed(const struct path_engine *engine, const struct path_state *state,
			const struct function *callee, const struct path_event *exit,
			const struct call_outcome *at_entry, struct call_outcome *outcome)
{
	const struct expr *result = expr_result(engine->pool, state->node);

	for (int p = 0; p < exit->place_count; p++) {
		const struct expr *place = call_was_given(at_entry, exit->places[p]) ? NULL :
			place_of_caller(callee, exit->places[p]);
		const struct expr *outside = place ?
			place_outside(engine->pool, callee, state_node(engine, state), result,
				      place) : NULL;

		if (outside && outside->op == EXPR_LOCAL)	/* what it points to has them */
			outside = object_behind(engine->function, outside);
		if (outside)
			outside = place_led_to(engine->function, state->node, outside);
		if (place && !outside)
			return false;
		if (outside)
			outcome->places[outcome->place_count++] = outside;
	}
	return state->place_count + outcome->place_count <= PLACES_MAX;
}
