// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "checkers/dominance.h"
#include "checkers/expr_text.h"

int shape_loop_around(const struct body *body, int step)
{
	for (int head = step - 1; head >= 0; head--)
		if (body_step(body, head)->kind == STEP_LOOP && body_in_loop(body, head, step))
			return head;
	return -1;
}

static void push(GArray *work, bool *seen, int step)
{
	if (step < 0 || seen[step])
		return;
	seen[step] = true;
	g_array_append_val(work, step);
}

/* From a step on, without the given outcome of a test (step * 2, + 1 for yes), to another step. */
static bool reaches(const struct body *body, int from, int to, int without_edge)
{
	g_autofree bool *seen = g_new0(bool, body->steps->len);
	g_autoptr(GArray) work = g_array_new(FALSE, FALSE, sizeof(int));

	push(work, seen, from);
	while (work->len && !seen[to]) {
		int at = g_array_index(work, int, work->len - 1);
		const struct step *step = body_step(body, at);

		g_array_set_size(work, work->len - 1);
		if (at * 2 + 1 != without_edge)
			push(work, seen, step->yes);
		if (step->kind == STEP_TEST && at * 2 != without_edge)
			push(work, seen, step->no);
	}
	return seen[to];
}

bool shape_reaches(const struct body *body, int from, int to)
{
	return from >= 0 && reaches(body, from, to, -1);
}

bool shape_leaves(const struct body *body, int test, int outcome, int step)
{
	int at = outcome ? body_step(body, test)->no : body_step(body, test)->yes;

	while (at >= 0 && (body_step(body, at)->kind == STEP_SET || body_step(body, at)->kind == STEP_JOIN))
		at = body_step(body, at)->yes;
	return at >= 0 && body_step(body, at)->kind == STEP_RETURN && !shape_reaches(body, step, at);
}

int shape_condition(const struct body *body, int test, int step)
{
	for (int outcome = 1; outcome >= 0; outcome--)
		if (!reaches(body, 0, step, test * 2 + outcome))
			return outcome;
	return -1;
}

/* "page", where page = pages[i] was set */
static bool same_page(const struct body *body, const char *tested, const char *released)
{
	g_autofree char *base = words_base(released);

	if (!strcmp(tested, released))
		return true;
	for (guint i = 0; i < body->steps->len; i++) {
		const struct step *step = body_step(body, i);

		if (step->kind == STEP_SET && !strcmp(step->op, "=") &&
		    ((!strcmp(step->lhs, base) && !strcmp(step->rhs, tested)) ||
		     (!strcmp(step->lhs, tested) && !strcmp(step->rhs, released))))
			return true;
	}
	return false;
}

/* "page = get_dump_page()": NULL says that there is none, not that an entry is missing. */
static bool is_result(const struct body *body, const char *tested)
{
	for (guint i = 0; i < body->steps->len; i++) {
		const struct step *step = body_step(body, i);
		int number = step->kind == STEP_SET && !strcmp(step->lhs, tested) && *step->rhs == '@' ?
			atoi(step->rhs + 1) : 0;

		if (number > 0 && (guint)number < body->steps->len &&
		    step_has_role(body_step(body, number), ROLE_ACQUIRE))
			return true;
	}
	return false;
}

int shape_null_guard(const struct bodies *bodies, const struct body *body, int release)
{
	const char *pages = step_pages(bodies, body_step(body, release));
	int head = shape_loop_around(body, release);

	for (int i = head + 1; pages && head >= 0 && i < body_step(body, head)->no; i++) {
		const struct step *test = body_step(body, i);
		int outcome;

		if (test->kind != STEP_TEST || strcmp(test->rhs, "0") || *test->type != 'p' ||
		    !same_page(body, test->lhs, pages) || is_result(body, test->lhs))
			continue;
		outcome = shape_condition(body, i, release);
		if (outcome == (strcmp(test->op, "!=") ? 0 : 1))
			return i;
	}
	return -1;
}

static bool reads(const struct step *step, const char *name)
{
	bool target = step->kind == STEP_SET && !strcmp(step->lhs, name);

	if (words_have(step->rhs, name))
		return true;
	return target ? strcmp(step->op, "=") && strcmp(step->op, "decl") : words_have(step->lhs, name);
}

int shape_read_after(const struct body *body, int start, const char *name)
{
	g_autofree bool *seen = g_new0(bool, body->steps->len);
	g_autoptr(GArray) work = g_array_new(FALSE, FALSE, sizeof(int));
	int found = -1;

	push(work, seen, start);
	while (work->len) {
		int at = g_array_index(work, int, work->len - 1);
		const struct step *step = body_step(body, at);

		g_array_set_size(work, work->len - 1);
		if (reads(step, name)) {
			found = found < 0 ? at : MIN(found, at);
			continue;
		}
		if (step->kind == STEP_SET && !strcmp(step->lhs, name))
			continue;
		push(work, seen, step->yes);
		if (step->kind == STEP_TEST)
			push(work, seen, step->no);
	}
	return found;
}
