/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_SELECT_RULE_SELECT_H
#define GUPCONV_CONVERT_SELECT_RULE_SELECT_H

#include "convert/select/rules.h"
#include "convert/select/site_view.h"

/**
 * struct rule_choice - the rule that fits how a release is written
 * @rule: NULL: none may be used, for @reason
 * @reason: why no rule that does more fits, or REASON_NONE
 * @stays: @reason is not set: the site keeps the one that it has
 * @first, @last: the tokens that the rule replaces
 */
struct rule_choice {
	const struct rule *rule;
	enum reason_code reason;
	int first, last;
	bool stays;
};

/* For a release. */
struct rule_choice rule_select(const struct site_view *view);

/* The rule for a call that keeps its form: its loop's, or that for a single page. */
const struct rule *rule_select_kept(const struct tokens *tokens, int callee);

#endif
