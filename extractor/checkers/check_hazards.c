// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "checkers/check_hazards.h"
#include "checkers/dominance.h"
#include "checkers/expr_text.h"

static const char *kind_of_link(const struct bodies *bodies, const struct step *release)
{
	return g_hash_table_lookup(bodies->linked, GINT_TO_POINTER(release->call->id));
}

/* User pages are dropped there, by all or some of what is known. */
static bool drops_user_pages(const struct bodies *bodies, const struct step *step, bool mixed_too)
{
	const char *kind = step_has_role(step, ROLE_RELEASE) ? kind_of_link(bodies, step) : NULL;

	return !g_strcmp0(kind, "link") || (mixed_too && !g_strcmp0(kind, "mixed"));
}

void hazard_say(struct report *report, const struct body *body, const struct step *at,
		const char *detail, const struct call_info *call, char *message)
{
	struct finding_row row = {
		.kind = "hazard", .detail = detail, .call = call, .file = body->function->file,
		.line = at->line, .message = message,
	};

	report_row(report, &row);
}

static void look_for_guard(struct report *report, const struct body *body, int release)
{
	const struct step *step = body_step(body, release);
	int test = shape_null_guard(report->bodies, body, release);

	if (test >= 0)
		hazard_say(report, body, step, "null-entry", step->call,
			   g_strdup_printf("entries may be NULL: line %d asks %s %s 0 before %s()",
					   body_step(body, test)->line, body_step(body, test)->lhs,
					   body_step(body, test)->op, step->lhs));
}

static bool is_head_call(const struct body *body, const char *value)
{
	const struct step *call;
	int number = *value == '@' ? (int)g_ascii_strtoll(value + 1, NULL, 10) : 0;

	if (number <= 0 || (guint)number >= body->steps->len)
		return false;
	call = body_step(body, number);
	return strstr(call->lhs, "compound_head") || !strcmp(call->lhs, "page_folio");
}

/* put_page(compound_head(page)), or of a variable that was set so */
static void look_for_head(struct report *report, const struct body *body, int release)
{
	const struct step *step = body_step(body, release);
	const char *pages = step_pages(report->bodies, step);
	g_autofree char *base = pages ? words_base(pages) : NULL;
	int line = pages && is_head_call(body, base) ? step->line : 0;

	for (guint i = 0; base && !line && i < body->steps->len; i++) {
		const struct step *set = body_step(body, i);

		if (set->kind == STEP_SET && !strcmp(set->lhs, base) && is_head_call(body, set->rhs))
			line = set->line;
	}
	if (line)
		hazard_say(report, body, step, "compound-head", step->call,
			   g_strdup_printf("%s() is given the head of a compound page (line %d), not the page that was acquired",
					   step->lhs, line));
}

/* Nothing is done in the loop but to release, dirty and look. */
static bool only_releases(const struct body *body, int head)
{
	for (int i = head + 1; i < body_step(body, head)->no; i++)
		if (body_step(body, i)->kind == STEP_CALL &&
		    (!body_step(body, i)->call || step_has_role(body_step(body, i), ROLE_ACQUIRE)))
			return false;
	return true;
}

/* What the loop counts with, and somebody reads when it is over. */
static void look_for_count(struct report *report, const struct body *body, int release)
{
	const struct step *step = body_step(body, release);
	int head = shape_loop_around(body, release);

	if (head < 0 || !only_releases(body, head))
		return;
	for (int i = head + 1; i < body_step(body, head)->no; i++) {
		const struct step *set = body_step(body, i);
		int read;

		if (set->kind != STEP_SET || *set->lhs == '?' || !*set->op || set->op[1] != '=' ||
		    *set->type == 'p')
			continue;
		read = shape_read_after(body, body_step(body, head)->no, set->lhs);
		if (read >= 0)
			hazard_say(report, body, step, "count-used-later", step->call,
				   g_strdup_printf("the loop around %s() changes %s, which line %d reads",
						   step->lhs, set->lhs, body_step(body, read)->line));
	}
}

/* "flags & OWN", "obj->own": a word about the pages, no count and no error. */
static bool is_flag(const struct bodies *bodies, const struct body *body, const struct step *test)
{
	g_autofree char *left = NULL, *right = NULL;
	g_autofree char *root = words_root(test->lhs);
	char op;

	if (test->kind != STEP_TEST || strcmp(test->rhs, "0") || *test->type == 'p' ||
	    *test->type == '!' || strchr(test->lhs, '@') || strchr(test->lhs, '?') || *root == ':')
		return false;
	if (words_sides(test->lhs, "&", &op, &left, &right))
		return !strpbrk(right, G_CSET_A_2_Z G_CSET_a_2_z);
	if (strchr(test->lhs, '['))	/* of one entry: it is there or not */
		return false;
	if (*test->type != 'u' || words_sides(test->lhs, "+-*/", &op, &left, &right) ||
	    (words_plain(test->lhs) && body_is_local(body, test->lhs)))
		return false;
	for (guint i = 0; i < body->steps->len; i++) {
		const struct step *step = body_step(body, i);
		const char *count = step->call && step->args ? step_count(bodies, step) : NULL;

		if ((count && !strcmp(count, test->lhs)) ||
		    (step->kind == STEP_TEST && strcmp(step->op, "!=") && strcmp(step->op, "==") &&
		     (!strcmp(step->lhs, test->lhs) || !strcmp(step->rhs, test->lhs))) ||
		    (step->kind == STEP_SET && !strcmp(step->lhs, test->lhs) && step->op[1] == '='))
			return false;
	}
	return true;
}

/* On the other outcome, something else releases what the text calls so. */
static bool other_side_releases(const struct bodies *bodies, const struct body *body, int release,
				int test, int outcome)
{
	g_autofree char *base = words_base(step_pages(bodies, body_step(body, release)));
	int other_side = outcome ? body_step(body, test)->no : body_step(body, test)->yes;

	for (guint i = 0; i < body->steps->len; i++) {
		const struct step *step = body_step(body, i);
		const char *pages = step_has_role(step, ROLE_RELEASE) ? step_pages(bodies, step) : NULL;
		g_autofree char *other = pages ? words_base(pages) : NULL;

		if (other && (int)i != release && !strcmp(other, base) &&
		    shape_reaches(body, other_side, i))
			return true;
	}
	return false;
}

/* The very same question decides whether there is an acquire at all. */
static bool guards_acquire(const struct body *body, int test)
{
	for (guint i = 0; i < body->steps->len; i++)
		if (step_has_role(body_step(body, i), ROLE_ACQUIRE) && shape_condition(body, test, i) >= 0)
			return true;
	return false;
}

static void look_for_flag(struct report *report, const struct body *body, int release)
{
	const struct step *step = body_step(body, release);

	if (!step_pages(report->bodies, step))
		return;
	for (int i = release - 1; i >= 0; i--) {
		const struct step *test = body_step(body, i);
		int outcome = is_flag(report->bodies, body, test) ?
			shape_condition(body, i, release) : -1;

		if (outcome < 0 || other_side_releases(report->bodies, body, release, i, outcome) ||
		    guards_acquire(body, i) || shape_leaves(body, i, outcome, release))
			continue;
		hazard_say(report, body, step, "own-or-foreign", step->call,
			   g_strdup_printf("%s() is called only where %s %s 0 (line %d): the flag tells pages to release from others",
					   step->lhs, test->lhs,
					   outcome == !strcmp(test->op, "!=") ? "!=" : "==", test->line));
		return;
	}
}

static void look_at_releases(struct report *report, const struct body *body)
{
	for (guint i = 0; i < body->steps->len; i++) {
		const struct step *step = body_step(body, i);

		if (drops_user_pages(report->bodies, step, true))
			look_for_flag(report, body, i);
		if (!drops_user_pages(report->bodies, step, false))
			continue;
		look_for_guard(report, body, i);
		look_for_head(report, body, i);
		look_for_count(report, body, i);
	}
}

void find_hazards(struct report *report, const GPtrArray *feeds)
{
	for (guint i = 0; i < report->bodies->list->len; i++)
		look_at_releases(report, report->bodies->list->pdata[i]);
	find_dirty(report, feeds);
}
