// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/expr_query.h"
#include "checkers/path_state.h"

/* Memory that is freed: an array of pages, or an object that has them. */

/* The one is made of the other as it is: two names of one array. */
static bool are_one(const struct function *function, const struct expr *a, const struct expr *b)
{
	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *node = function_node(function, i);

		if (node->op == IR_OP_ASSIGN && node->type == IR_TYPE_POINTER &&
		    ((node_sets(node, a) && node->rhs == b) ||
		     (node_sets(node, b) && node->rhs == a)))
			return true;
	}
	return false;
}

/* An array that holds the pages is freed: none of its names has them any more. */
static void drop_aliases(const struct function *function, struct path_state *state,
			 const struct expr *array)
{
	for (int i = state->place_count - 1; state_has_place(state, array) && i >= 0; i--)
		if (are_one(function, state->places[i], array))
			state_drop_place(state, state->places[i]);
}

void transfer_free(struct path_engine *engine, struct path_state *state, int index)
{
	const struct expr *freed = node_argument(state_node(engine, state), index);

	if (state->ownership != OWNERSHIP_OWNED || !state->started || !freed)
		return;
	drop_aliases(engine->function, state, freed);
	state_drop_places_in(state, freed);
	if (!state->place_count)
		state_lose(engine, state, EVENT_FREED);
}
