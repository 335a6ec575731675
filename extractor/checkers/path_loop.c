// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "checkers/path_state.h"
#include "checkers/expr_text.h"

/* The release in the loop at head, direct or by a helper that cannot but release; or -1. */
static int release_in_loop(struct explorer *x, const struct state *state, int head)
{
	const struct exploration *e = x->result;

	for (int i = head + 1; i < body_step(x->body, head)->no; i++) {
		const struct step *step = body_step(x->body, i);
		const char *pages;

		if (step->kind == STEP_CALL && !step->call && step_may_release(x, step))
			for (int a = 0; step->args[a]; a++)
				if (state_names_pages(state, step->args[a]) ||
				    state_names_holder(state, step->args[a]))
					return i;
		if (!step_has_role(step, ROLE_RELEASE))
			continue;
		pages = step_pages(x->bodies, step);
		if (bodies_paired(x->bodies, e->acquire->id, step->call->id) ||
		    (pages && state_names_pages(state, pages)))
			return i;
	}
	return -1;
}

/* The first question of a loop, when it comes before anything else can happen. */
static const struct step *first_test(const struct body *body, int head)
{
	for (int i = body_step(body, head)->yes; i >= 0; i = body_step(body, i)->yes) {
		const struct step *step = body_step(body, i);

		if (step->kind == STEP_TEST)
			return step;
		if (step->kind != STEP_SET || strcmp(step->op, "-="))
			return NULL;
	}
	return NULL;
}

static void look_at_bound(struct explorer *x, struct state *state, int head)
{
	const struct step *test = first_test(x->body, head);
	struct value bound;

	if (!test || *test->op != '<')
		return;
	bound = env_value(&state->env, test->rhs);
	if (bound.signs == SIGN_NEG && *test->type == 's')
		state_mark(x, state, MARK_NEGATIVE, head);
	if (bound.relation == REL_REQUEST && state->hold == HOLD_YES)
		if (env_has_relation(&state->env, REL_SHORT))
			state_mark(x, state, MARK_UNFILLED, head);
}

/* Something in the loop is done with the pages. */
static bool loop_names_pages(const struct explorer *x, const struct state *state, int head)
{
	for (int i = head + 1; i < body_step(x->body, head)->no; i++) {
		const struct step *step = body_step(x->body, i);

		if (step->kind == STEP_SET && state_names_pages(state, step->rhs))
			return true;
		for (int a = 0; step->args && step->args[a]; a++)
			if (state_names_pages(state, step->args[a]) ||
			    state_names_holder(state, step->args[a]))
				return true;
	}
	return false;
}

/* Of the function's loops, each its own, as long as they are not more than 64. */
static guint64 bit_of(const struct body *body, int head)
{
	guint number = 0;

	for (int i = 0; i < head; i++)
		number += body_step(body, i)->kind == STEP_LOOP;
	return 1ull << (number % 64);
}

/* It came to this loop before; to those in it, it comes anew. */
static bool has_gone_round(const struct explorer *x, struct state *state)
{
	guint64 before = state->rounded;

	for (int i = state->step + 1; i < body_step(x->body, state->step)->no; i++)
		if (body_step(x->body, i)->kind == STEP_LOOP)
			state->rounded &= ~bit_of(x->body, i);
	state->rounded |= bit_of(x->body, state->step);
	return before & bit_of(x->body, state->step);
}

static void release_all(struct explorer *x, struct state *state, int release)
{
	struct range range = range_of_loop(x->bodies, x->body, state->step, release);

	if (state->hold == HOLD_YES) {
		state->hold = HOLD_RELEASED;
		state->where = release;
		state->loop = state->step;
		state->gone = NULL;
		state->range = range;
		state->passed = NULL;
		state_note(x, state, -1, NULL);
	} else if (state->hold == HOLD_RELEASED && !state->extra &&
		   !body_in_loop(x->body, state->step, state->where) &&
		   ranges_meet(&state->range, &range)) {
		state_mark(x, state, MARK_DOUBLE, state->where);
		state->hold = HOLD_GONE;
	}
}

/*
 * A loop that releases is taken to release all: how often it goes round is not
 * counted. Only where its first question is surely answered with no, it does not.
 */
void walk_loop(struct explorer *x, struct state *state, const struct step *step)
{
	bool around = body_in_loop(x->body, state->step, x->result->start);
	int release = state->started && !around ? release_in_loop(x, state, state->step) : -1;
	const struct step *test = first_test(x->body, state->step);
	bool again = has_gone_round(x, state);

	if (state->hold == HOLD_RELEASED && state->loop != state->step &&
	    body_in_loop(x->body, state->step, state->where))
		state->hold = HOLD_GONE;	/* another round, other pages */
	if (release >= 0) {
		look_at_bound(x, state, state->step);
		if (!(test && env_test(&state->env, test->lhs, test->op, test->rhs, test->type) ==
			      TRUTH_NO))
			release_all(x, state, release);
	}
	state->enter = -1;
	if (test && state->hold == HOLD_YES && !around && !again &&
	    loop_names_pages(x, state, state->step))
		state->enter = test - body_step(x->body, 0);
	state_push(x, state, step->yes);
}
