// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "checkers/check_hazards.h"
#include "checkers/expr_text.h"

#define MAX_DEPTH 7

/**
 * struct dirtying - what is known of locks and handlers
 * @locks: name -> "enter", "leave" or "handler N"
 * @handlers: bodies that run where nothing may sleep -> the step that says so
 */
struct dirtying {
	struct report *report;
	const GPtrArray *feeds;
	GHashTable *locks;
	GHashTable *handlers;
};

/* spin_lock_irqsave() and others are macros over functions with a line before their name. */
static const char *lock_detail(const struct dirtying *d, const char *callee)
{
	const char *detail = g_hash_table_lookup(d->locks, callee);

	if (!detail && g_str_has_prefix(callee, "_raw_"))
		detail = g_hash_table_lookup(d->locks, callee + strlen("_raw_"));
	if (strstr(callee, "kunmap_atomic"))
		return "leave";
	if (!detail && g_str_has_prefix(callee, "kmap_atomic"))
		detail = "enter";
	return detail ? detail : "";
}

static bool load_locks(struct dirtying *d)
{
	sqlite3_stmt *stmt = db_query(d->report->db, "finding_locks");
	GError *failure = NULL;

	while (db_step(d->report->db, stmt, &failure))
		g_hash_table_insert(d->locks, g_strdup(db_text(stmt, 0)), g_strdup(db_text(stmt, 1)));
	if (failure)
		g_propagate_error(&d->report->error, failure);
	return !failure;
}

static void add_handler(struct dirtying *d, const struct body *body, const struct step *why, int depth)
{
	if (!body || g_hash_table_contains(d->handlers, body))
		return;
	g_hash_table_insert(d->handlers, (void *)body, (void *)why);
	for (guint i = 0; depth && i < body->steps->len; i++)
		if (body_step(body, i)->kind == STEP_CALL)
			add_handler(d, bodies_callee(d->report->bodies, body, body_step(body, i)->lhs),
				    why, depth - 1);
}

/* "timer.function = fn", "urb->complete = fn": where table api has the member's name. */
static void find_stored(struct dirtying *d, const struct body *body, const struct step *step)
{
	const char *dot = strrchr(step->lhs, '.'), *arrow = g_strrstr(step->lhs, "->");
	const char *member = arrow && (!dot || dot < arrow) ? arrow + 2 : dot ? dot + 1 : "";

	if (!strcmp(step->op, "=") && !g_strcmp0(g_hash_table_lookup(d->locks, member), "member"))
		add_handler(d, bodies_callee(d->report->bodies, body, step->rhs + (*step->rhs == '&')),
			    step, 3);
}

static void find_handlers(struct dirtying *d)
{
	const struct bodies *bodies = d->report->bodies;

	for (guint i = 0; i < bodies->list->len; i++) {
		const struct body *body = bodies->list->pdata[i];

		for (guint s = 0; s < body->steps->len; s++) {
			const struct step *step = body_step(body, s);
			const char *detail = step->kind == STEP_CALL ? lock_detail(d, step->lhs) : "";
			guint index;

			if (step->kind == STEP_SET)
				find_stored(d, body, step);
			if (!g_str_has_prefix(detail, "handler "))
				continue;
			index = atoi(detail + strlen("handler "));
			if (index < g_strv_length(step->args))
				add_handler(d, bodies_callee(bodies, body, step->args[index] +
							     (*step->args[index] == '&')), step, 3);
		}
	}
}

/* The step that took the lock under which another is reached, on some path; or NULL. */
static const struct step *lock_around(const struct dirtying *d, const struct body *body, int to)
{
	guint count = body->steps->len;
	g_autofree int *taken = g_new(int, count * (MAX_DEPTH + 1));
	g_autoptr(GArray) work = g_array_new(FALSE, FALSE, sizeof(int));
	int start = 0;

	memset(taken, 0xff, sizeof(int) * count * (MAX_DEPTH + 1));
	taken[0] = 0;
	g_array_append_val(work, start);
	while (work->len) {
		int at = g_array_index(work, int, work->len - 1);
		int number = at % count, depth = at / count, lock = taken[at];
		const struct step *step = body_step(body, number);
		const char *detail = step->kind == STEP_CALL ? lock_detail(d, step->lhs) : "";
		const int next[2] = { step->yes, step->kind == STEP_TEST ? step->no : -1 };

		g_array_set_size(work, work->len - 1);
		if (number == to && depth)
			return body_step(body, lock);
		if (!strcmp(detail, "enter") && depth < MAX_DEPTH) {
			depth++;
			lock = number;
		} else if (!strcmp(detail, "leave") && depth) {
			depth--;
		}
		for (int i = 0; i < 2; i++) {
			int index = next[i] + depth * (int)count;

			if (next[i] >= 0 && taken[index] < 0) {
				taken[index] = lock;
				g_array_append_val(work, index);
			}
		}
	}
	return NULL;
}

/* The acquire whose pages come there, or NULL. */
static const struct call_info *acquire_of(const struct dirtying *d, const struct call_info *call)
{
	for (guint i = 0; i < d->feeds->len; i++) {
		const struct feed *feed = d->feeds->pdata[i];

		if (feed->kind == FEED_ACQUIRE && reach_has(feed->reach, call->node))
			return feed->call;
	}
	return NULL;
}

static void say_atomic(struct dirtying *d, const struct body *body, int number)
{
	const struct step *step = body_step(body, number), *why;
	bool sleeps = step->call->detail == DETAIL_SLEEPS || step_has_role(step, ROLE_RELEASE);
	const char *what = sleeps ? "sleeps" : "may not become the form that locks, which sleeps";

	why = lock_around(d, body, number);
	if (why) {
		hazard_say(d->report, body, step, "atomic-dirty", step->call,
			   g_strdup_printf("%s() is called under %s() of line %d: it %s", step->lhs,
					   why->lhs, why->line, what));
		return;
	}
	why = g_hash_table_lookup(d->handlers, body);
	if (why)
		hazard_say(d->report, body, step, "atomic-dirty", step->call,
			   g_strdup_printf("%s() is called by a handler that %s%s, at line %d: it %s",
					   step->lhs, why->lhs,
					   why->kind == STEP_SET ? " is set to" : "() registers",
					   why->line, what));
}

/* The page's lock is taken somewhere before, in this function. */
static bool is_locked(const struct body *body, int to)
{
	for (int i = 0; i < to; i++) {
		const char *callee = body_step(body, i)->lhs;

		if (body_step(body, i)->kind == STEP_CALL &&
		    (strstr(callee, "lock_page") || strstr(callee, "trylock_page") ||
		     strstr(callee, "folio_lock") || strstr(callee, "folio_trylock")) &&
		    !strstr(callee, "unlock"))
			return true;
	}
	return false;
}

static void say_unlocked(struct dirtying *d, const struct body *body, int number,
			 const struct call_info *acquire)
{
	const struct step *step = body_step(body, number);
	struct finding_row row = {
		.kind = "hazard", .detail = "unlocked-dirty", .call = step->call, .other = acquire,
		.file = body->function->file, .line = step->line,
	};

	if (step_has_role(step, ROLE_RELEASE) || step->call->detail == DETAIL_SLEEPS ||
	    is_locked(body, number))
		return;
	row.message = g_strdup_printf("%s() dirties a page of %s() without its lock", step->lhs,
				      acquire->callee);
	report_row(d->report, &row);
}

static bool dirties(const struct step *step)
{
	return step_has_role(step, ROLE_DIRTY) ||
	       (step_has_role(step, ROLE_RELEASE) && strstr(step->lhs, "dirty"));
}

void find_dirty(struct report *report, const GPtrArray *feeds)
{
	struct dirtying d = {
		.report = report, .feeds = feeds,
		.locks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
		.handlers = g_hash_table_new(NULL, NULL),
	};

	if (load_locks(&d))
		find_handlers(&d);
	for (guint i = 0; i < report->bodies->list->len; i++) {
		const struct body *body = report->bodies->list->pdata[i];

		for (guint s = 0; s < body->steps->len; s++) {
			const struct step *step = body_step(body, s);
			const struct call_info *acquire = dirties(step) ? acquire_of(&d, step->call) : NULL;

			if (!acquire)
				continue;
			say_atomic(&d, body, s);
			say_unlocked(&d, body, s, acquire);
		}
	}
	g_hash_table_destroy(d.locks);
	g_hash_table_destroy(d.handlers);
}
