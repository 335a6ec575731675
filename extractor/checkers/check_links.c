// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/checker.h"

/*
 * Findings that links and decisions alone give: made by db/queries/findings_of_links.sql,
 * without a look at paths.
 */

const struct finding_kind mismatched_kind = {
	.word = "mismatched",
	.title = "Pages are acquired one way and released the other",
	.help = "Release with unpin_user_page*() what pin_user_pages*() acquired, and with put_page() what get_user_pages*() did.",
	.level = "error",
	.sarif = "fail",
};
const struct checker check_mismatched = { .kind = &mismatched_kind };

static const struct finding_kind missed_kind = {
	.word = "missed",
	.title = "A release was left as it was where another of the same pages is converted",
	.help = "Convert this release too; 'gupconv explain' shows where its pages come from.",
	.level = "error", .sarif = "fail", .marks_site = true,
};
const struct checker check_missed = { .kind = &missed_kind };

static const struct finding_kind mixed_kind = {
	.word = "mixed",
	.title = "Pages of an acquire and other pages come to one release",
	.help = "Tell the two apart before this release is converted.",
	.level = "none", .sarif = "review",
};
const struct checker check_mixed = { .kind = &mixed_kind };

static const struct finding_kind unknown_kind = {
	.word = "unknown",
	.title = "It could not be decided what this call acquires or releases",
	.help = "Read the code; the message names the step that was not seen.",
	.level = "none", .sarif = "open",
};
const struct checker check_unknown = { .kind = &unknown_kind };
