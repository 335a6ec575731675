/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DECIDE_HOLD_BACK_H
#define GUPCONV_DECIDE_HOLD_BACK_H

#include "decide/decision.h"

/*
 * In the eras where a release changes by itself: an acquire of which one release
 * is mixed or not understood keeps the others back, and they keep back their
 * other acquires, so that no pages are released one way here and another way
 * there. Sets struct decision.because of each.
 */
void hold_back_halves(const struct deciding *d);

#endif
