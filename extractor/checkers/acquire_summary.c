// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "checkers/acquire_summary.h"
#include "checkers/expr_text.h"

/* How many calls down helpers are looked into. */
#define HELPER_DEPTH 3
/* How many calls up pages are followed. */
#define CALLERS_UP 3

/**
 * struct giver - what is known of a function
 * @walks: of struct given_walk; @given: of struct given
 * @busy: it is being looked at: what calls itself hands nothing on
 */
struct giver {
	GPtrArray *walks;
	GPtrArray *given;
	bool busy;
};

struct givens {
	const struct bodies *bodies;
	GHashTable *givers;	/* struct body -> struct giver */
};

static void walk_free(void *data)
{
	struct given_walk *walk = data;

	exploration_free(walk->exploration);
	g_free(walk);
}

static void given_free(void *data)
{
	struct given *given = data;

	g_array_free(given->outcomes, TRUE);
	g_free(given);
}

static void giver_free(void *data)
{
	struct giver *giver = data;

	g_ptr_array_unref(giver->walks);
	g_ptr_array_unref(giver->given);
	g_free(giver);
}

struct givens *givens_new(const struct bodies *bodies)
{
	struct givens *givens = g_new0(struct givens, 1);

	givens->bodies = bodies;
	givens->givers = g_hash_table_new_full(NULL, NULL, NULL, giver_free);
	return givens;
}

void givens_free(struct givens *givens)
{
	g_hash_table_destroy(givens->givers);
	g_free(givens);
}

/* -- what a function hands on, from the ends of its paths -- */

static bool is_outside(const struct body *body, const char *key)
{
	g_autofree char *root = words_root(key);

	return !strcmp(root, KEY_RETURNED) ||
	       g_strv_contains((const char *const *)body->params, root);
}

static struct outcome outcome_of_exit(const struct body *body, const struct mark *mark)
{
	struct outcome outcome = { .result = mark->value, .words = "hands out nothing" };
	bool returned = false;

	if (mark->hold == HOLD_GONE)
		outcome.hold = HOLD_GONE;
	if (mark->hold != HOLD_YES || mark->certain)	/* lost there: that is told there */
		return outcome;
	for (int k = 0; k < mark->key_count; k++) {
		if (is_outside(body, mark->keys[k]))
			outcome.keys[outcome.key_count++] = mark->keys[k];
		returned |= g_str_has_prefix(mark->keys[k], KEY_RETURNED);
	}
	if (returned)
		outcome.result = value_of_signs(SIGN_POS);
	outcome.hold = outcome.key_count && outcome.result.signs != SIGN_ANY ? HOLD_YES : HOLD_GONE;
	outcome.words = outcome.result.relation == REL_SHORT ? "hands out fewer pages than asked for" :
			"hands out pages";
	return outcome;
}

static bool same_outcome(const struct outcome *a, const struct outcome *b)
{
	if (a->hold != b->hold || a->key_count != b->key_count || a->result.signs != b->result.signs ||
	    a->result.exact != b->result.exact || a->result.number != b->result.number ||
	    a->result.relation != b->result.relation)
		return false;
	for (int k = 0; k < a->key_count; k++)
		if (strcmp(a->keys[k], b->keys[k]))
			return false;
	return true;
}

static void add_outcome(GArray *outcomes, const struct outcome *outcome)
{
	for (guint i = 0; i < outcomes->len; i++)
		if (same_outcome(&g_array_index(outcomes, struct outcome, i), outcome))
			return;
	g_array_append_val(outcomes, *outcome);
}

static int request_param(const struct body *body, const char *request)
{
	for (int i = 0; request && body->params[i]; i++)
		if (!strcmp(body->params[i], request))
			return i;
	return -1;
}

/* What a caller of body gets of this walk, or NULL for nothing. */
static struct given *given_of_walk(const struct exploration *e)
{
	struct given *given = g_new0(struct given, 1);
	bool any = false;

	given->acquire = e->acquire;
	given->outcomes = g_array_new(FALSE, TRUE, sizeof(struct outcome));
	given->request = request_param(e->body, e->request);
	for (guint i = 0; i < e->marks->len; i++) {
		const struct mark *mark = &g_array_index(e->marks, struct mark, i);
		struct outcome outcome = outcome_of_exit(e->body, mark);

		if (mark->kind != MARK_EXIT)
			continue;
		if (mark->short_lost && mark->hold == HOLD_YES)		/* told there, too */
			outcome = (struct outcome){ .result = mark->value, .hold = HOLD_GONE };
		if (outcome.result.relation && given->request < 0)
			outcome.hold = HOLD_GONE;	/* nobody can say how many these are */
		any |= outcome.hold == HOLD_YES;
		add_outcome(given->outcomes, &outcome);
	}
	if (any)
		return given;
	given_free(given);
	return NULL;
}

/* -- the same, in the words of a caller -- */

static const char *key_outside(const struct bodies *bodies, const struct body *callee,
			       const struct step *call, int number, const char *key)
{
	g_autofree char *root = words_root(key);
	g_autofree char *outside = NULL, *base = NULL;

	if (!strcmp(root, KEY_RETURNED))
		outside = g_strdup_printf("@%d%s", number, key + strlen(KEY_RETURNED));
	for (int i = 0; !outside && callee->params[i] && call->args[i]; i++) {
		const char *argument = call->args[i];

		if (strcmp(callee->params[i], root))
			continue;
		if (strchr(argument, '?') || strchr(argument, '@') || g_ascii_isdigit(*argument))
			return NULL;
		outside = strcmp(key, root) ? words_replace_root(key, root, argument) :
			  g_strdup(argument);
	}
	base = outside ? words_base(outside) : NULL;
	return base && *base ? g_string_chunk_insert_const(bodies->strings, base) : NULL;
}

static GArray *outcomes_outside(const struct bodies *bodies, const struct body *callee,
				const struct step *call, int number, const struct given *given)
{
	GArray *outcomes = g_array_new(FALSE, TRUE, sizeof(struct outcome));

	for (guint i = 0; i < given->outcomes->len; i++) {
		struct outcome outcome = g_array_index(given->outcomes, struct outcome, i);
		int count = outcome.key_count;

		outcome.key_count = 0;
		for (int k = 0; k < count; k++) {
			const char *key = key_outside(bodies, callee, call, number, outcome.keys[k]);

			if (key)
				outcome.keys[outcome.key_count++] = key;
		}
		if (outcome.hold == HOLD_YES && outcome.key_count < count)
			outcome.hold = HOLD_GONE;
		add_outcome(outcomes, &outcome);
	}
	return outcomes;
}

/* -- all walks of a function -- */

static void add_walk(struct givens *givens, struct giver *giver, struct question *question,
		     const struct body *through, int height)
{
	struct given_walk *walk = g_new0(struct given_walk, 1);
	struct given *given;

	question->depth = HELPER_DEPTH;
	walk->exploration = explore(givens->bodies, question);
	walk->through = through;
	g_ptr_array_add(giver->walks, walk);
	given = given_of_walk(walk->exploration);
	if (!given)
		return;
	given->height = height;
	g_ptr_array_add(giver->given, given);
}

static struct giver *giver_of(struct givens *givens, const struct body *body);

static void add_acquire(struct givens *givens, struct giver *giver, const struct body *body, int number)
{
	const struct step *step = body_step(body, number);
	struct question question = {
		.body = body, .acquire = step->call, .start = number,
		.request = step_count(givens->bodies, step),
		.outcomes = outcomes_of_acquire(givens->bodies, body, number),
	};

	if (question.outcomes)
		add_walk(givens, giver, &question, NULL, 0);
}

static void add_given(struct givens *givens, struct giver *giver, const struct body *body, int number)
{
	const struct step *step = body_step(body, number);
	const struct body *callee = bodies_callee(givens->bodies, body, step->lhs);
	const struct giver *below = callee ? giver_of(givens, callee) : NULL;

	for (guint i = 0; below && !below->busy && i < below->given->len; i++) {
		const struct given *given = below->given->pdata[i];
		int request = given->request;
		struct question question = {
			.body = body, .acquire = given->acquire, .start = number,
		};

		if (given->height == CALLERS_UP)
			continue;
		question.outcomes = outcomes_outside(givens->bodies, callee, step, number, given);
		if (request >= 0 && (guint)request < g_strv_length(step->args))
			question.request = step->args[request];
		add_walk(givens, giver, &question, callee, given->height + 1);
	}
}

static struct giver *giver_of(struct givens *givens, const struct body *body)
{
	struct giver *giver = g_hash_table_lookup(givens->givers, body);

	if (giver)
		return giver;
	giver = g_new0(struct giver, 1);
	giver->walks = g_ptr_array_new_with_free_func(walk_free);
	giver->given = g_ptr_array_new_with_free_func(given_free);
	giver->busy = true;
	g_hash_table_insert(givens->givers, (void *)body, giver);
	for (guint i = 0; i < body->steps->len; i++) {
		const struct step *step = body_step(body, i);

		if (step_has_role(step, ROLE_ACQUIRE))
			add_acquire(givens, giver, body, i);
		else if (step->kind == STEP_CALL && !step->call)
			add_given(givens, giver, body, i);
	}
	giver->busy = false;
	return giver;
}

const GPtrArray *givens_walks(struct givens *givens, const struct body *body)
{
	return giver_of(givens, body)->walks;
}
