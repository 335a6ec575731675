// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "report.h"
#include "shape.h"
#include "state.h"

/* How many calls down helpers are looked into. */
#define HELPER_DEPTH 3

static int line_of(const struct exploration *e, int step)
{
	return body_step(e->body, step)->line;
}

static void say_unreleased(struct report *report, const struct exploration *e, const struct mark *mark)
{
	const char *how = mark->kind == MARK_FREED ? "the memory that holds them is freed" :
			  mark->kind == MARK_OVERWRITTEN ? "the next ones take their place" :
			  mark->certain ? "the function returns" :
			  "an error is returned, and how many there are is not said";
	struct finding_row row = {
		.kind = "unreleased", .detail = "", .call = e->acquire, .file = e->body->function->file,
		.line = line_of(e, mark->step),
		.message = g_strdup_printf("pages of %s() at line %d are not released on a path to line %d, where %s",
					   e->acquire->callee, e->acquire->line,
					   line_of(e, mark->step), how),
		.steps = report_path(e, mark, how),
	};

	report_row(report, &row);
}

static void say_double(struct report *report, const struct exploration *e, const struct mark *mark)
{
	const struct step *first = body_step(e->body, mark->other);
	const struct step *again = body_step(e->body, mark->step);
	struct finding_row row = {
		.kind = "double", .detail = "", .call = again->call ? again->call : e->acquire,
		.other = first->call, .file = e->body->function->file, .line = again->line,
		.message = g_strdup_printf("pages of %s() at line %d are released at line %d, and again at line %d",
					   e->acquire->callee, e->acquire->line, first->line, again->line),
		.steps = report_path(e, mark, "they are released again"),
	};

	report_row(report, &row);
}

/* A release within a loop, or a step's own. */
static const struct step *release_of(const struct exploration *e, int number)
{
	const struct step *step = body_step(e->body, number);

	for (int i = number; step->kind == STEP_LOOP && i < step->no; i++)
		if (step_has_role(body_step(e->body, i), "release"))
			return body_step(e->body, i);
	return step;
}

static void say_negative(struct report *report, const struct exploration *e, const struct mark *mark)
{
	const struct step *at = body_step(e->body, mark->step), *release = release_of(e, mark->step);
	struct finding_row row = {
		.kind = "hazard", .detail = "negative-count",
		.call = release->call ? release->call : e->acquire,
		.other = release->call ? e->acquire : NULL,
		.file = e->body->function->file, .line = at->line,
		.steps = report_path(e, mark, "the count is negative"),
	};

	if (at->kind == STEP_LOOP)
		row.message = g_strdup_printf("the loop's bound is negative when %s() at line %d has failed: as a count of unsigned long it would be a huge one",
					      e->acquire->callee, e->acquire->line);
	else
		row.message = g_strdup_printf("%s() is given a negative count when %s() at line %d has failed",
					      at->lhs, e->acquire->callee, e->acquire->line);
	report_row(report, &row);
}

/* The array was allocated as zero, by this function. */
static bool is_zeroed(const struct exploration *e, const struct mark *mark)
{
	for (int k = 0; k < mark->key_count; k++)
		if (body_zeroes(e->body, mark->keys[k]))
			return true;
	return false;
}

static void say_unfilled(struct report *report, const struct exploration *e, const struct mark *mark)
{
	const struct step *at = body_step(e->body, mark->step), *release = release_of(e, mark->step);
	bool zeroed = is_zeroed(e, mark);
	struct finding_row row = {
		.kind = "hazard", .detail = zeroed ? "null-entry" : "uninitialised-entry",
		.call = release->call ? release->call : e->acquire,
		.other = release->call ? e->acquire : NULL,
		.file = e->body->function->file, .line = at->line,
	};

	if (release->call && shape_null_guard(e->bodies, e->body, release -
					      body_step(e->body, 0)) >= 0)
		return;
	row.steps = report_path(e, mark, "all that was asked for is released");
	row.message = g_strdup_printf("as many entries are released as were asked for, though %s() at line %d gave fewer: the rest %s",
				      e->acquire->callee, e->acquire->line,
				      zeroed ? "is NULL" : "was never written");
	report_row(report, &row);
}

/* Entries that are not there are passed over where these pages are released: no count is needed. */
static bool has_guard(const struct report *report, const struct exploration *e)
{
	const struct bodies *bodies = report->bodies;

	for (guint i = 0; i < bodies->list->len; i++) {
		const struct body *body = bodies->list->pdata[i];

		for (guint s = 0; s < body->steps->len; s++) {
			const struct step *step = body_step(body, s);

			if (step_has_role(step, "release") &&
			    bodies_paired(bodies, e->acquire->id, step->call->id) &&
			    shape_null_guard(bodies, body, s) >= 0)
				return true;
		}
	}
	return false;
}

static void look_at_acquire(struct report *report, const struct body *body, int number)
{
	const struct step *step = body_step(body, number);
	GArray *outcomes = outcomes_of_acquire(report->bodies, body, number);
	struct exploration *e;

	if (!outcomes)
		return;
	e = explore(report->bodies, body, step->call, number, outcomes, HELPER_DEPTH);
	for (guint i = 0; e->complete && i < e->marks->len; i++) {
		const struct mark *mark = &g_array_index(e->marks, struct mark, i);

		switch (mark->kind) {
		case MARK_EXIT:
			if (mark->hold == HOLD_YES &&
			    (mark->certain || (mark->short_lost && !has_guard(report, e))))
				say_unreleased(report, e, mark);
			break;
		case MARK_FREED:
		case MARK_OVERWRITTEN:
			say_unreleased(report, e, mark);
			break;
		case MARK_DOUBLE:
			say_double(report, e, mark);
			break;
		case MARK_NEGATIVE:
			say_negative(report, e, mark);
			break;
		case MARK_UNFILLED:
			say_unfilled(report, e, mark);
			break;
		default:
			break;
		}
	}
	exploration_free(e);
}

void find_on_paths(struct report *report)
{
	for (guint i = 0; i < report->bodies->list->len; i++) {
		const struct body *body = report->bodies->list->pdata[i];

		for (guint s = 0; s < body->steps->len; s++)
			if (step_has_role(body_step(body, s), "acquire"))
				look_at_acquire(report, body, s);
	}
}
