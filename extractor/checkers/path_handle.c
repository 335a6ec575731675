// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/expr_query.h"
#include "checkers/object_service.h"
#include "checkers/path_state.h"

/* Objects that a function has made, and another one releases: object_service.h. */

/* The object that the call at a node has released; NULL: it releases none. */
static const struct expr *given_to_drop(const struct path_engine *engine, int node)
{
	const struct function *callee = engine->function->callees[node];

	return callee && callee->drops ?
		node_argument(function_node(engine->function, node), callee->dropped_in) : NULL;
}

bool handle_is_dropped(const struct path_engine *engine, const struct path_state *state)
{
	const struct expr *given = engine->result->query.handle ?
		given_to_drop(engine, state->node) : NULL;

	return given && state->started &&
	       (state->ownership == OWNERSHIP_OWNED || state->ownership == OWNERSHIP_RELEASED) &&
	       (state_names_holder(state, given) || handle_is_there(engine, state, given));
}

/*
 * A destructor: it has no result, or is a service. A helper with a result may have dropped another
 * object of the kind, in place of which it has put this one.
 */
static bool surely_drops(const struct path_engine *engine, int node)
{
	const struct function *callee = engine->function->callees[node];

	return !callee->info->is_static || function_node(callee, 0)->type == IR_TYPE_OTHER;
}

void handle_drop(struct path_engine *engine, struct path_state *state)
{
	const struct expr *given = given_to_drop(engine, state->node);

	if (state->ownership == OWNERSHIP_OWNED) {
		engine_released(engine, state, state->node, -1, (struct range){ 0 });
		state->released = given;
		return;
	}
	if (state->released == given && !state->extra_reference &&
	    state->release_node != state->node && surely_drops(engine, state->release_node) &&
	    surely_drops(engine, state->node))
		engine_event(engine, state, EVENT_DOUBLE, state->release_node);
	state->ownership = OWNERSHIP_ESCAPED;
}

bool handle_is_refused(const struct path_engine *engine, const struct path_state *state)
{
	return engine->result->query.handle && !state->lent && state_is_certain(engine, state);
}

bool handle_is_lent(const struct path_engine *engine, int call)
{
	return engine->result->query.handle &&
	       function_node(engine->function, call)->type == IR_TYPE_SIGNED;
}

bool handle_is_asked(const struct path_engine *engine, const struct path_state *state)
{
	const struct ir_node *call = state_node(engine, state);
	bool asked = false;

	if (call->type != IR_TYPE_UNSIGNED)
		return false;
	for (int i = 0; i < call->arg_count; i++) {
		bool given = handle_is_there(engine, state, call->args[i]);

		if (!given && (state_names_holder(state, call->args[i]) ||
			       state_names_member(engine, state, call->args[i])))
			return false;
		asked |= given;
	}
	return asked;
}

bool handle_is_there(const struct path_engine *engine, const struct path_state *state,
		     const struct expr *pointer)
{
	if (!engine->result->query.handle || pointer->unknown)
		return false;
	for (int i = 0; i < state->place_count; i++)	/* "*slot" of "*slot = object" */
		if (expr_contains(pointer, state->places[i]))
			return true;
	return state_has_place(state, service_place(engine->pool, pointer));
}
