/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DECIDE_SITE_LIFETIME_H
#define GUPCONV_DECIDE_SITE_LIFETIME_H

#include "decide/decision.h"

/* How long an acquire's pages are kept; releases that others may share tell nothing. */
enum lifetime lifetime_of_site(const struct deciding *d, const struct decision *site);

#endif
