/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_PATH_FINDINGS_H
#define GUPCONV_CHECKERS_PATH_FINDINGS_H

#include "cfg/cfg_load.h"
#include "dataflow/graph.h"

/*
 * Runs all checkers. Adds to tables finding and finding_step, within the caller's
 * transaction. feeds: of struct page_source, as links were made from them.
 */
bool path_findings(struct db *db, const struct graph *graph, const struct cfg *cfg,
		   const GPtrArray *feeds, GError **error);

#endif
