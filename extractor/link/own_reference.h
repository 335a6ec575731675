/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_OWN_REFERENCE_H
#define GUPCONV_LINK_OWN_REFERENCE_H

#include "link/match.h"

/*
 * Pages of a pin that get_page() or its like was called for on their way have an ordinary
 * reference besides the pin: put_page() drops that one, and unpin_user_page() the pin. A
 * pair of the pin with such a put_page() becomes a decoy.
 */
void pairs_drop_own_references(const struct graph *graph, GPtrArray *pairs);

#endif
