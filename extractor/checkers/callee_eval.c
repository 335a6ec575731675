// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "checkers/liveness.h"
#include "checkers/path_state.h"
#include "checkers/expr_text.h"

/* A key in the words of what is called with these arguments, or NULL. */
static const char *key_inside(const struct explorer *x, const struct state *state, const char *key,
			      const char *argument, const char *param)
{
	g_autofree char *base = words_base(argument);
	g_autofree char *inside = NULL;

	if (!strcmp(key, base))
		inside = g_strdup(param);
	else if (*argument == '&' && g_str_has_prefix(key, argument + 1))
		inside = g_strdup_printf("%s->%s", param, key + strlen(argument + 1) + 1);
	else if (state_names_holder(state, argument) && g_str_has_prefix(key, argument))
		inside = g_strconcat(param, key + strlen(argument), NULL);
	return inside ? g_string_chunk_insert_const(x->bodies->strings, inside) : NULL;
}

static struct outcome outcome_at_entry(const struct explorer *x, const struct state *state,
				       const struct step *step, const struct body *callee)
{
	struct outcome outcome = { .hold = HOLD_YES };

	for (int i = 0; step->args[i] && callee->params[i]; i++)
		for (int k = 0; k < state->key_count && outcome.key_count < HOLD_KEYS; k++) {
			const char *key = key_inside(x, state, state->keys[k], step->args[i],
						     callee->params[i]);

			if (key)
				outcome.keys[outcome.key_count++] = key;
		}
	return outcome;
}

static bool is_known(const GArray *outcomes, const struct outcome *outcome)
{
	for (guint i = 0; i < outcomes->len; i++) {
		const struct outcome *other = &g_array_index(outcomes, struct outcome, i);

		if (other->hold == outcome->hold &&
		    !memcmp(&other->result, &outcome->result, sizeof(outcome->result)) &&
		    !memcmp(&other->range, &outcome->range, sizeof(outcome->range)))
			return true;
	}
	return false;
}

/* It stored the pages in what its caller has given, or returns them. */
static bool hands_on(const struct body *callee, const struct mark *mark, const struct outcome *at_entry)
{
	for (int k = 0; k < mark->key_count; k++) {
		g_autofree char *root = words_root(mark->keys[k]);
		bool old = false;

		for (int i = 0; i < at_entry->key_count; i++)
			old |= !strcmp(at_entry->keys[i], mark->keys[k]);
		if (!old && (!strcmp(root, KEY_RETURNED) ||
			     g_strv_contains((const char *const *)callee->params, root)))
			return true;
	}
	return false;
}

/* What a helper's own paths make of the pages that it is given: outcomes of the call. */
static GArray *helper_outcomes(struct explorer *x, const struct state *state, const struct step *step,
			       const struct body *callee)
{
	struct outcome at_entry = outcome_at_entry(x, state, step, callee);
	GArray *outcomes = g_array_new(FALSE, TRUE, sizeof(struct outcome));
	struct question question = {
		.body = callee, .acquire = x->result->acquire, .depth = x->depth - 1,
		.outcomes = g_array_new(FALSE, TRUE, sizeof(struct outcome)),
	};
	struct exploration *e;

	g_array_append_val(question.outcomes, at_entry);
	e = explore(x->bodies, &question);
	for (guint i = 0; i < e->marks->len; i++) {
		const struct mark *mark = &g_array_index(e->marks, struct mark, i);
		struct outcome outcome = { .result = mark->value, .hold = mark->hold };

		if (mark->kind != MARK_EXIT)
			continue;
		outcome.result.relation = REL_NONE;
		if (mark->hold == HOLD_RELEASED)
			outcome.range = range_of_callee(x->bodies, callee, step, &mark->range);
		if (mark->hold == HOLD_YES && hands_on(callee, mark, &at_entry))
			outcome.hold = HOLD_GONE;
		if (!is_known(outcomes, &outcome))
			g_array_append_val(outcomes, outcome);
	}
	if (!e->complete)
		g_array_set_size(outcomes, 0);
	exploration_free(e);
	return outcomes;
}

/* It may release or keep on one way and not on another, and its result does not tell which it was. */
static bool is_doubtful(const GArray *outcomes, const struct outcome *kept)
{
	for (guint i = 0; i < outcomes->len; i++) {
		const struct outcome *other = &g_array_index(outcomes, struct outcome, i);

		if (other->hold != HOLD_YES && (other->result.signs & kept->result.signs))
			return true;
	}
	return false;
}

static const struct body *helper_of(const struct explorer *x, const struct step *step)
{
	const struct body *callee = bodies_callee(x->bodies, x->body, step->lhs);

	return callee != x->body && x->depth > 0 ? callee : NULL;
}

bool step_helper(struct explorer *x, struct state *state, const struct step *step)
{
	const struct body *callee = helper_of(x, step);
	g_autofree char *result = g_strdup_printf("@%d", state->step);
	bool knows = callee && outcome_at_entry(x, state, step, callee).key_count;
	g_autoptr(GArray) outcomes = knows ? helper_outcomes(x, state, step, callee) : NULL;

	if (!outcomes || !outcomes->len) {
		state->hold = HOLD_GONE;
		return true;
	}
	for (guint i = 0; i < outcomes->len; i++) {
		const struct outcome *outcome = &g_array_index(outcomes, struct outcome, i);
		struct state next = *state;

		if (live_matters(x->live, result))
			env_set(&next.env, x->bodies->strings, result, outcome->result);
		next.hold = outcome->hold;
		if (next.hold == HOLD_YES && is_doubtful(outcomes, outcome))
			next.hold = HOLD_GONE;
		if (next.hold == HOLD_RELEASED) {
			next.where = next.step;
			next.loop = -1;
			next.gone = NULL;
			next.range = outcome->range;
			state_note(x, &next, -1, NULL);
		}
		state_push(x, &next, step->yes);
	}
	return false;
}

bool helper_releases_again(struct explorer *x, const struct state *state, const struct step *step)
{
	const struct body *callee = helper_of(x, step);
	g_autoptr(GArray) outcomes = callee ? helper_outcomes(x, state, step, callee) : NULL;

	for (guint i = 0; outcomes && i < outcomes->len; i++) {
		const struct outcome *outcome = &g_array_index(outcomes, struct outcome, i);

		if (outcome->hold != HOLD_RELEASED || state->extra ||
		    !ranges_meet(&outcome->range, &state->range))
			return false;
	}
	return outcomes && outcomes->len;
}
