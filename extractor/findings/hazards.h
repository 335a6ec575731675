/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_HAZARDS_H
#define GUPCONV_HAZARDS_H

#include "feed.h"
#include "report.h"

/* A hazard at a step; takes message. */
void hazard_say(struct report *report, const struct body *body, const struct step *at,
		const char *detail, const struct call_info *call, char *message);

/* Pages that are dirtied where nothing may sleep, or without their lock. */
void find_dirty(struct report *report, const GPtrArray *feeds);

#endif
