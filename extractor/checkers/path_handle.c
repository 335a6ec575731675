// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/expr_query.h"
#include "checkers/object_service.h"
#include "checkers/path_state.h"

/* Objects that a function has made, and another one releases: object_service.h. */

bool handle_is_dropped(const struct path_engine *engine, const struct path_state *state)
{
	const struct function *callee = engine->function->callees[state->node];
	const struct expr *given;

	if (!engine->result->query.handle || !callee || !callee->drops)
		return false;
	given = node_argument(state_node(engine, state), callee->dropped_in);
	return given && (state_names_holder(state, given) || handle_is_there(engine, state, given));
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
