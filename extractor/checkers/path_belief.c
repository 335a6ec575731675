// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/natural_loops.h"
#include "checkers/expr_query.h"
#include "checkers/path_state.h"

/*
 * Belief inference (Engler et al., "Bugs as deviant behavior"): whether a function out of sight
 * keeps the pages that it is given. The query is run twice. In the first run each such call is
 * taken to leave them here; where a path then comes to a release of theirs, the author believes
 * so as well. In the second run only those calls leave them, the others take them.
 *
 *	ret = start(dev, pages);	taken, or lent?
 *	if (ret)
 *		goto unpin;
 *	ret = wait(dev);
 *	if (ret)
 *		goto unpin;		lent: they are still to be released here
 *	if (dev->dead)
 *		return -EIO;		so they are lost here
 *
 * A call may have noted all the same the pages that it leaves here on success (attach(obj,
 * pages)): only the loss on an error is one.
 */

/**
 * struct belief - a call that has left the pages here, in a way that its result tells
 * @signs: of the result
 * @held: a release has been met behind it
 * @fine: a return with them that is no error has
 */
struct belief {
	int node;
	unsigned int signs;
	bool held;
	bool fine;
};

/* As many as path_state.lent has bits. */
#define BELIEFS_MAX 32

void belief_begin(struct path_engine *engine, GArray *beliefs)
{
	engine->beliefs = beliefs;
	engine->supposing = !beliefs->len;
}

GArray *beliefs_new(void)
{
	return g_array_new(FALSE, FALSE, sizeof(struct belief));
}

static struct belief *belief_at(const struct path_engine *engine, guint index)
{
	return &g_array_index(engine->beliefs, struct belief, index);
}

/* It has come true; or it is the failure of a call that has left them here on success. */
static bool is_true(const struct path_engine *engine, const struct belief *belief)
{
	bool other = false;

	for (guint i = 0; i < engine->beliefs->len; i++)
		other |= belief_at(engine, i)->node == belief->node && belief_at(engine, i)->held;
	return belief->held || (other && !belief->fine) ||
	       (belief->signs && handle_is_lent(engine, belief->node));
}

/* The index of this belief, which is made where the run may suppose one; -1: there is none. */
static int belief_of(struct path_engine *engine, int node, unsigned int signs)
{
	struct belief belief = { node, signs, false, false };

	for (guint i = 0; i < engine->beliefs->len; i++)
		if (belief_at(engine, i)->node == node && belief_at(engine, i)->signs == signs)
			return engine->supposing || is_true(engine, belief_at(engine, i)) ?
				(int)i : -1;
	if (!engine->supposing || engine->beliefs->len == BELIEFS_MAX)
		return -1;
	g_array_append_val(engine->beliefs, belief);
	return engine->beliefs->len - 1;
}

/* A round of a loop gives its own entry away: path_rest.c. */
bool belief_is_of_entry(const struct path_engine *engine, const struct path_state *state)
{
	const struct ir_node *call = state_node(engine, state);
	int head = ir_loop_around(engine->function->ir, state->node);

	if (head < 0 || ir_in_loop(engine->function->ir, head, engine->result->query.start))
		return false;
	for (int i = 0; i < call->arg_count; i++)
		if (state_mentions_pages(state, call->args[i]) ||
		    state_names_holder(state, call->args[i]))
			return true;
	return false;
}

void belief_push(struct path_engine *engine, const struct path_state *state, unsigned int signs)
{
	struct path_state next = *state;
	int index = belief_is_of_entry(engine, state) ? -1 : belief_of(engine, state->node, signs);

	if (index < 0) {
		next.ownership = OWNERSHIP_ESCAPED;
		next.unseen = true;
	} else {
		next.lent |= 1u << index;
	}
	engine_push(engine, &next, state_node(engine, state)->yes);
}

/*
 * The release is of these very pages, by a name of theirs or of an entry, and not of some others
 * of the same acquire.
 */
static bool is_of_places(const struct path_engine *engine, const struct path_state *state,
			 int release)
{
	const struct function *function = engine->function;
	const struct expr *pages = function_releases(function, release) ?
		function_pages(function, release) : NULL;

	if (!pages || state_mentions_pages(state, pages))
		return true;	/* a callee is given them */
	for (int i = 0; i < function->ir->count; i++)
		if (node_sets(function_node(function, i), pages) &&
		    state_mentions_pages(state, function_node(function, i)->rhs))
			return true;
	return false;
}

void belief_released(struct path_engine *engine, const struct path_state *state, int release)
{
	if (!engine->supposing || !is_of_places(engine, state, release))
		return;
	for (guint i = 0; engine->supposing && i < engine->beliefs->len; i++)
		belief_at(engine, i)->held |= state->lent >> i & 1;
}

void belief_returned(struct path_engine *engine, const struct path_state *state, bool error)
{
	for (guint i = 0; engine->supposing && !error && i < engine->beliefs->len; i++)
		belief_at(engine, i)->fine |= state->lent >> i & 1;
}

/* An object, or something in it, that a call is given beside the pages. */
static bool is_given(const struct ir_node *call, const struct expr *e)
{
	const struct expr *root = expr_root(expr_base(e));

	for (int i = 0; i < call->arg_count; i++)
		if (root == expr_root(expr_base(call->args[i])) && root->op != EXPR_NUMBER &&
		    root->op != EXPR_STRING && root->op != EXPR_UNKNOWN)
			return true;
	return false;
}

bool belief_knows(const struct path_engine *engine, const struct path_state *state,
		  const struct expr *e)
{
	for (guint i = 0; state->lent && i < engine->beliefs->len; i++)
		if (state->lent >> i & 1 &&
		    is_given(function_node(engine->function, belief_at(engine, i)->node), e))
			return true;
	return false;
}

bool refusal_knows(const struct path_engine *engine, const struct path_state *state,
		   const struct expr *e)
{
	return state->refused &&
	       is_given(function_node(engine->function, state->refuser), e);
}

bool belief_touches(const struct path_engine *engine, const struct path_state *state)
{
	const struct ir_node *call = state_node(engine, state);

	for (int i = 0; i < call->arg_count; i++)
		if (belief_knows(engine, state, call->args[i]))
			return true;
	return false;
}

bool beliefs_any(const GArray *beliefs)
{
	return beliefs->len;
}
