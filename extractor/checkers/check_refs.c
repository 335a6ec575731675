// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "link/page_source.h"
#include "checkers/acquire_summary.h"
#include "checkers/finding_writer.h"
#include "checkers/dominance.h"
#include "checkers/path_state.h"

static int line_of(const struct exploration *e, int step)
{
	return body_step(e->body, step)->line;
}

/* "get_user_pages() at line 12", "hold() at line 30 (get_user_pages() at a.c:12)" */
static char *origin_of(const struct given_walk *walk)
{
	const struct exploration *e = walk->exploration;
	const char *path;

	if (!walk->through)
		return g_strdup_printf("%s() at line %d", e->acquire->callee, e->acquire->line);
	path = graph_path(e->bodies->graph, e->acquire->file);
	return g_strdup_printf("%s() at line %d (%s() at %s:%d)", walk->through->function->name,
			       line_of(e, e->start), e->acquire->callee, path, e->acquire->line);
}

static void say_unreleased(struct report *report, const struct given_walk *walk,
			   const struct mark *mark)
{
	const struct exploration *e = walk->exploration;
	g_autofree char *origin = origin_of(walk);
	const char *how = mark->kind == MARK_FREED ? "the memory that holds them is freed" :
			  mark->kind == MARK_OVERWRITTEN ? "the next ones take their place" :
			  mark->certain ? "the function returns" :
			  "an error is returned, and how many there are is not said";
	struct finding_row row = {
		.kind = "unreleased", .detail = "", .call = e->acquire, .file = e->body->function->file,
		.line = line_of(e, mark->step),
		.message = g_strdup_printf("pages of %s are not released on a path to line %d, where %s",
					   origin, line_of(e, mark->step), how),
		.steps = report_path(e, mark, how),
	};

	report_row(report, &row);
}

static void say_double(struct report *report, const struct given_walk *walk, const struct mark *mark)
{
	const struct exploration *e = walk->exploration;
	g_autofree char *origin = origin_of(walk);
	const struct step *first = body_step(e->body, mark->other);
	const struct step *again = body_step(e->body, mark->step);
	struct finding_row row = {
		.kind = "double", .detail = "", .call = again->call ? again->call : e->acquire,
		.other = first->call, .file = e->body->function->file, .line = again->line,
		.message = g_strdup_printf("pages of %s are released at line %d, and again at line %d",
					   origin, first->line, again->line),
		.steps = report_path(e, mark, "they are released again"),
	};

	report_row(report, &row);
}

/* A release within a loop, or a step's own. */
static const struct step *release_of(const struct exploration *e, int number)
{
	const struct step *step = body_step(e->body, number);

	for (int i = number; step->kind == STEP_LOOP && i < step->no; i++)
		if (step_has_role(body_step(e->body, i), ROLE_RELEASE))
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

			if (step_has_role(step, ROLE_RELEASE) &&
			    bodies_paired(bodies, e->acquire->id, step->call->id) &&
			    shape_null_guard(bodies, body, s) >= 0)
				return true;
		}
	}
	return false;
}

static void look_at_mark(struct report *report, const struct given_walk *walk,
			 const struct mark *mark)
{
	const struct exploration *e = walk->exploration;

	switch (mark->kind) {
	case MARK_EXIT:
		if (mark->hold == HOLD_YES &&
		    (mark->certain || (mark->short_lost && !has_guard(report, e))))
			say_unreleased(report, walk, mark);
		break;
	case MARK_FREED:
	case MARK_OVERWRITTEN:
		say_unreleased(report, walk, mark);
		break;
	case MARK_DOUBLE:
		say_double(report, walk, mark);
		break;
	case MARK_NEGATIVE:
		if (!walk->through)
			say_negative(report, e, mark);
		break;
	case MARK_UNFILLED:
		if (!walk->through)
			say_unfilled(report, e, mark);
		break;
	default:
		break;
	}
}

/* No pin is taken of what an iterator over kernel memory has: only of user memory's pages. */
static bool may_be_nobodys(const GPtrArray *feeds, const struct call_info *acquire)
{
	for (guint i = 0; acquire->family == FAMILY_EXTRACT && i < feeds->len; i++) {
		const struct feed *feed = feeds->pdata[i];

		if (feed->kind == FEED_ACQUIRE && feed->call == acquire)
			return feed->iterator.kind != ITERATOR_USER;
	}
	return acquire->family == FAMILY_EXTRACT;
}

void find_on_paths(struct report *report, const GPtrArray *feeds)
{
	struct givens *givens = givens_new(report->bodies);

	for (guint i = 0; i < report->bodies->list->len; i++) {
		const GPtrArray *walks = givens_walks(givens, report->bodies->list->pdata[i]);

		for (guint w = 0; w < walks->len; w++) {
			const struct given_walk *walk = walks->pdata[w];
			const GArray *marks = walk->exploration->marks;

			if (may_be_nobodys(feeds, walk->exploration->acquire))
				continue;
			for (guint m = 0; m < marks->len; m++)
				look_at_mark(report, walk, &g_array_index(marks, struct mark, m));
		}
	}
	givens_free(givens);
}
