/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_REF_DOWNGRADE_H
#define GUPCONV_LINK_REF_DOWNGRADE_H

#include "link/match.h"

/*
 * Where the function that acquires pages exchanges its references for ordinary
 * ones (user_page_to_ref()), that is their release: what drops the page later
 * drops another reference. A pair with the acquire becomes a decoy then.
 */
void pairs_downgrade(const struct graph *graph, const struct cfg *cfg, GPtrArray *pairs);

#endif
