/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_PAGES_LIFETIME_H
#define GUPCONV_CHECKERS_PAGES_LIFETIME_H

#include "checkers/checker_context.h"

/*
 * How long the pages of an acquire are kept that a call of the function, which is the acquire or
 * hands them out, brings: decide/lifetime.h, by the releases that come to no other pages.
 */
enum lifetime pages_lifetime(const struct checker_context *context,
			     const struct function *function, int call,
			     const struct call_info *acquire);

#endif
