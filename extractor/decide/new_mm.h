/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DECIDE_NEW_MM_H
#define GUPCONV_DECIDE_NEW_MM_H

#include "decide/decision.h"

/*
 * The member ("linux_binprm.mm") that an argument of the acquire comes from, if it holds the mm of a
 * program that has not begun (knowledge "new-mm"); NULL for none. Source of the rule: pin_user_pages*()
 * set MMF_HAS_PINNED in the mm (mm/gup.c), which nothing clears again.
 */
const char *new_mm_of(const struct deciding *d, const struct call_info *acquire);

#endif
