// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/allocation.h"
#include "checkers/expr_query.h"
#include "checkers/path_state.h"

/* "page = NULL"; of an entry it is not known which one that is */
static bool clears(const struct ir_node *node)
{
	return node->op == IR_OP_ASSIGN && expr_is_number(node->rhs, 0) &&
	       !expr_has_op(node->lhs, EXPR_INDEX) && !expr_has_op(node->lhs, EXPR_DEREF);
}

/* A member of an object that a variable or parameter leads to, whoever has it. */
static bool is_in_object(const struct expr *place)
{
	return !place->unknown && expr_root(place)->op == EXPR_LOCAL;
}

/* Pages are stored: into a variable of this function they stay, elsewhere they escape. */
static void store_pages(struct path_engine *engine, struct path_state *state,
			const struct expr *lhs)
{
	const struct expr *base = expr_base(lhs);

	if (state->place_count == PLACES_MAX)
		state->ownership = OWNERSHIP_ESCAPED;	/* too many names to follow */
	else if (place_is_own(engine->function, base) && lhs->op != EXPR_DEREF)
		state_add_place(state, base);
	else if (expr_is_name(lhs) && lhs->op != EXPR_GLOBAL)
		state_add_place(state, lhs);	/* a parameter used as a variable */
	else if (is_in_object(base))
		state_add_place(state, base);	/* in memory that others have as well */
	else
		state->ownership = OWNERSHIP_ESCAPED;
}

/* The object with the pages has another name, or is kept in another one. */
static void store_holder(struct path_engine *engine, struct path_state *state,
			 const struct expr *lhs, const struct expr *rhs)
{
	const struct function *function = engine->function;
	const struct expr *object = expr_without_address(rhs);
	const struct expr *with = object == rhs ? lhs :
		expr_unary(engine->pool, EXPR_DEREF, lhs);
	int count = state->place_count;

	if (expr_base(lhs) != lhs) {	/* an element: the array has them */
		store_pages(engine, state, lhs);
		return;
	}
	if ((lhs->unknown && lhs->op != EXPR_TEMP) || expr_root(lhs)->op == EXPR_GLOBAL ||
	    (!place_is_own(function, lhs) && !is_in_object(lhs)))
		state->ownership = OWNERSHIP_ESCAPED;
	for (int i = 0; i < count && state->ownership == OWNERSHIP_OWNED; i++) {
		if (!expr_is_within(state->places[i], object))
			continue;
		if (state->place_count == PLACES_MAX)
			state->ownership = OWNERSHIP_ESCAPED;	/* too many names */
		else
			state_add_place(state, expr_replace(engine->pool, state->places[i],
							    object, with));
	}
}

/* A call's result gets a name. */
static void rename_places(struct path_engine *engine, struct path_state *state,
			  const struct expr *from, const struct expr *to)
{
	for (int i = 0; i < state->place_count; i++)
		if (expr_extends(state->places[i], from))
			state->places[i] = expr_replace_root(engine->pool, state->places[i], from,
							     to);
	state_drop_duplicates(state);
}

static struct value value_after(const struct env *env, const struct ir_node *node)
{
	struct value old, by;

	if (node->op == IR_OP_ASSIGN)
		return env_value(env, node->rhs);
	old = env_value(env, node->lhs);
	by = env_value(env, node->rhs);
	if (node->op == IR_OP_ADD_ASSIGN)	/* a number that is counted up is a count */
		return by.signs == SIGN_POS && old.signs != SIGN_NEG ? value_of_signs(SIGN_POS) :
		       by.signs == SIGN_ZERO ? old : value_any();
	if (node->op == IR_OP_SUB_ASSIGN && old.exact && by.exact)
		return value_of_number(old.number - by.number);
	return value_any();
}

/* Facts about the old value, and about releases by its name, are void. */
static void forget_old(struct path_state *state, const struct ir_node *node)
{
	if (node->op != IR_OP_DECLARE)
		env_forget(&state->env, node->lhs);
	range_forget(&state->range, node->lhs);
	if (state->entry_released && expr_contains(state->entry_released, node->lhs))
		state->entry_released = NULL;
	if (!state->released || !expr_contains(state->released, node->lhs) ||
	    state->ownership != OWNERSHIP_RELEASED)
		return;
	if (clears(node))	/* no name of them is left */
		state->extra_reference = true;
	else
		state->ownership = OWNERSHIP_ESCAPED;	/* another page now */
}

/* "*done = n": a number that is not the same each time, for the caller. */
static bool tells_caller(const struct function *function, const struct ir_node *node)
{
	return node->lhs->op == EXPR_DEREF && function_param_of(function, node->lhs) >= 0 &&
	       node->type != IR_TYPE_POINTER && !expr_is_constant(node->rhs);
}

/* The number of pages, or something of the object that holds them, is stored outside. */
static bool stores_count(const struct function *function, const struct path_state *state,
			 const struct ir_node *node)
{
	return !expr_is_name(node->lhs) && node->op != IR_OP_DECLARE &&
	       (tells_caller(function, node) ||
		env_value(&state->env, node->rhs).relation == REL_SHORT ||
		state_names_holder(state, expr_root(node->lhs)));
}

/* The variable that leads to the object with the pages leads elsewhere now. */
static void overwrite_holder(const struct function *function, struct path_state *state,
			     const struct expr *lhs)
{
	int before = state->place_count;
	bool others = state->published;

	for (int i = before - 1; expr_is_name(lhs) && i >= 0; i--)
		if (expr_is_within(state->places[i], lhs)) {
			others |= !place_is_own(function, state->places[i]);
			state_drop_place(state, state->places[i]);
		}
	if (before > state->place_count && others && state->ownership == OWNERSHIP_OWNED)
		state->ownership = OWNERSHIP_ESCAPED;	/* others have it */
	if (before && !state->place_count && state->ownership == OWNERSHIP_OWNED)
		state->ownership = OWNERSHIP_ESCAPED;	/* lost from sight */
}

static void overwrite_place(struct path_engine *engine, struct path_state *state,
			    const struct ir_node *node)
{
	const struct expr *lhs = node->lhs;

	if (!state_has_place(state, lhs)) {
		overwrite_holder(engine->function, state, lhs);
		return;
	}
	if (state->place_count > 1 && (expr_is_name(lhs) || clears(node)))
		state_drop_place(state, lhs);
	else if (state->ownership == OWNERSHIP_OWNED && state->place_count == 1 && clears(node) &&
		 function_has_role(engine->function, engine->result->query.start, ROLE_ACQUIRE))
		state_lose(engine, state, EVENT_CLEARED);
	else if (state->ownership == OWNERSHIP_OWNED)
		state->ownership = OWNERSHIP_ESCAPED;	/* lost from sight */
}

/* A call that gives an address by which the page can be found again: page_address(), vmap(). */
static bool is_address_of_pages(const struct path_engine *engine, const struct path_state *state,
				int call)
{
	const struct function *function = engine->function;
	const struct ir_node *node = function_node(function, call);

	if (!function_known(function, call, KNOW_ADDRESS) &&
	    (!function_has_role(function, call, ROLE_USE) ||
	     function->calls[call]->detail != DETAIL_CPU))
		return false;
	for (int i = 0; i < node->arg_count; i++)
		if (state_names_pages(state, node->args[i]))
			return true;
	return false;
}

/* The value is such an address, or a variable that is set to one. */
static bool keeps_address(const struct path_engine *engine, const struct path_state *state,
			  const struct expr *value)
{
	const struct expr *root = expr_root(expr_base(value));

	if (root->op == EXPR_RESULT)
		return is_address_of_pages(engine, state, root->number);
	for (int i = 0; root->op == EXPR_LOCAL && i < engine->function->ir->count; i++) {
		const struct ir_node *node = function_node(engine->function, i);

		if (node_sets(node, root) && node->op == IR_OP_ASSIGN &&
		    expr_root(node->rhs)->op == EXPR_RESULT &&
		    is_address_of_pages(engine, state, expr_root(node->rhs)->number))
			return true;
	}
	return false;
}

/* "*slot" of a variable that is led through memory: it is another place the next time. */
static bool is_slot(const struct function *function, const struct expr *lhs)
{
	return lhs->op == EXPR_DEREF && expr_is_name(lhs->a) &&
	       function_is_local(function, lhs->a) && !function_allocates(function, lhs->a);
}

/* Such an address is stored. In an object that has the pages itself it is no other way to them. */
static void store_address(struct path_engine *engine, struct path_state *state,
			  const struct expr *lhs)
{
	if (is_slot(engine->function, lhs))
		state->ownership = OWNERSHIP_ESCAPED;
	else if (!place_is_own(engine->function, lhs) &&
		 !state_names_holder(state, expr_root(lhs)))
		store_pages(engine, state, lhs);
}

/* A member that is 0 again tells nothing. */
static void tell(struct path_state *state, const struct ir_node *node)
{
	bool zero = node->op == IR_OP_ASSIGN && expr_is_number(node->rhs, 0);

	state->told_more |= !zero && state->told && state->told != node->lhs;
	if (!zero)
		state->told = node->lhs;
	state->cleared = zero && state->told == node->lhs;
	if (state->cleared)
		state->told = NULL;
}

/* An object that may have noted the pages is stored, or its name is that of another one now. */
static bool lends_on(const struct path_engine *engine, const struct path_state *state,
		     const struct ir_node *set)
{
	if (expr_is_name(set->lhs) && set->lhs->op != EXPR_GLOBAL)
		return set->type == IR_TYPE_POINTER && !state_has_place(state, set->lhs) &&
		       belief_knows(engine, state, set->lhs);
	return set->type == IR_TYPE_POINTER && expr_root(set->rhs) != expr_root(set->lhs) &&
	       belief_knows(engine, state, set->rhs);
}

/* The value of a call or of "a ? b : c", which nothing else reads: it only gets a name. */
static bool is_passing(const struct expr *value)
{
	return value->op == EXPR_TEMP || (expr_is_name(value) && expr_is_of_result(value));
}

void transfer_set(struct path_engine *engine, struct path_state *state)
{
	const struct ir_node *node = state_node(engine, state);
	const struct expr *lhs = node->lhs, *rhs = node->rhs;
	struct value value = value_after(&state->env, node);
	bool assign = node->op == IR_OP_ASSIGN, owned = state->ownership == OWNERSHIP_OWNED;
	bool names = owned && assign && state_mentions_pages(state, rhs);
	bool holder = owned && assign && state_names_holder(state, rhs);

	if (owned && assign && !expr_is_name(lhs) && keeps_address(engine, state, rhs))
		store_address(engine, state, lhs);
	if (owned && assign && state->lent && lends_on(engine, state, node))
		state->ownership = OWNERSHIP_ESCAPED;
	if (node->op != IR_OP_DECLARE && !place_is_own(engine->function, expr_base(lhs)) &&
	    !handle_is_there(engine, state, rhs))
		tell(state, node);
	state->count_known |= stores_count(engine->function, state, node);
	short_set(state, node);
	unasked_set(engine, state, node);
	forget_old(state, node);
	if (lhs == state->teller && node->op != IR_OP_DECLARE)
		state->teller = NULL;
	absent_set(engine, state, node);
	hole_set(engine, state, node);
	if (names && node->type == IR_TYPE_POINTER)	/* of a page that is there */
		value = value_of_signs(SIGN_POS);
	if (liveness_matters(engine->liveness, expr_root(lhs)) || value.relation == REL_REQUEST)
		env_set(&state->env, lhs, value);
	if (assign && expr_is_name(lhs) && node_gives_zeroed(engine->function, state->node))
		env_zeroed(&state->env, engine->pool, lhs);
	if (assign && !names && !state->nothing)	/* else absent_set() has seen to it */
		overwrite_place(engine, state, node);
	if ((names || holder) && is_passing(rhs) && expr_is_name(lhs) &&
	    lhs->op != EXPR_GLOBAL)
		rename_places(engine, state, rhs, lhs);
	else if (names)
		store_pages(engine, state, lhs);
	else if (holder)
		store_holder(engine, state, lhs, rhs);
}
