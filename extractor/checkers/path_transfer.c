// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "checkers/liveness.h"
#include "checkers/path_state.h"
#include "checkers/expr_text.h"

/* How deep a helper is looked for a release, without a look at its paths. */
#define RELEASE_DEPTH 4

bool is_free(const char *callee)
{
	static const char *const names[] = {
		"kfree", "kvfree", "vfree", "kfree_sensitive", "kzfree", "kfree_const", "free_page",
		"free_pages", "devm_kfree", "kmem_cache_free", "kvfree_sensitive", NULL
	};

	return g_strv_contains(names, callee);
}

static bool only_prints(const char *callee)
{
	static const char *const starts[] = {
		"printk", "_printk", "_dev_", "__dynamic_", "dev_printk", "seq_printf", "trace_",
		"__warn_printk", "warn_slowpath_fmt", "drm_", "__drm_", "netdev_", "snprintf", NULL
	};

	for (int i = 0; starts[i]; i++)
		if (g_str_has_prefix(callee, starts[i]) &&
		    (strncmp(starts[i], "drm_", 4) || strstr(callee, "err") || strstr(callee, "dbg")))
			return true;
	return false;
}

static bool takes_reference(const char *callee)
{
	static const char *const names[] = {
		"get_page", "try_get_page", "folio_get", "page_ref_add", "page_ref_inc", "folio_ref_add",
		"get_user_page", "folio_try_get", "dup_user_page", NULL
	};

	return g_strv_contains(names, callee);
}

static bool has_release(const struct explorer *x, const struct body *body, int depth)
{
	for (guint i = 0; i < body->steps->len; i++) {
		const struct step *step = body_step(body, i);
		const struct body *callee;

		if (step->kind != STEP_CALL)
			continue;
		if (step_has_role(step, ROLE_RELEASE) &&
		    bodies_paired(x->bodies, x->result->acquire->id, step->call->id))
			return true;
		callee = depth ? bodies_callee(x->bodies, body, step->lhs) : NULL;
		if (callee && callee != body && has_release(x, callee, depth - 1))
			return true;
	}
	return false;
}

bool step_may_release(const struct explorer *x, const struct step *step)
{
	const struct body *callee = bodies_callee(x->bodies, x->body, step->lhs);

	return callee && callee != x->body && has_release(x, callee, RELEASE_DEPTH);
}

/* What a call has to do with the pages. */
enum touch { TOUCH_NONE, TOUCH_PAGES, TOUCH_HOLDER };

static enum touch touch_of(const struct explorer *x, const struct state *state,
			   const struct step *step)
{
	enum touch touch = TOUCH_NONE;

	for (int i = 0; step->args[i]; i++) {
		if (state_names_pages(state, step->args[i]))
			return TOUCH_PAGES;
		if (state_names_holder(state, step->args[i]) ||
		    state_names_member(x, state, step->args[i]))
			touch = TOUCH_HOLDER;
	}
	return touch;
}

static void forget_filled(struct state *state, const struct step *step)
{
	for (int i = 0; step->args[i]; i++)
		if (*step->args[i] == '&')
			env_forget(&state->env, step->args[i] + 1);
}

static bool release_is_theirs(const struct explorer *x, const struct state *state,
			      const struct step *step)
{
	const char *pages = step_pages(x->bodies, step);

	return bodies_paired(x->bodies, x->result->acquire->id, step->call->id) ||
	       (pages && state_names_pages(state, pages));
}

/* The same text, of a single page or of a whole array from its start. */
static bool same_pages(const struct explorer *x, const struct state *state, const struct step *again)
{
	const struct step *first = body_step(x->body, state->where);
	const char *one = step_pages(x->bodies, first), *other = step_pages(x->bodies, again);
	const char *count = step_count(x->bodies, first), *counted = step_count(x->bodies, again);

	if (!other || state->extra || state->loop >= 0)
		return false;
	if (!first->call)	/* a helper that was given the same */
		return g_strv_contains((const char *const *)first->args, other);
	if (!one || strcmp(one, other))
		return false;
	return !g_strcmp0(count, counted);
}

/* Twice in one round of a loop. */
static bool is_passed(const struct explorer *x, const struct state *state, const char *pages)
{
	return pages && state->passed && !strcmp(state->passed, pages) && !state->extra &&
	       state->loop >= 0 && body_in_loop(x->body, state->loop, state->step);
}

/* Entries that were released are released again. */
static bool meets_again(const struct explorer *x, const struct state *state, const struct step *again)
{
	struct range range = range_of_call(x->bodies, again);

	return !state->extra && ranges_meet(&state->range, &range);
}

static void step_release(struct explorer *x, struct state *state, const struct step *step)
{
	const char *pages = step_pages(x->bodies, step);
	const char *count = step_count(x->bodies, step);

	if (!state->started)
		return;
	if (count && env_value(&state->env, count).signs == SIGN_NEG)
		state_mark(x, state, MARK_NEGATIVE, state->step);
	if (!release_is_theirs(x, state, step))
		return;
	if (count && state->hold == HOLD_YES &&
	    env_value(&state->env, count).relation == REL_REQUEST &&
	    env_has_relation(&state->env, REL_SHORT))
		state_mark(x, state, MARK_UNFILLED, state->step);
	if (state->hold == HOLD_YES) {
		state->hold = HOLD_RELEASED;
		state->where = state->step;
		state->loop = -1;
		state->gone = pages ? g_string_chunk_insert_const(x->bodies->strings, pages) : NULL;
		state->range = range_of_call(x->bodies, step);
		state->passed = NULL;
		/* An ordinary reference takes its place. */
		state->extra |= !strcmp(step->lhs, "user_page_to_ref");
		state_note(x, state, -1, NULL);
	} else if (state->hold == HOLD_RELEASED && state->where == state->step) {
		state->passed = pages ? g_string_chunk_insert_const(x->bodies->strings, pages) : NULL;
	} else if (state->hold == HOLD_RELEASED &&
		   (is_passed(x, state, pages) || same_pages(x, state, step) ||
		    meets_again(x, state, step))) {
		state_mark(x, state, MARK_DOUBLE, state->where);
		state->hold = HOLD_GONE;
	}
}

static void step_free(struct explorer *x, struct state *state, const struct step *step)
{
	if (state->hold != HOLD_YES || !state->started)
		return;
	for (int i = 0; step->args[i]; i++)
		state_drop_keys(state, step->args[i]);
	if (!state->key_count) {
		state_mark(x, state, MARK_FREED, -1);
		state->hold = HOLD_GONE;
	}
}

/* The parameter's place has no way out: a function that only looks. */
static bool only_looks(const struct explorer *x, const struct state *state, const struct step *step)
{
	const struct graph *graph = x->bodies->graph;

	for (int i = 0; step->args[i]; i++) {
		int node;

		if (state_names_holder(state, step->args[i]) ||
		    state_names_member(x, state, step->args[i]))
			return false;
		if (!state_names_pages(state, step->args[i]))
			continue;
		node = bodies_param(x->bodies, x->body, step->lhs, i);
		if (node < 0 || graph_node(graph, node)->out->len || graph_node(graph, node)->released)
			return false;
	}
	return true;
}

/* mutex_lock(&obj->lock), kref_init(&obj->ref): what is done to a member stays there. */
static bool only_locks_or_begins(const char *callee)
{
	return strstr(callee, "lock") || strstr(callee, "init") || strstr(callee, "INIT") ||
	       g_str_has_prefix(callee, "atomic") || g_str_has_prefix(callee, "refcount_set");
}

static bool is_harmless(const struct explorer *x, const struct state *state, const struct step *step)
{
	if (only_prints(step->lhs) || takes_reference(step->lhs) ||
	    (touch_of(x, state, step) == TOUCH_HOLDER && only_locks_or_begins(step->lhs) &&
	     !bodies_callee(x->bodies, x->body, step->lhs)))
		return true;
	if (step->call) {
		if (step->call->role == ROLE_USE)
			return step->call->detail != DETAIL_SCATTER &&
			       step->call->detail != DETAIL_DIRECT_IO;
		return step->call->status != CALL_HOMONYM;
	}
	return only_looks(x, state, step);
}

/* What a function of the tree returns, by its return statements alone. */
static struct value value_of_body(const struct body *body)
{
	static const struct env nothing;
	unsigned int signs = 0;

	for (guint i = 0; i < body->steps->len; i++) {
		const struct step *step = body_step(body, i), *call = NULL;

		if (step->kind != STEP_RETURN)
			continue;
		if (*step->rhs == '@')
			call = body_step(body, atoi(step->rhs + 1));
		signs |= call && !strcmp(call->lhs, "ERR_PTR") ? SIGN_NEG :
			 env_value(&nothing, step->rhs).signs;
	}
	return value_of_signs(signs ? signs : SIGN_ANY);
}

/* Memory, or NULL; no ERR_PTR(). */
static bool gives_memory(const struct step *step)
{
	static const char *const starts[] = {
		"kmalloc", "kzalloc", "kcalloc", "kvmalloc", "kvzalloc", "kvcalloc", "vmalloc", "vzalloc",
		"vcalloc", "devm_kmalloc", "devm_kzalloc", "devm_kcalloc", "kmem_cache_alloc",
		"kmem_cache_zalloc", "__kmalloc", "__vmalloc", "__get_free_page", NULL
	};

	for (int i = 0; starts[i]; i++)
		if (g_str_has_prefix(step->lhs, starts[i]))
			return true;
	return false;
}

static struct value value_of_call(const struct explorer *x, const struct state *state,
				  const struct step *step)
{
	const struct body *callee = bodies_callee(x->bodies, x->body, step->lhs);
	struct value value;

	if ((!strcmp(step->lhs, "IS_ERR") || !strcmp(step->lhs, "IS_ERR_OR_NULL")) && step->args[0]) {
		value = env_value(&state->env, step->args[0]);
		if (value.signs == SIGN_NEG)
			return value_of_number(1);
		if (!(value.signs & SIGN_NEG) && (!step->lhs[strlen("IS_ERR")] || value.signs == SIGN_POS))
			return value_of_number(0);
		return value_of_signs(SIGN_ZERO | SIGN_POS);
	}
	if (!callee && gives_memory(step))
		return value_of_signs(SIGN_ZERO | SIGN_POS);
	return callee ? value_of_body(callee) : value_any();
}

/* What takes the pages along, and says whether it could: a table of scatterlists, a bio. */
static bool is_kept_if_it_works(const struct step *step)
{
	return step_has_role(step, ROLE_USE) && *step->type != 'v' &&
	       (step->call->detail == DETAIL_SCATTER || step->call->detail == DETAIL_DIRECT_IO);
}

static bool step_keeps(struct explorer *x, const struct state *state, const struct step *step,
		       const char *result)
{
	bool counts = step->call->detail == DETAIL_DIRECT_IO;	/* what it could take */
	struct state kept = *state, refused = *state;

	kept.hold = HOLD_GONE;
	env_set(&refused.env, x->bodies->strings, result, value_of_signs(counts ? SIGN_ZERO : SIGN_NEG));
	state_push(x, &kept, step->yes);
	state_push(x, &refused, step->yes);
	return false;
}

/* What is called when the pages are released already. */
static void step_again(struct explorer *x, struct state *state, const struct step *step)
{
	if (takes_reference(step->lhs)) {
		state->hold = HOLD_GONE;
	} else if (touch_of(x, state, step) != TOUCH_NONE && !is_harmless(x, state, step)) {
		if (step_may_release(x, step) && helper_releases_again(x, state, step))
			state_mark(x, state, MARK_DOUBLE, state->where);
		state->hold = HOLD_GONE;	/* there may be other pages now */
	}
}

bool step_call(struct explorer *x, struct state *state)
{
	const struct step *step = body_step(x->body, state->step);
	g_autofree char *result = g_strdup_printf("@%d", state->step);

	for (int i = 0; step->args[i] && !only_prints(step->lhs); i++)
		state->counted |= env_value(&state->env, step->args[i]).relation == REL_SHORT;
	env_forget(&state->env, result);
	forget_filled(state, step);
	if (!strcmp(step->lhs, "ERR_PTR") || !strcmp(step->lhs, "PTR_ERR"))
		env_set(&state->env, x->bodies->strings, result, value_of_signs(SIGN_NEG));
	else if (live_matters(x->live, result))
		env_set(&state->env, x->bodies->strings, result, value_of_call(x, state, step));
	if (step_has_role(step, ROLE_RELEASE)) {
		step_release(x, state, step);
		return true;
	}
	if (is_free(step->lhs)) {
		step_free(x, state, step);
		return true;
	}
	if (state->started && step_may_release(x, step))
		for (int i = 0; step->args[i]; i++)
			if (words_plain(step->args[i]) &&
			    env_value(&state->env, step->args[i]).signs == SIGN_NEG)
				state_mark(x, state, MARK_NEGATIVE, state->step);
	if (state->hold == HOLD_RELEASED)
		step_again(x, state, step);
	if (state->hold != HOLD_YES || touch_of(x, state, step) == TOUCH_NONE)
		return true;
	if (takes_reference(step->lhs))
		state->extra = true;
	if (step_has_role(step, ROLE_CARRY)) {
		state_add_key(x, state, result);
		if (*step->type == 'p')	/* of a page that is there */
			env_set(&state->env, x->bodies->strings, result, value_of_signs(SIGN_POS));
		return true;
	}
	if (is_kept_if_it_works(step))
		return step_keeps(x, state, step, result);
	if (step_may_release(x, step) || !is_harmless(x, state, step))
		return step_helper(x, state, step);
	return true;
}
