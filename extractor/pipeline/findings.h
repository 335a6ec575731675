/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PIPELINE_FINDINGS_H
#define GUPCONV_PIPELINE_FINDINGS_H

#include "cfg/cfg_load.h"
#include "link/page_source.h"

/*
 * Fills finding and finding_step from what is linked and decided. Within the
 * caller's transaction.
 */
bool findings_stage(struct db *db, const struct graph *graph, const struct cfg *cfg,
		    const GPtrArray *feeds, GError **error);

#endif
