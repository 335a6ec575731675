// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/natural_loops.h"
#include "checkers/allocation.h"
#include "checkers/expr_query.h"
#include "checkers/path_state.h"

/*
 * Calls that are lent the pages. A function of table knowledge, kind borrow, keeps none but
 * where its row says. Of a function out of sight it is not known: it may have taken them, but
 * not where it fails, if this function releases them itself further on.
 */

/* How many variables may lie between a pointer and the object that it points to. */
#define POINTER_DEPTH 3

/* -- where a borrower leaves the pages -- */

static const struct expr *object_within(const struct function *function, const struct expr *pointer,
					int depth);

/* The one thing that the variable is made of, but for steps from entry to entry; or NULL. */
static const struct expr *only_source(const struct function *function, const struct expr *name,
				      int depth)
{
	const struct expr *source = NULL;

	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *node = function_node(function, i);
		const struct expr *object;
		int call;

		if (!node_sets(node, name) || node->op == IR_OP_DECLARE ||
		    expr_is_number(node->rhs, 0))
			continue;
		call = expr_result_node(node->rhs);
		if (node->op != IR_OP_ASSIGN || expr_base(node->rhs) == name ||
		    (call >= 0 && function_has_role(function, call, ROLE_CARRY)))
			continue;
		object = object_within(function, node->rhs, depth - 1);
		if (!object || (source && object != source))
			return NULL;
		source = object;
	}
	return source;
}

/* The place behind a pointer: the variable itself, where it is an object or memory of its own. */
static const struct expr *object_within(const struct function *function, const struct expr *pointer,
					int depth)
{
	const struct expr *base = expr_base(pointer), *root = expr_root(base);
	bool is_object = pointer->op == EXPR_ADDRESS || base != root || !expr_is_name(base);

	if (base->unknown || root->op == EXPR_NUMBER || expr_is_of_result(base))
		return NULL;
	if (is_object || function_is_array(function, base) || function_allocates(function, base) ||
	    function_param_of(function, base) >= 0 || base->op == EXPR_GLOBAL)
		return base;
	return depth > 0 ? only_source(function, base, depth) : NULL;
}

const struct expr *object_behind(const struct function *function, const struct expr *pointer)
{
	return object_within(function, pointer, POINTER_DEPTH);
}

static void keep_in(struct path_engine *engine, struct path_state *state,
		    const struct expr *pointer)
{
	const struct expr *object = pointer ? object_behind(engine->function, pointer) : NULL;

	if (object && (object->op != EXPR_GLOBAL || state_has_place(state, object)) &&
	    (state_has_place(state, object) || state->place_count < PLACES_MAX))
		state_add_place(state, object);
	else
		state->ownership = OWNERSHIP_ESCAPED;
}

/* The same of a borrower that may refuse: of an entry, only that one is there. */
static void keep_entry(struct path_engine *engine, struct path_state *state,
		       const struct expr *pointer)
{
	const struct expr *object = pointer ? object_behind(engine->function, pointer) : NULL;

	if (rest_loop_of_entry(engine, state) < 0) {
		keep_in(engine, state, pointer);
	} else if (object) {
		const struct expr *inside =
			expr_member(engine->pool, EXPR_ARROW, object, "pages");

		stored_add(engine, state, &inside, 1);
	} else {
		state->ownership = OWNERSHIP_ESCAPED;
	}
}

/* The result, or a variable with it, is asked whether it is an error pointer. */
static bool asks_for_error(const struct function *function, const struct expr *result)
{
	for (int i = 0; i < function->ir->count; i++) {
		const struct expr *asked = function_error_tested(function, i);

		if (asked == result)
			return true;
		for (int s = 0; asked && s < function->ir->count; s++)
			if (node_sets(function_node(function, s), asked) &&
			    function_node(function, s)->rhs == result)
				return true;
	}
	return false;
}

/* From that node on, the loop is left without another round. */
static bool leaves_loop(const struct ir_function *ir, int head, int node)
{
	int end = ir->nodes[head].no;

	return node == end || node < 0 || !ir_leads(ir, node, head, end, IR_EDGES_CONTROL);
}

/*
 * "if (!add(table, pages[i])) break;" in the loop that hands the pages on: 0 is the failure, as of
 * a function that gives how much it has taken.
 */
static bool fails_by_zero(const struct path_engine *engine, int call)
{
	const struct function *function = engine->function;
	const struct expr *result = expr_result(engine->pool, call);
	int head = ir_loop_around(function->ir, call);

	for (int i = call + 1; head >= 0 && i < function_node(function, head)->no; i++) {
		const struct ir_node *test = function_node(function, i);
		int zero = test->op == IR_OP_EQ ? test->yes : test->no;
		int other = test->op == IR_OP_EQ ? test->no : test->yes;

		if (test->kind == IR_TEST && test->lhs == result && expr_is_number(test->rhs, 0) &&
		    (test->op == IR_OP_EQ || test->op == IR_OP_NE))
			return leaves_loop(function->ir, head, zero) &&
			       !leaves_loop(function->ir, head, other);
	}
	return false;
}

/* The values of a result that tell a refusal from a success; false: it tells nothing. */
static bool refusal_of(const struct path_engine *engine, const struct path_state *state,
		       struct value *refused, struct value *taken)
{
	const struct ir_node *call = state_node(engine, state);
	const struct expr *result = expr_result(engine->pool, state->node);

	if (!liveness_matters(engine->liveness, result) || call->yes < 0 ||
	    !liveness_has(engine->liveness, call->yes, result))
		return false;
	*refused = value_of_signs(call->type != IR_TYPE_POINTER ||
				  asks_for_error(engine->function, result) ? SIGN_NEG : SIGN_ZERO);
	*taken = value_of_signs(call->type == IR_TYPE_POINTER ? SIGN_POS : SIGN_ZERO | SIGN_POS);
	if (call->type != IR_TYPE_POINTER && fails_by_zero(engine, state->node)) {
		*refused = value_of_number(0);
		*taken = value_of_signs(SIGN_POS);
		return true;
	}
	return call->type == IR_TYPE_POINTER || call->type == IR_TYPE_SIGNED;
}

bool transfer_borrow(struct path_engine *engine, struct path_state *state,
		     const struct known *borrow)
{
	const struct ir_node *call = state_node(engine, state);
	const struct expr *result = expr_result(engine->pool, state->node);
	struct path_state kept = *state;
	struct value refused, taken;

	if (borrow->index < 0)
		return true;
	if (refusal_of(engine, state, &refused, &taken)) {
		if (borrow->details & KNOWN(COUNT)) {	/* of what it took: 0 is none */
			refused = value_of_number(0);
			taken = value_of_signs(SIGN_POS);
		}
		env_set(&kept.env, result, taken);
		keep_entry(engine, &kept, node_argument(call, borrow->index));
		env_set(&state->env, result, refused);
		engine_push(engine, state, call->yes);
	} else {
		keep_in(engine, &kept, node_argument(call, borrow->index));
	}
	engine_push(engine, &kept, call->yes);
	return false;
}

bool lend_drops_held(const struct path_engine *engine, const struct path_state *state)
{
	const struct known *drops = callee_known(engine, state, KNOW_DROPS);
	const struct expr *given = drops ? node_argument(state_node(engine, state), drops->index) :
					   NULL;

	return given && (state_names_holder(state, given) || state_names_pages(state, given));
}

/* -- functions out of sight -- */

/* A call that may release the pages, directly or in a callee. */
static bool may_release(struct path_engine *engine, int node)
{
	const struct function *function = engine->function;

	return function_node(function, node)->kind == IR_CALL &&
	       (callee_may_release(engine, node) ||
		(function_has_role(function, node, ROLE_RELEASE) &&
		 program_paired(engine->program, engine->result->query.acquire->id,
				function->calls[node]->id)));
}

/* Some path leads from the node to a release of the pages of this function's own. */
static bool comes_to_release(struct path_engine *engine, int node)
{
	int start = engine->result->query.start;

	for (int i = 0; i < engine->function->ir->count; i++)
		if (i != node && may_release(engine, i) &&
		    ir_leads(engine->function->ir, node, i, start ? start : -1,
			     IR_EDGES_CONTROL))
			return true;
	return false;
}

/* The function releases such pages elsewhere: it is the one that has to. */
static bool releases_elsewhere(struct path_engine *engine, int node)
{
	for (int i = 0; i < engine->function->ir->count; i++)
		if (i != node && may_release(engine, i))
			return true;
	return false;
}

/* The pages may be taken: a path for each way that the result tells apart; else all in one. */
static void push_taken(struct path_engine *engine, const struct path_state *state,
		       unsigned int refused)
{
	static const unsigned int ways[] = { SIGN_NEG, SIGN_ZERO, SIGN_POS };
	const struct ir_node *call = state_node(engine, state);
	const struct expr *result = expr_result(engine->pool, state->node);
	struct value value = env_value(&state->env, result);
	bool read = liveness_matters(engine->liveness, result) && call->yes >= 0 &&
		    liveness_has(engine->liveness, call->yes, result);
	unsigned int signs = value.signs;

	if (call->type == IR_TYPE_UNSIGNED)
		signs &= ~SIGN_NEG;
	if (!read) {
		belief_push(engine, state, 0);
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
		struct path_state next = *state;

		if (!(signs & ways[i]) || (refused & ways[i]))
			continue;
		env_set(&next.env, result, value.exact ? value : value_of_signs(ways[i]));
		belief_push(engine, &next, ways[i]);
	}
}

bool place_is_number(const struct function *function, const struct expr *place)
{
	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *node = function_node(function, i);

		if (node->kind == IR_SET && node->op == IR_OP_ASSIGN &&
		    expr_base(node->lhs) == place)
			return node->type == IR_TYPE_SIGNED || node->type == IR_TYPE_UNSIGNED;
	}
	return false;
}

/*
 * The call is given the pages themselves, which nothing but this function has; or a request of
 * this function's own that has them as numbers alone, or has entries that were put in there.
 * Where it fails, they are here; this
 * function releases them where something else has failed.
 */
static bool is_given_all(struct path_engine *engine, const struct path_state *state)
{
	const struct ir_node *call = state_node(engine, state);
	bool any = false;

	if (!state_is_certain(engine, state) || state->lent || belief_is_of_entry(engine, state) ||
	    !releases_elsewhere(engine, state->node))
		return false;
	for (int i = 0; i < call->arg_count; i++) {
		const struct expr *given = call->args[i], *object = expr_without_address(given);

		if (state_has_place(state, given) && place_is_number(engine->function, given))
			return false;
		any |= state_has_place(state, given);
		for (int p = 0; p < state->place_count; p++) {
			if (!expr_is_within(state->places[p], object))
				continue;
			if (!state->taken_from &&
			    !place_is_number(engine->function, state->places[p]))
				return false;
			any = true;
		}
	}
	return any;
}

bool transfer_unseen(struct path_engine *engine, struct path_state *state)
{
	const struct expr *result = expr_result(engine->pool, state->node);
	struct path_state refusing = *state;
	struct value refused, taken;
	bool releases = comes_to_release(engine, state->node);
	bool refuses;

	if (handle_is_asked(engine, state))
		return true;
	refuses = refusal_of(engine, state, &refused, &taken) &&
		       (releases || is_given_all(engine, state) ||
			handle_is_refused(engine, state));

	if (refuses) {
		env_set(&refusing.env, result, refused);
		refusing.refuser = state->node;
		refusing.refused = releases ? REFUSAL_RELEASED : REFUSAL_GIVEN_ALL;
		engine_push(engine, &refusing, state_node(engine, state)->yes);
		env_set(&state->env, result, taken);
	}
	push_taken(engine, state, refuses ? refused.signs : 0);
	return false;
}
