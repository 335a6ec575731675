/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_CHECK_HAZARDS_H
#define GUPCONV_CHECKERS_CHECK_HAZARDS_H

#include "link/page_source.h"
#include "checkers/finding_writer.h"

/* A hazard at a step; takes message. */
void hazard_say(struct report *report, const struct body *body, const struct step *at,
		const char *detail, const struct call_info *call, char *message);

/* Pages that are dirtied where nothing may sleep, or without their lock. */
void find_dirty(struct report *report, const GPtrArray *feeds);

#endif
