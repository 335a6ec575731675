// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "checkers/liveness.h"
#include "checkers/path_state.h"
#include "checkers/expr_text.h"

#define MAX_STATES 6000

void exploration_free(struct exploration *exploration)
{
	if (!exploration)
		return;
	g_array_free(exploration->outcomes, TRUE);
	g_array_free(exploration->trails, TRUE);
	g_array_free(exploration->marks, TRUE);
	g_free(exploration);
}

static guint mix(guint hash, guint value)
{
	return (hash ^ value) * 16777619u;
}

/* Of all that tells two states apart; how they were come by (trail) does not. */
static guint state_hash(const void *data)
{
	const struct state *state = data;
	guint hash = mix(mix(mix(state->step, state->hold), state->where), state->loop);

	hash = mix(hash, state->started | state->extra << 1 | state->counted << 2);
	hash = mix(mix(hash, state->enter), g_direct_hash(state->gone));
	hash = mix(mix(hash, state->rounded), g_direct_hash(state->passed));
	hash = mix(mix(hash, g_direct_hash(state->range.from)), g_direct_hash(state->range.to));
	for (int i = 0; i < state->key_count; i++)
		hash = mix(hash, g_str_hash(state->keys[i]));
	for (int i = 0; i < state->env.count; i++) {
		const struct value *value = &state->env.values[i];

		hash = mix(hash, g_direct_hash(state->env.keys[i]));
		hash = mix(hash, value->signs | value->exact << 3 | value->relation << 4);
		hash = mix(hash, value->exact ? value->number : 0);
	}
	return hash;
}

static bool same_value(const struct value *a, const struct value *b)
{
	return a->signs == b->signs && a->exact == b->exact && a->relation == b->relation &&
	       (!a->exact || a->number == b->number);
}

static bool same_env(const struct env *a, const struct env *b)
{
	if (a->count != b->count)
		return false;
	for (int i = 0; i < a->count; i++)
		if (a->keys[i] != b->keys[i] || !same_value(&a->values[i], &b->values[i]))
			return false;
	return true;
}

static bool same_range(const struct range *a, const struct range *b)
{
	return a->base == b->base && a->from == b->from && a->to == b->to && a->one == b->one;
}

static gboolean state_equal(const void *left, const void *right)
{
	const struct state *a = left, *b = right;

	if (a->step != b->step || a->hold != b->hold || a->where != b->where ||
	    a->loop != b->loop || a->enter != b->enter || a->rounded != b->rounded || a->gone != b->gone ||
	    a->started != b->started || a->extra != b->extra || a->counted != b->counted ||
	    a->key_count != b->key_count || a->passed != b->passed ||
	    !same_range(&a->range, &b->range))
		return false;
	for (int i = 0; i < a->key_count; i++)
		if (strcmp(a->keys[i], b->keys[i]))
			return false;
	return same_env(&a->env, &b->env);
}

/* What nobody asks for from here on makes no other path; nor does anything where the pages are gone. */
static void forget_dead(const struct explorer *x, struct state *state)
{
	if (state->hold == HOLD_GONE)
		state->env.count = 0;
	for (int i = state->env.count - 1; i >= 0; i--)
		if (!state->env.values[i].relation && !live_has(x->live, state->step, state->env.keys[i]))
			env_drop(&state->env, i);
}

void state_push(struct explorer *x, const struct state *state, int step)
{
	struct state next = *state;

	if (step < 0)
		return;
	next.step = step;
	forget_dead(x, &next);
	if (g_hash_table_size(x->seen) >= MAX_STATES) {
		x->result->complete = false;
		return;
	}
	if (!g_hash_table_contains(x->seen, &next)) {
		g_hash_table_add(x->seen, g_memdup2(&next, sizeof(next)));
		g_array_append_val(x->work, next);
	}
}

void state_note(struct explorer *x, struct state *state, int taken, const char *outcome)
{
	struct trail trail = { state->trail, state->step, taken, outcome };

	g_array_append_val(x->result->trails, trail);
	state->trail = x->result->trails->len - 1;
}

void state_mark(struct explorer *x, const struct state *state, enum mark_kind kind, int other)
{
	const struct step *step = body_step(x->body, state->step);
	struct mark mark = {
		.kind = kind, .step = state->step, .other = other, .trail = state->trail,
		.hold = state->hold, .certain = state_is_certain(x, state),
		.key_count = state->key_count, .range = state->range,
		.value = kind == MARK_EXIT ? env_value(&state->env, step->rhs) : value_any(),
	};

	mark.short_lost = !state->counted && mark.value.signs == SIGN_NEG && !mark.value.relation &&
			  env_has_relation(&state->env, REL_SHORT);
	memcpy(mark.keys, state->keys, sizeof(mark.keys));
	g_array_append_val(x->result->marks, mark);
}

static void walk_test(struct explorer *x, struct state *state, const struct step *step)
{
	enum truth truth = env_test(&state->env, step->lhs, step->op, step->rhs, step->type);
	g_autofree char *root = words_root(step->lhs);

	for (int outcome = 1; outcome >= 0; outcome--) {
		struct state next = *state;

		if (truth != TRUTH_OPEN && truth != (outcome ? TRUTH_YES : TRUTH_NO))
			continue;
		if (outcome && *step->type == '!')	/* the author says that this does not happen */
			continue;
		if (truth == TRUTH_OPEN && state->enter == state->step && !outcome)
			continue;
		next.enter = -1;
		if (truth == TRUTH_OPEN && live_matters(x->live, root) &&
		    (*step->type != 'u' || (*step->op != '<' && *step->op != '>') ||
		     !(env_value(&state->env, step->lhs).signs & SIGN_NEG)))
			env_learn(&next.env, x->bodies->strings, step->lhs, step->op, step->rhs, outcome);
		if (state->started)
			state_note(x, &next, outcome, NULL);
		state_push(x, &next, outcome ? step->yes : step->no);
	}
}

/* The keys of what is returned, as who gets it has them. */
static void add_returned(struct explorer *x, struct state *state, const char *text)
{
	int count = state->key_count;

	if (state_names_pages(state, text))
		state_add_key(x, state, KEY_RETURNED);
	for (int k = 0; state_names_holder(state, text) && k < count; k++)
		if (g_str_has_prefix(state->keys[k], text)) {
			g_autofree char *key = g_strconcat(KEY_RETURNED, state->keys[k] + strlen(text), NULL);

			state_add_key(x, state, key);
		}
	if (state->key_count == count)	/* too many names */
		state->hold = HOLD_GONE;
}

static void walk_return(struct explorer *x, struct state *state, const struct step *step)
{
	if (state->hold == HOLD_YES &&
	    (state_names_pages(state, step->rhs) || state_names_holder(state, step->rhs)))
		add_returned(x, state, step->rhs);
	state_mark(x, state, MARK_EXIT, -1);
}

/* "pages = array + done", "obj->pages = pages": the array's other names. */
static void add_aliases(struct explorer *x, struct state *state)
{
	for (int k = 0; k < state->key_count; k++)
		for (guint i = 0; words_plain(state->keys[k]) && i < x->body->steps->len; i++) {
			const struct step *step = body_step(x->body, i);
			g_autofree char *base = NULL;

			if (step->kind != STEP_SET || strcmp(step->op, "=") || *step->type != 'p')
				continue;
			if (!strcmp(step->rhs, state->keys[k]))
				base = words_base(step->lhs);
			else if (!strcmp(step->lhs, state->keys[k]))
				base = words_base(step->rhs);
			else
				continue;
			if (*base != '@' && *base != '?' && !g_ascii_isdigit(*base))
				state_add_key(x, state, base);
		}
}

/* What was asked for is a count; how the result compares to it is known. */
static void learn_request(struct explorer *x, struct env *env, const char *count,
			  enum relation relation)
{
	struct value request = env_value(env, count);

	if (request.signs != SIGN_NEG)
		request.signs &= ~SIGN_NEG;
	if (relation)
		request.relation = REL_REQUEST;
	env_set(env, x->bodies->strings, count, request);
}

/*
 * The next pages come where these are, and nothing else has these: each round fills the same
 * entries, and the array does not move.
 */
static bool takes_their_place(const struct explorer *x, const struct state *state)
{
	const struct exploration *e = x->result;
	const char *pages = step_pages(x->bodies, body_step(x->body, e->start));
	g_autofree char *base = pages ? words_base(pages) : NULL;
	g_autofree char *offset = pages ? words_offset(pages) : NULL;

	if (!base || strcmp(offset, "0") || !state_is_certain(x, state))
		return false;
	for (int k = 0; k < state->key_count; k++)
		if (strcmp(state->keys[k], base) && *state->keys[k] != '@')
			return false;
	for (guint i = 0; i < x->body->steps->len; i++) {
		const struct step *step = body_step(x->body, i);

		if (step->kind == STEP_SET && !strcmp(step->lhs, base) && strcmp(step->op, "decl") &&
		    strcmp(step->op, "="))
			return false;
	}
	return true;
}

/* The call that acquires: one path goes on for each way that it may end. */
static void walk_start(struct explorer *x, struct state *state, const struct step *step)
{
	const struct exploration *e = x->result;
	g_autofree char *result = g_strdup_printf("@%d", state->step);
	const char *count = e->request;
	bool again = state->started && state->hold == HOLD_YES;

	if (again && takes_their_place(x, state)) {
		state_mark(x, state, MARK_OVERWRITTEN, -1);
		again = false;
	}
	for (guint i = 0; i < e->outcomes->len; i++) {
		const struct outcome *outcome = &g_array_index(e->outcomes, struct outcome, i);
		struct state next = *state;

		next.started = true;
		env_forget(&next.env, result);
		env_forget_relations(&next.env);
		env_set(&next.env, x->bodies->strings, result, outcome->result);
		next.env.request = count ? strtol(count, NULL, 10) : 0;
		if (count)
			learn_request(x, &next.env, count, outcome->result.relation);
		if (outcome->hold == HOLD_YES) {
			next.hold = HOLD_YES;
			next.extra = false;
			next.counted = false;
			if (!again)
				next.key_count = 0;
			for (int k = 0; k < outcome->key_count; k++) {
				state_add_key(x, &next, outcome->keys[k]);
				if (strcmp(outcome->keys[k], result))
					env_set(&next.env, x->bodies->strings, outcome->keys[k],
						value_of_signs(SIGN_POS));
			}
			add_aliases(x, &next);
		} else if (!again) {
			next.hold = outcome->hold;
		}
		state_note(x, &next, -1, outcome->words);
		state_push(x, &next, step->yes);
	}
}

static void walk_step(struct explorer *x, struct state *state)
{
	const struct step *step = body_step(x->body, state->step);

	if (state->step == x->result->start && step->kind == STEP_CALL) {
		walk_start(x, state, step);
		return;
	}
	switch (step->kind) {
	case STEP_TEST:
		walk_test(x, state, step);
		break;
	case STEP_LOOP:
		walk_loop(x, state, step);
		break;
	case STEP_RETURN:
		walk_return(x, state, step);
		break;
	case STEP_SET:
		if (step_set(x, state))
			state_push(x, state, step->yes);
		break;
	case STEP_CALL:
		if (step_call(x, state))
			state_push(x, state, step->yes);
		break;
	default:
		state_push(x, state, step->yes);
	}
}

/* Pages that are there when the function is entered. */
static void begin(struct explorer *x)
{
	const struct exploration *e = x->result;
	struct state state = { .trail = -1, .where = -1, .loop = -1, .enter = -1 };

	if (e->start == 0) {
		const struct outcome *outcome = &g_array_index(e->outcomes, struct outcome, 0);

		state.started = true;
		state.hold = outcome->hold;
		for (int k = 0; k < outcome->key_count; k++) {
			state_add_key(x, &state, outcome->keys[k]);
			env_set(&state.env, x->bodies->strings, outcome->keys[k], value_of_signs(SIGN_POS));
		}
	}
	state_push(x, &state, 0);
}

struct exploration *explore(const struct bodies *bodies, const struct question *question)
{
	struct exploration *e = g_new0(struct exploration, 1);
	struct explorer x = {
		.result = e, .bodies = bodies, .body = question->body, .depth = question->depth,
		.work = g_array_new(FALSE, FALSE, sizeof(struct state)),
		.seen = g_hash_table_new_full(state_hash, state_equal, g_free, NULL),
		.live = live_of(bodies, question->body),
	};

	e->bodies = bodies;
	e->body = question->body;
	e->acquire = question->acquire;
	e->start = question->start;
	e->request = question->request;
	e->outcomes = question->outcomes;
	e->trails = g_array_new(FALSE, FALSE, sizeof(struct trail));
	e->marks = g_array_new(FALSE, FALSE, sizeof(struct mark));
	e->complete = true;
	begin(&x);
	while (x.work->len) {
		struct state state = g_array_index(x.work, struct state, x.work->len - 1);

		g_array_set_size(x.work, x.work->len - 1);
		walk_step(&x, &state);
	}
	g_array_free(x.work, TRUE);
	g_hash_table_destroy(x.seen);
	return e;
}
