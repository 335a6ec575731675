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

#endif
