/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DECIDE_OTHER_KERNELS_H
#define GUPCONV_DECIDE_OTHER_KERNELS_H

#include "decide/decision.h"

/*
 * A module has branches for several kernels: "#if LINUX_VERSION_CODE < ... get_user_pages(...)
 * #else ...". The call that is compiled with the kernel at hand is decided; the calls that stand
 * in its place for other kernels follow it, or one half would be pins. Those for kernels before
 * 5.6 alone stay: there, pins and references are one thing. Where a call that has to follow has
 * no counterpart, or was not understood by the parser, none of the group is converted. And where
 * the module has a pin already, "#ifdef HAVE_PIN_USER_PAGES", the other branch is for kernels
 * without, and its group stays.
 * Flags that an acquire gets beside are given to those of the other branches, too.
 */
void decide_other_kernels(const struct deciding *d);

/* The call can be compiled with a kernel that has pins: by the versions that its guard names. */
bool is_for_pins(const struct call_info *call);
/* The unconverted sites of the group get that state. Takes the reason. */
void group_leave(const struct deciding *d, int group, enum state state, struct reason *reason);

#endif
