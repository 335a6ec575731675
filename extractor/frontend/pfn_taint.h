/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_PFN_TAINT_H
#define GUPCONV_FRONTEND_PFN_TAINT_H

#include "frontend/location.h"

/*
 * Numbers that stand for pages without saying so by their name: what a pfn or an
 * address of a page is stored to, and what pfn_to_page() is made of, is known
 * from then on in its translation unit, and so is what it is passed to.
 */

/* The variable, parameter or field that this number is kept in stands for pages. */
void pfn_taint_note(struct unit *unit, CXCursor expression);
/* Whether an argument or the parameter that it is for is known to; then both are. */
bool pfn_taint_passes(struct unit *unit, CXCursor argument, CXCursor parameter);

#endif
