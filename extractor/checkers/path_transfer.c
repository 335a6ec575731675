// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/expr_query.h"
#include "checkers/path_state.h"
#include "model/link_kind.h"

/* How the arguments of a call relate to the pages. */
enum touch { TOUCH_NONE, TOUCH_PAGES, TOUCH_HOLDER };

/* "pfn << PAGE_SHIFT": a number that is made of one which keeps the page. */
static bool is_made_of_pages(const struct path_state *state, const struct expr *e)
{
	bool arithmetic = expr_is_binary(e) && e->op != EXPR_INDEX && e->op < EXPR_LT;

	return state_names_pages(state, e) ||
	       (arithmetic && (is_made_of_pages(state, e->a) || is_made_of_pages(state, e->b)));
}

static enum touch touch_of(const struct path_engine *engine, const struct path_state *state)
{
	const struct ir_node *call = state_node(engine, state);
	enum touch touch = TOUCH_NONE;

	for (int i = 0; i < call->arg_count; i++) {
		if (is_made_of_pages(state, call->args[i]))
			return TOUCH_PAGES;
		if (state_names_holder(state, call->args[i]) ||
		    state_names_member(engine, state, call->args[i]))
			touch = TOUCH_HOLDER;
	}
	return touch;
}

/* The parameter's place has no way out: a function that only looks. */
static bool only_looks(const struct path_engine *engine, const struct path_state *state)
{
	const struct ir_node *call = state_node(engine, state);

	for (int i = 0; i < call->arg_count; i++) {
		const struct node *param;
		int number;

		if (state_names_holder(state, call->args[i]) ||
		    state_names_member(engine, state, call->args[i]) ||
		    belief_knows(engine, state, call->args[i]))
			return false;
		if (!is_made_of_pages(state, call->args[i]))
			continue;
		/* no flow is known of a number: its way is followed where there is a body */
		if (i < call->param_count && call->param_types[i] != IR_TYPE_POINTER &&
		    engine->function->callees[state->node])
			return false;
		number = program_param(engine->program, engine->function, state->node, i);
		param = number < 0 ? NULL : graph_node(engine->program->graph, number);
		if (!param || param->out->len || param->released)
			return false;
	}
	return true;
}

/* A use that takes the pages along: a table of scatterlists, a bio. */
static bool is_keeping_use(const struct call_info *call)
{
	return call->detail == DETAIL_SCATTER || call->detail == DETAIL_DIRECT_IO;
}

static bool is_harmless(const struct path_engine *engine, const struct path_state *state)
{
	const struct call_info *call = engine->function->calls[state->node];

	if (callee_known(engine, state, KNOW_PRINT) || callee_known(engine, state, KNOW_REF) ||
	    callee_known(engine, state, KNOW_LOCK) || callee_known(engine, state, KNOW_HANDLER) ||
	    callee_known(engine, state, KNOW_BORROW) ||
	    (touch_of(engine, state) == TOUCH_HOLDER &&
	     callee_known(engine, state, KNOW_IN_PLACE) &&
	     !engine->function->callees[state->node]))
		return true;
	if (!call)
		return only_looks(engine, state);
	return call->role == ROLE_USE ? !is_keeping_use(call) : call->status != CALL_HOMONYM;
}

/* -- releases -- */

static bool release_is_theirs(const struct path_engine *engine, const struct path_state *state)
{
	int release = engine->function->calls[state->node]->id;

	if (release_is_of_replaced(engine, state, state->node) ||
	    stored_is_of_rest(engine, state, state->node))
		return false;
	return program_paired(engine->program, engine->result->query.acquire->id, release) ||
	       (state_names_pages(state, function_pages(engine->function, state->node)) &&
		program_link_kind(engine->program, release) != LINK_DECOY);
}

/* Of a single page or of a whole array from its start: the same arguments again. */
static bool same_pages(const struct path_engine *engine, const struct path_state *state)
{
	const struct function *function = engine->function;
	const struct expr *other = function_pages(function, state->node);
	const struct ir_node *first = function_node(function, state->release_node);

	if (!other || state->extra_reference || state->release_loop >= 0 ||
	    state->release_node == engine->result->query.start)	/* the range has the number */
		return false;
	for (int i = 0; !function->calls[state->release_node] && i < first->arg_count; i++)
		if (first->args[i] == other)	/* a callee that was given the same */
			return true;
	return function->calls[state->release_node] &&
	       function_pages(function, state->release_node) == other &&
	       function_count(function, state->release_node) ==
		       function_count(function, state->node);
}

/* Twice in one round of a loop. */
static bool same_entry(const struct path_engine *engine, const struct path_state *state,
		       const struct expr *pages)
{
	return pages && state->entry_released == pages && !state->extra_reference &&
	       state->release_loop >= 0 &&
	       ir_in_loop(engine->function->ir, state->release_loop, state->node);
}

/* Entries that were released are released again. */
static bool meets_again(const struct path_engine *engine, const struct path_state *state)
{
	struct range range = range_of_call(engine->pool, engine->function, state->node);

	return !state->extra_reference && ranges_meet(&state->range, &range);
}

static bool releases_request(const struct path_state *state, const struct expr *count)
{
	return count && state->ownership == OWNERSHIP_OWNED && state->fewer &&
	       env_value(&state->env, count).relation == REL_REQUEST;
}

/* As an unsigned number, an errno is a huge count. */
static bool counts_unsigned(const struct function *function, int release)
{
	const struct ir_node *call = function_node(function, release);
	int index = function->args[release].count;

	return index >= 0 && index < call->param_count &&
	       call->param_types[index] == IR_TYPE_UNSIGNED;
}

/*
 * An error pointer of a helper, or NULL. An acquire that returns a page itself gives one of the
 * two, and which is not known.
 */
static void look_at_pointer(struct path_engine *engine, const struct path_state *state,
			    const struct expr *pages, const struct expr *count)
{
	int start = engine->result->query.start;
	struct value value = pages && pages->op != EXPR_ADDRESS ? env_value(&state->env, pages) :
							    value_any();
	struct value number = count ? state_argument(engine, state, count) : value_of_number(1);

	if (state->ownership != OWNERSHIP_NONE ||
	    !function_is_plain_release(engine->function, state->node) ||
	    engine->result->query.handle ||
	    (function_has_role(engine->function, start, ROLE_ACQUIRE) &&
	     function_node(engine->function, start)->type == IR_TYPE_POINTER))
		return;
	if (value.signs == SIGN_NEG && !(number.exact && !number.number))
		engine_wrong(engine, state, EVENT_ERROR_POINTER);
	if (value.signs == SIGN_ZERO && number.signs == SIGN_POS &&
	    (expr_is_name(pages) || engine->result->query.kind == QUERY_BEFORE))
		engine_wrong(engine, state, EVENT_NULL_POINTER);
}

/* The count is the number 0: nothing is released. */
static bool is_of_nothing(const struct path_engine *engine, const struct path_state *state,
			  const struct expr *count)
{
	struct value value = state_argument(engine, state, count);

	return count && value.exact && value.number == 0;
}

static void transfer_release(struct path_engine *engine, struct path_state *state)
{
	const struct expr *pages = function_pages(engine->function, state->node);
	const struct expr *count = function_count(engine->function, state->node);

	if (engine->result->query.kind == QUERY_POINTER)
		entry_release(engine, state);
	if (!state->started || engine->result->query.kind == QUERY_POINTER)
		return;
	if (count && env_value(&state->env, count).signs == SIGN_NEG) {
		if (counts_unsigned(engine->function, state->node))
			engine_wrong(engine, state, EVENT_NEGATIVE);
		else
			engine_event(engine, state, EVENT_NEGATIVE, state->node);
		state->unasked = false;
	}
	hole_release(engine, state);
	if (!release_is_theirs(engine, state))
		return;
	absent_offset(engine, state);
	if (releases_request(state, count))
		engine_wrong(engine, state, EVENT_UNFILLED);
	look_at_pointer(engine, state, pages, count);
	absent_release(engine, state);
	if (state->ownership == OWNERSHIP_OWNED && is_of_nothing(engine, state, count)) {
		state->empty_release = state->node;
	} else if (state->ownership == OWNERSHIP_OWNED) {
		engine_released(engine, state, state->node, -1,
				range_of_call(engine->pool, engine->function, state->node));
		state->released = pages;
		hole_released(engine, state);
		kind_released(engine, state, state->node, pages);
		state->extra_reference |= callee_known(engine, state, KNOW_DOWNGRADE) != NULL;
	} else if (state->ownership == OWNERSHIP_RELEASED && state->release_node == state->node) {
		state->entry_released = pages;
	} else if (state->ownership == OWNERSHIP_RELEASED &&
		   (same_entry(engine, state, pages) || same_pages(engine, state) ||
		    meets_again(engine, state))) {
		engine_event(engine, state, EVENT_DOUBLE, state->release_node);
		state->ownership = OWNERSHIP_ESCAPED;
	}
}

void state_lose(struct path_engine *engine, struct path_state *state, enum path_event_kind kind)
{
	if (state->left >= 0 && (state->refused == REFUSAL_GIVEN_ALL ||
				 (engine->result->query.handle && state->lent)))
		state->rest_lost = state->left;
	else if (state->rest || state->lent || state->refused == REFUSAL_GIVEN_ALL ||
		 state->taken_from || state->handing >= 0)
		state->rest_lost = state->node;
	else
		engine_event(engine, state, kind, -1);
	state->ownership = OWNERSHIP_LOST;
}

/* -- other calls -- */

/* Two paths: the use took the pages, or its result shows that it did not. */
static bool transfer_keep(struct path_engine *engine, const struct path_state *state)
{
	bool counts = engine->function->calls[state->node]->detail == DETAIL_DIRECT_IO;
	struct path_state kept = *state, refused = *state;

	kept.ownership = OWNERSHIP_ESCAPED;
	env_set(&refused.env, expr_result(engine->pool, state->node),
		value_of_signs(counts ? SIGN_ZERO : SIGN_NEG));
	engine_push(engine, &kept, state_node(engine, state)->yes);
	engine_push(engine, &refused, state_node(engine, state)->yes);
	return false;
}

/* How many calls down an acquire is looked for. */
#define ACQUIRE_DEPTH 2

static bool has_acquire(const struct function *function, int depth)
{
	for (int i = 0; i < function->ir->count; i++)
		if (function_has_role(function, i, ROLE_ACQUIRE) ||
		    (depth && function->callees[i] && function->callees[i] != function &&
		     has_acquire(function->callees[i], depth - 1)))
			return true;
	return false;
}

/* The call only asks or clears the object that is cleaned up. */
static bool leaves_object(const struct path_engine *engine, const struct path_state *state)
{
	const struct function *callee = engine->function->callees[state->node];

	return engine->result->query.later &&
	       !function_has_role(engine->function, state->node, ROLE_ACQUIRE) &&
	       !(callee && has_acquire(callee, ACQUIRE_DEPTH));
}

/* A call where the pages are released already. */
static void transfer_again(struct path_engine *engine, struct path_state *state)
{
	if (callee_known(engine, state, KNOW_REF) ||
	    (function_has_role(engine->function, state->node, ROLE_ACQUIRE) &&
	     touch_of(engine, state) != TOUCH_NONE)) {
		state->ownership = OWNERSHIP_ESCAPED;	/* a reference again, or the next pages */
	} else if (touch_of(engine, state) != TOUCH_NONE && !is_harmless(engine, state)) {
		bool again = hole_given_again(engine, state) ||
			     (callee_may_release(engine, state->node) &&
			      callee_releases_again(engine, state));

		if (again)
			engine_event(engine, state, EVENT_DOUBLE, state->release_node);
		if (again || !leaves_object(engine, state))
			state->ownership = OWNERSHIP_ESCAPED;	/* there may be other pages now */
	}
}

/*
 * The page itself, its head, a bus address, or a pointer into the kernel's own map: the page can
 * be found by it again.
 */
static bool callee_gives_page(const struct path_engine *engine, const struct path_state *state)
{
	const struct function *function = engine->function;

	return function_has_role(function, state->node, ROLE_CARRY) ||
	       callee_known(engine, state, KNOW_HEAD) ||
	       callee_known(engine, state, KNOW_ADDRESS) ||
	       (function_has_role(function, state->node, ROLE_USE) &&
		function->calls[state->node]->detail == DETAIL_PHYS);
}

/* A call that is given pages which this function has. */
static bool transfer_use(struct path_engine *engine, struct path_state *state)
{
	const struct ir_node *call = state_node(engine, state);
	const struct function *function = engine->function;
	const struct known *borrow;

	if (callee_known(engine, state, KNOW_REF))
		state->extra_reference = true;
	if (callee_gives_page(engine, state)) {
		const struct expr *result = expr_result(engine->pool, state->node);

		state_add_place(state, result);
		if (call->type != IR_TYPE_OTHER)	/* of a page that is there */
			env_set(&state->env, result, value_of_signs(SIGN_POS));
		return true;
	}
	if (stored_is_of_rest(engine, state, state->node) ||
	    (stored_is_elsewhere(engine, state) && !callee_may_release(engine, state->node)))
		return true;
	if (lend_drops_held(engine, state)) {
		engine_released(engine, state, state->node, -1, (struct range){ 0 });
		return true;
	}
	borrow = callee_known(engine, state, KNOW_BORROW);
	if (borrow)
		return transfer_borrow(engine, state, borrow);
	if (function_has_role(function, state->node, ROLE_USE) && call->type != IR_TYPE_OTHER &&
	    is_keeping_use(function->calls[state->node]))
		return transfer_keep(engine, state);
	if (!callee_may_release(engine, state->node) &&
	    touch_of(engine, state) == TOUCH_HOLDER && leaves_object(engine, state))
		return true;
	if (callee_may_release(engine, state->node) || !is_harmless(engine, state))
		return transfer_callee(engine, state);
	return true;
}

/* A helper that may release is given a count that is none, or called where there are no pages. */
static void look_at_counts(struct path_engine *engine, struct path_state *state)
{
	const struct ir_node *call = state_node(engine, state);
	bool negative = false;

	if (!state->started || !callee_may_release(engine, state->node))
		return;
	for (int i = 0; i < call->arg_count; i++)
		negative |= expr_is_name(call->args[i]) &&
			    env_value(&state->env, call->args[i]).signs == SIGN_NEG;
	if (state->ownership == OWNERSHIP_NONE && (negative || state->nothing) &&
	    callee_look_inside(engine, state))
		return;
	if (negative)
		engine_event(engine, state, EVENT_NEGATIVE, state->node);
}

/* The object with the pages comes into a table of others, or out of it. */
static bool transfer_table(struct path_engine *engine, struct path_state *state)
{
	const struct ir_node *call = state_node(engine, state);
	bool insert = callee_known(engine, state, KNOW_INSERT), theirs = false;

	if (!insert && !callee_known(engine, state, KNOW_REMOVE))
		return false;
	for (int i = 0; i < call->arg_count; i++)
		theirs |= state_names_holder(state, expr_root(call->args[i])) ||
			  state_mentions_pages(state, call->args[i]);
	if (theirs && state->ownership == OWNERSHIP_OWNED)
		state->published = insert;
	if (insert && belief_touches(engine, state))
		state->ownership = OWNERSHIP_ESCAPED;
	return theirs;
}

bool transfer_call(struct path_engine *engine, struct path_state *state)
{
	const struct known *frees = callee_known(engine, state, KNOW_FREE);

	transfer_result(engine, state);
	short_call(engine, state);
	if (entry_allocates(engine, state))
		return false;
	if (function_releases(engine->function, state->node)) {
		transfer_release(engine, state);
		return true;
	}
	if (frees) {
		transfer_free(engine, state, frees->index);
		return true;
	}
	if (transfer_table(engine, state))
		return true;
	look_at_counts(engine, state);
	absent_call(engine, state);
	hole_call(engine, state);
	if (handle_is_dropped(engine, state)) {
		handle_drop(engine, state);
		return true;
	}
	if (state->ownership == OWNERSHIP_RELEASED)
		transfer_again(engine, state);
	if (state->ownership != OWNERSHIP_OWNED ||
	    (touch_of(engine, state) == TOUCH_NONE && !belief_touches(engine, state)))
		return true;
	return transfer_use(engine, state);
}
