/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_CHECKERS_H
#define GUPCONV_CHECKERS_CHECKERS_H

#include "link/page_source.h"

/*
 * What goes wrong on a path: pages that are not released, or twice, and hazards
 * of releases. Adds to tables finding and finding_step, within the caller's
 * transaction. feeds: as links were made from them.
 */
bool path_findings(struct db *db, const struct graph *graph, const GPtrArray *feeds, GError **error);

#endif
