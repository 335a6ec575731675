/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_SELECT_RULE_SELECT_H
#define GUPCONV_CONVERT_SELECT_RULE_SELECT_H

#include "ctext/tokens.h"

/**
 * struct shape - how a release is written, and so which rule fits
 * @rule: file in cocci/ without its ending; NULL: none may be used, and @reason says why
 * @reason: why no rule that does more fits, or ""
 * @first, @last: the tokens that the rule replaces
 */
struct shape {
	const char *rule;
	const char *reason;
	int first, last;
};

/* The rule for the release call at token `callee`. */
struct shape shape_of(const struct tokens *tokens, int callee);

/* The rule for a call that keeps its form: its loop's, or that for a single page. */
const char *shape_stays(const struct tokens *tokens, int callee);

#endif
