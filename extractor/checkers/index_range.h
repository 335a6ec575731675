/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_INDEX_RANGE_H
#define GUPCONV_CHECKERS_INDEX_RANGE_H

#include "checkers/function_body.h"

/* Which entries of an array a release drops, as far as the text says. */

/**
 * struct range - from the one entry up to, without it, the other
 * @base: the array, or the page when @one; NULL: not known. All texts are interned.
 * @from, @to: NULL: not known
 */
struct range {
	const char *base;
	const char *from, *to;
	bool one;
};

/* Of a call that is given pages and their number, or a single page by its name. */
struct range range_of_call(const struct bodies *bodies, const struct step *step);
/* Of a loop that releases one entry each time round, whatever the entry is like. */
struct range range_of_loop(const struct bodies *bodies, const struct body *body, int head,
			   int release);
/* Some entry is in both, if both have any. */
bool ranges_meet(const struct range *a, const struct range *b);
/* The variable or member has another value from here on, or the array other entries. */
void range_forget(struct range *range, const char *lhs);
/* What a range of callee's is in the words of its caller. */
struct range range_of_callee(const struct bodies *bodies, const struct body *callee,
			     const struct step *call, const struct range *inside);
/* A text of callee's in the words of its caller, interned; NULL when it has none. */
const char *text_of_callee(const struct bodies *bodies, const struct body *callee,
			   const struct step *call, const char *text);

#endif
