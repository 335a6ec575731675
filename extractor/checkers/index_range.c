// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "checkers/index_range.h"
#include "checkers/dominance.h"
#include "checkers/expr_text.h"

static const char *intern(const struct bodies *bodies, const char *text)
{
	return g_string_chunk_insert_const(bodies->strings, text);
}

/* Where so many entries from there on end: "n" for (n - from) of them. */
static const char *end_of(const struct bodies *bodies, const char *from, const char *count)
{
	g_autofree char *left = NULL, *right = NULL;
	char op;

	if (!strcmp(from, "0"))
		return intern(bodies, count);
	if (words_sides(count, "-", &op, &left, &right) && !strcmp(right, from))
		return intern(bodies, left);
	return NULL;
}

struct range range_of_call(const struct bodies *bodies, const struct step *step)
{
	const char *pages = step_pages(bodies, step), *count = step_count(bodies, step);
	g_autofree char *base = pages ? words_base(pages) : NULL;
	g_autofree char *from = pages ? words_offset(pages) : NULL;
	struct range range = { 0 };

	if (!base || *base == '@' || strchr(base, '?'))
		return range;
	if (count && (!strcmp(count, "1") || strchr(count, '?')))
		return range;
	if (!count && (strchr(pages, '[') || strcmp(pages, base)))
		return range;
	range.base = intern(bodies, base);
	range.one = !count;
	if (count) {
		range.from = intern(bodies, from);
		range.to = end_of(bodies, from, count);
	}
	return range;
}

/* "page" stands for pages[i] where it was set so in the loop. */
static const char *entry_of(const struct body *body, int head, int release, const char *pages)
{
	for (int i = release - 1; words_plain(pages) && i > head; i--) {
		const struct step *step = body_step(body, i);

		if (step->kind == STEP_SET && !strcmp(step->lhs, pages) && !strcmp(step->op, "="))
			return step->rhs;
	}
	return pages;
}

/* Not each time round: something else than the loop's own number decides. */
static bool is_conditional(const struct body *body, int head, int release, const char *counter)
{
	for (int i = head + 1; i < release; i++) {
		const struct step *step = body_step(body, i);
		bool own = words_have(step->lhs, counter) && !strchr(step->lhs, '[');

		if (step->kind == STEP_TEST && !own && shape_condition(body, i, release) >= 0)
			return true;
	}
	return false;
}

static bool set_in_loop(const struct body *body, int head, const char *name)
{
	for (int i = head + 1; i < body_step(body, head)->no; i++)
		if (body_step(body, i)->kind == STEP_SET && words_have(name, body_step(body, i)->lhs))
			return true;
	return false;
}

/* "+=" or "-=" when that is how the counter goes on, by one; else "". */
static const char *way_of(const struct body *body, int head, const char *counter)
{
	const char *way = "";

	for (int i = head + 1; i < body_step(body, head)->no; i++) {
		const struct step *step = body_step(body, i);

		if (step->kind != STEP_SET || strcmp(step->lhs, counter))
			continue;
		if (*way || strcmp(step->rhs, "1"))
			return "";
		way = step->op;
	}
	return way;
}

static const char *start_of(const struct bodies *bodies, const struct body *body, int head,
			    const char *counter)
{
	for (int i = head - 1; i > 0 && body_step(body, i)->kind == STEP_SET; i--)
		if (!strcmp(body_step(body, i)->lhs, counter))
			return strcmp(body_step(body, i)->op, "=") ? NULL :
			       intern(bodies, body_step(body, i)->rhs);
	return NULL;
}

static const char *bound_of(const struct bodies *bodies, const struct body *body, int head,
			    const char *counter)
{
	for (int i = head + 1; i < body_step(body, head)->no; i++) {
		const struct step *step = body_step(body, i);

		if (step->kind == STEP_TEST && !strcmp(step->lhs, counter) && !strcmp(step->op, "<"))
			return set_in_loop(body, head, step->rhs) ? NULL : intern(bodies, step->rhs);
	}
	return NULL;
}

struct range range_of_loop(const struct bodies *bodies, const struct body *body, int head,
			   int release)
{
	const struct step *step = body_step(body, release);
	const char *pages = step_has_role(step, ROLE_RELEASE) ? step_pages(bodies, step) : NULL;
	const char *entry = pages ? entry_of(body, head, release, pages) : "";
	g_autofree char *base = words_base(entry), *counter = words_offset(entry);
	struct range range = { 0 };
	const char *way;

	if (!words_plain(counter) || step_count(bodies, step) || !*base || *base == '@' ||
	    shape_loop_around(body, release) != head || is_conditional(body, head, release, counter) ||
	    set_in_loop(body, head, base))
		return range;
	way = way_of(body, head, counter);
	if (!strcmp(way, "+=")) {
		range.from = start_of(bodies, body, head, counter);
		range.to = bound_of(bodies, body, head, counter);
	} else if (!strcmp(way, "-=")) {
		range.from = intern(bodies, "0");
	}
	if (range.from || range.to)
		range.base = intern(bodies, base);
	return range;
}

bool ranges_meet(const struct range *a, const struct range *b)
{
	if (!a->base || a->base != b->base || a->one != b->one)
		return false;
	return a->one || (a->from && a->from == b->from) || (a->to && a->to == b->to);
}

void range_forget(struct range *range, const char *lhs)
{
	g_autofree char *base = NULL, *root = NULL, *own = NULL;

	if (!range->base || !*lhs)
		return;
	base = words_base(lhs);
	root = words_root(lhs);
	own = words_root(range->base);
	if (!strcmp(base, range->base) || words_have(range->base, lhs) ||
	    (!words_plain(lhs) && !strcmp(root, own)) || (range->to && words_have(range->to, lhs)))
		*range = (struct range){ 0 };
	else if (range->from && words_have(range->from, lhs))
		range->from = NULL;
}

const char *text_of_callee(const struct bodies *bodies, const struct body *callee,
			   const struct step *call, const char *text)
{
	g_autofree char *root = words_root(text);
	g_autofree char *outside = NULL;

	if (*text && strspn(text, G_CSET_DIGITS) == strlen(text))
		return text;
	for (int i = 0; callee->params[i] && call->args[i]; i++) {
		if (strcmp(callee->params[i], root))
			continue;
		if (strchr(call->args[i], '?'))
			return NULL;
		if (!strcmp(text, root))
			return intern(bodies, call->args[i]);
		if (strpbrk(text, " [(@?"))
			return NULL;	/* perhaps by a number that its caller does not have */
		outside = words_replace_root(text, root, call->args[i]);
		return intern(bodies, outside);
	}
	return NULL;
}

struct range range_of_callee(const struct bodies *bodies, const struct body *callee,
			     const struct step *call, const struct range *inside)
{
	const char *array = inside->base ? text_of_callee(bodies, callee, call, inside->base) : NULL;
	g_autofree char *base = array ? words_base(array) : NULL;
	g_autofree char *from = array ? words_offset(array) : NULL;
	struct range range = { 0 };

	if (!array || (inside->one && (strchr(array, '[') || strcmp(array, base))))
		return range;
	range.base = intern(bodies, base);
	range.one = inside->one;
	if (range.one)
		return range;
	range.from = inside->from ? text_of_callee(bodies, callee, call, inside->from) : NULL;
	range.to = inside->to ? text_of_callee(bodies, callee, call, inside->to) : NULL;
	if (strcmp(from, "0")) {	/* (pages + from, n) */
		bool whole = range.from && !strcmp(range.from, "0");

		range.from = whole ? intern(bodies, from) : NULL;
		range.to = whole && range.to ? end_of(bodies, from, range.to) : NULL;
	}
	return range;
}
