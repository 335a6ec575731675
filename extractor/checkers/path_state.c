// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "checkers/liveness.h"
#include "checkers/path_state.h"
#include "checkers/expr_text.h"

bool state_has_key(const struct state *state, const char *key)
{
	for (int i = 0; i < state->key_count; i++)
		if (!strcmp(state->keys[i], key))
			return true;
	return false;
}

void state_add_key(struct explorer *x, struct state *state, const char *key)
{
	if (state->key_count < HOLD_KEYS && *key && !state_has_key(state, key))
		state->keys[state->key_count++] = g_string_chunk_insert_const(x->bodies->strings, key);
}

bool state_names_pages(const struct state *state, const char *text)
{
	g_autofree char *base = words_base(text);

	return state_has_key(state, base);
}

bool state_mentions_pages(const struct state *state, const char *text)
{
	for (int i = 0; i < state->key_count; i++)
		if (words_have(text, state->keys[i]))
			return true;
	return false;
}

/* "obj", "&obj", "obj->umem" where the pages are obj->umem.pages */
bool state_names_holder(const struct state *state, const char *text)
{
	const char *name = text + (*text == '&');
	size_t length = strlen(name);

	for (int i = 0; length && i < state->key_count; i++) {
		const char *rest = state->keys[i] + length;

		if (!strncmp(state->keys[i], name, length) &&
		    (*rest == '-' || *rest == '.' || *rest == '['))
			return true;
	}
	return false;
}

bool state_names_member(const struct explorer *x, const struct state *state, const char *text)
{
	g_autofree char *root = words_root(text);

	return *text == '&' && strcmp(text + 1, root) && state_names_holder(state, root) &&
	       body_allocates(x->body, root);
}

/* The call whose result is set at a step, by way of a macro's own variable too; or -1. */
static int call_number(const struct body *body, int set)
{
	const char *value = body_step(body, set)->rhs;

	for (int i = set - 1; *value != '@' && words_plain(value) && i > 0; i--) {
		const struct step *step = body_step(body, i);

		if (step->kind == STEP_SET && !strcmp(step->lhs, value))
			return strcmp(step->op, "=") ? -1 : call_number(body, i);
	}
	return *value == '@' && (guint)atoi(value + 1) < body->steps->len ? atoi(value + 1) : -1;
}

/* The step that gives the variable what it calls; NULL when anything else does too. */
static const struct step *only_call(const struct body *body, const char *name)
{
	const struct step *call = NULL;

	for (guint i = 0; i < body->steps->len; i++) {
		const struct step *step = body_step(body, i);
		int number;

		if (step->kind != STEP_SET || strcmp(step->lhs, name) || !strcmp(step->op, "decl") ||
		    !strcmp(step->rhs, "0"))
			continue;
		number = call_number(body, i);
		if (call || number <= 0)
			return NULL;
		call = body_step(body, number);
	}
	return call;
}

bool body_allocates(const struct body *body, const char *name)
{
	const struct step *call = only_call(body, name);

	return call && strstr(call->lhs, "alloc");
}

static bool gives_zeroed(const struct body *body, int set)
{
	int number = call_number(body, set);
	const char *callee;

	if (number <= 0)
		return false;
	callee = body_step(body, number)->lhs;
	return strstr(callee, "alloc") && (strstr(callee, "zalloc") || strstr(callee, "calloc"));
}

bool body_zeroes(const struct body *body, const char *key)
{
	for (guint i = 0; i < body->steps->len; i++)
		if (body_step(body, i)->kind == STEP_SET && !strcmp(body_step(body, i)->lhs, key) &&
		    gives_zeroed(body, i))
			return true;
	return false;
}

/* A struct or array of the function itself, or memory that it allocated. */
static bool is_own(const struct body *body, const char *key)
{
	g_autofree char *root = words_root(key);

	if (g_str_has_prefix(root, "::") || !body_is_local(body, root))
		return *root == '@' && strcmp(root, KEY_RETURNED);
	if (!strcmp(root, key))
		return true;
	if (!strncmp(key + strlen(root), "->", 2))
		return body_allocates(body, root);
	return true;
}

bool state_is_certain(const struct explorer *x, const struct state *state)
{
	for (int i = 0; i < state->key_count; i++)
		if (!is_own(x->body, state->keys[i]))
			return false;
	return state->key_count > 0;
}

static void drop_key(struct state *state, const char *key)
{
	for (int i = 0; i < state->key_count; i++)
		if (!strcmp(state->keys[i], key)) {
			state->key_count--;
			memmove(state->keys + i, state->keys + i + 1,
				(state->key_count - i) * sizeof(*state->keys));
			return;
		}
}

void state_drop_keys(struct state *state, const char *text)
{
	g_autofree char *base = words_base(text);
	size_t length = strlen(base);

	for (int i = state->key_count - 1; i >= 0; i--)
		if (!strncmp(state->keys[i], base, length) &&
		    (!state->keys[i][length] || strchr("-.[", state->keys[i][length])))
			drop_key(state, state->keys[i]);
}

/* In memory that the caller has given. */
static bool is_callers(const struct body *body, const char *key)
{
	g_autofree char *root = words_root(key);

	return g_strv_contains((const char *const *)body->params, root);
}

/* Pages are stored: into a variable of this function they stay, elsewhere they are gone. */
static void store_pages(struct explorer *x, struct state *state, const char *lhs)
{
	g_autofree char *base = words_base(lhs);

	if (state->key_count == HOLD_KEYS)
		state->hold = HOLD_GONE;	/* too many names to follow */
	else if (is_own(x->body, base) && *lhs != '*')
		state_add_key(x, state, base);
	else if (words_plain(lhs) && !g_str_has_prefix(lhs, "::"))
		state_add_key(x, state, lhs);	/* a parameter used as a variable */
	else if (is_callers(x->body, base))
		state_add_key(x, state, base);
	else
		state->hold = HOLD_GONE;
}

/* What a call returned gets its name. */
static void rename_keys(struct explorer *x, struct state *state, const char *from, const char *to)
{
	for (int i = 0; i < state->key_count; i++) {
		const char *rest = state->keys[i] + strlen(from);
		g_autofree char *key = NULL;

		if (!g_str_has_prefix(state->keys[i], from) || (*rest && !strchr("-.[", *rest)))
			continue;
		key = g_strconcat(to, rest, NULL);
		state->keys[i] = g_string_chunk_insert_const(x->bodies->strings, key);
	}
}

static struct value value_after(const struct env *env, const struct step *step)
{
	struct value old, by;
	g_autofree char *sum = NULL;

	if (!strcmp(step->op, "="))
		return env_value(env, step->rhs);
	old = env_value(env, step->lhs);
	by = env_value(env, step->rhs);
	if (!strcmp(step->op, "+="))	/* what is counted up from somewhere is a count */
		return by.signs == SIGN_POS && !(old.signs == SIGN_NEG) ? value_of_signs(SIGN_POS) :
		       by.signs == SIGN_ZERO ? old : value_any();
	if (!strcmp(step->op, "-=") && old.exact && by.exact)
		return value_of_number(old.number - by.number);
	return value_any();
}

bool step_set(struct explorer *x, struct state *state)
{
	const struct step *step = body_step(x->body, state->step);
	struct value value = value_after(&state->env, step);
	g_autofree char *root = words_root(step->lhs);
	bool names = state->hold == HOLD_YES && !strcmp(step->op, "=") &&
		     state_mentions_pages(state, step->rhs);
	bool holder = state->hold == HOLD_YES && !strcmp(step->op, "=") && *step->rhs &&
		      state_names_holder(state, step->rhs);

	state->counted |= !words_plain(step->lhs) && strcmp(step->op, "decl") &&
			  (env_value(&state->env, step->rhs).relation == REL_SHORT ||
			   state_names_holder(state, root));
	if (strcmp(step->op, "decl"))
		env_forget(&state->env, step->lhs);
	range_forget(&state->range, step->lhs);
	if (state->passed && words_have(state->passed, step->lhs))
		state->passed = NULL;
	if (state->gone && words_have(state->gone, step->lhs) && state->hold == HOLD_RELEASED)
		state->hold = HOLD_GONE;	/* another page now */
	if (names && *step->type == 'p' && state_names_pages(state, step->rhs))
		value = value_of_signs(SIGN_POS);
	if (live_matters(x->live, root))
		env_set(&state->env, x->bodies->strings, step->lhs, value);
	if (!strcmp(step->op, "=") && words_plain(step->lhs) && gives_zeroed(x->body, state->step))
		env_zeroed(&state->env, x->bodies->strings, step->lhs);
	if (!strcmp(step->op, "=") && !names && state_has_key(state, step->lhs)) {
		if (state->key_count > 1 && words_plain(step->lhs))
			drop_key(state, step->lhs);
		else if (state->hold == HOLD_YES)
			state->hold = HOLD_GONE;	/* lost from sight */
	}
	if ((names || holder) && *step->rhs == '@' && words_plain(step->rhs) &&
	    words_plain(step->lhs) && !g_str_has_prefix(step->lhs, "::"))
		rename_keys(x, state, step->rhs, step->lhs);
	else if (names)
		store_pages(x, state, step->lhs);
	else if (holder)
		state->hold = HOLD_GONE;	/* kept elsewhere, or two names of one object */
	return true;
}
