/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PIPELINE_FINDINGS_H
#define GUPCONV_PIPELINE_FINDINGS_H

#include "decide/decision.h"

/*
 * Fills finding and finding_step from what is linked and decided. Within the
 * caller's transaction.
 */
bool findings_stage(struct db *db, const struct evidence *evidence, const GPtrArray *feeds,
		    GError **error);

#endif
