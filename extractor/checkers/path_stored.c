// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/natural_loops.h"
#include "checkers/expr_query.h"
#include "checkers/path_state.h"

/*
 * One entry of the pages, which a loop has put in an object: the object has to be given back with
 * it, whatever becomes of the entries that it did not come to (path_rest.c).
 *
 *	for (i = 0; i < n; i++)
 *		if (!bio_add_page(bio, pages[i], PAGE_SIZE, 0))
 *			break;
 *	while (i < n)
 *		put_page(pages[i++]);		the rest
 *	if (i < wanted) {
 *		bio_put(bio);			those in the bio are lost
 *		return -EINVAL;
 *	}
 */

/* The array that the call at the state's node is given an entry of in this loop, or NULL. */
static const struct expr *array_of_entry(const struct path_engine *engine,
					 const struct path_state *state, int head)
{
	const struct ir_node *call = state_node(engine, state);

	for (int i = 0; i < call->arg_count; i++) {
		const struct expr *given = call->args[i];

		if (expr_is_element(given) && state_names_pages(state, given))
			return expr_base(given);
		for (int n = head + 1; n < state->node; n++) {
			const struct ir_node *node = function_node(engine->function, n);

			if (node_sets(node, given) && node->op == IR_OP_ASSIGN &&
			    expr_is_element(node->rhs) && state_names_pages(state, node->rhs))
				return expr_base(node->rhs);
		}
	}
	return NULL;
}

void stored_add(struct path_engine *engine, struct path_state *state,
		  const struct expr *const *places, int count)
{
	int head = rest_loop_of_entry(engine, state);
	struct path_state entry = *state;

	if (head < 0) {
		for (int i = 0; i < count; i++)
			state_add_place(state, places[i]);
		return;
	}
	state->ownership = OWNERSHIP_ESCAPED;	/* which leaves the rest */
	entry.taken_from = array_of_entry(engine, state, head);
	entry.place_count = 0;
	entry.handing = -1;
	entry.rest = entry.failing = false;
	for (int i = 0; i < count; i++)
		state_add_place(&entry, places[i]);
	if (!state->taken_from && entry.taken_from && state_is_certain(engine, &entry))
		engine_push(engine, &entry, state_node(engine, state)->yes);
}

/* The array, or one of its entries, by the variable that a loop around gives it, too. */
static const struct expr *entry_named(const struct path_engine *engine,
				      const struct path_state *state, int node,
				      const struct expr *given)
{
	int head = ir_loop_around(engine->function->ir, node);

	if (expr_base(given) == state->taken_from)
		return given;
	for (int i = head + 1; head >= 0 && i < node; i++) {
		const struct ir_node *set = function_node(engine->function, i);

		if (node_sets(set, given) && set->op == IR_OP_ASSIGN &&
		    expr_base(set->rhs) == state->taken_from)
			return set->rhs;
	}
	return NULL;
}

/* "j", or "j - 1" where it was counted up just now; else NULL. */
static const struct expr *counter_of(const struct expr *index)
{
	if (index->op == EXPR_SUB && expr_is_number(index->b, 1))
		index = index->a;
	return expr_is_name(index) ? index : NULL;
}

/* The loop counts up, from where another one has left off. */
static bool goes_on(const struct path_engine *engine, int head, const struct expr *counter)
{
	const struct ir_function *ir = engine->function->ir;
	bool up = false;

	for (int i = head + 1; i < ir->nodes[head].no; i++)
		if (node_sets(&ir->nodes[i], counter))
			up = ir->nodes[i].op == IR_OP_ADD_ASSIGN;
	for (int i = head - 1; up && i > 0 && ir->nodes[i].kind == IR_SET; i--)
		if (ir->nodes[i].lhs == counter)
			return !expr_is_number(ir->nodes[i].rhs, 0);
	return up;
}

/* The loop is one that puts entries in an object: each round has its own. */
static bool puts_entries(const struct path_engine *engine, const struct path_state *state, int head)
{
	const struct function *function = engine->function;

	for (int i = head + 1; i < function_node(function, head)->no; i++) {
		const struct ir_node *call = function_node(function, i);
		bool puts = function_has_detail(function, i, KNOW_BORROW, KNOWN(COUNT));

		for (int a = 0; puts && a < call->arg_count; a++)
			if (entry_named(engine, state, i, call->args[a]))
				return true;
	}
	return false;
}

bool stored_is_of_rest(const struct path_engine *engine, const struct path_state *state, int node)
{
	const struct ir_node *call = function_node(engine->function, node);
	int head = ir_loop_around(engine->function->ir, node);

	for (int i = 0; state->taken_from && i < call->arg_count; i++) {
		const struct expr *named = entry_named(engine, state, node, call->args[i]);
		const struct expr *index = named ? expr_offset(engine->pool, named) : NULL;
		const struct expr *counter = index ? counter_of(index) : NULL;

		if (!named || expr_is_number(index, 0))
			continue;
		if (head < 0 || !counter || goes_on(engine, head, counter) ||
		    puts_entries(engine, state, head))
			return true;
	}
	return false;
}

bool stored_is_elsewhere(const struct path_engine *engine, const struct path_state *state)
{
	const struct ir_node *call = state_node(engine, state);

	if (!state->taken_from || function_releases(engine->function, state->node))
		return false;
	for (int i = 0; i < call->arg_count; i++)
		if (entry_named(engine, state, state->node, call->args[i]))
			return true;
	return false;
}
