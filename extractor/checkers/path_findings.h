/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_PATH_FINDINGS_H
#define GUPCONV_CHECKERS_PATH_FINDINGS_H

#include "decide/decision.h"

/*
 * Runs all checkers. Adds to tables finding and finding_step, within the caller's
 * transaction. feeds: of struct page_source, as links were made from them.
 */
bool path_findings(struct db *db, const struct evidence *evidence, const GPtrArray *feeds,
		   GError **error);

#endif
