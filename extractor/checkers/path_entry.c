// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/path_state.h"

/*
 * Paths from the entry of a function, on which no pages have come: what is released all the same.
 *
 *	pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
 *	if (!pages)
 *		goto out;
 *	got = pin_user_pages_fast(start, n, 0, pages);
 *	out:
 *	unpin_user_pages(pages, n);
 *
 * Or, whatever the page was to be, a pointer that was found to be an error.
 */

void entry_prune(const struct path_engine *engine, struct path_state *state)
{
	if (engine->result->query.kind == QUERY_BEFORE && !state->nothing)
		state->ownership = OWNERSHIP_ESCAPED;
}

/* No memory for no entries is none that is missing: where it is NULL, there were to be some. */
bool entry_allocates(struct path_engine *engine, const struct path_state *state)
{
	const struct ir_node *call = state_node(engine, state);
	const struct known *alloc = callee_known(engine, state, KNOW_ALLOC);
	const struct expr *count = alloc ? node_argument(call, alloc->index) : NULL;
	const struct expr *result = expr_result(engine->pool, state->node);
	struct path_state none = *state, some = *state;
	struct value value = env_value(&state->env, count);

	if (!count || engine->result->query.kind != QUERY_BEFORE || !state->nothing ||
	    !liveness_matters(engine->liveness, result))
		return false;
	env_set(&some.env, result, value_of_signs(SIGN_POS));
	engine_push(engine, &some, call->yes);
	if (value.signs & SIGN_POS) {
		if (!value.exact)
			value.signs = SIGN_POS;
		env_set(&none.env, result, value_of_number(0));
		env_set(&none.env, count, value);
		engine_push(engine, &none, call->yes);
	}
	return true;
}

void entry_release(struct path_engine *engine, const struct path_state *state)
{
	const struct expr *page = function_pages(engine->function, state->node);
	struct value value = env_value(&state->env, page);

	if (!expr_is_name(page) || function_count(engine->function, state->node) ||
	    !function_is_plain_release(engine->function, state->node))
		return;
	if (value.signs == SIGN_NEG)
		engine_wrong(engine, state, EVENT_ERROR_POINTER);
}
