/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_TAKEN_HERE_H
#define GUPCONV_LINK_TAKEN_HERE_H

#include "link/match.h"

/*
 * Releases that drop a reference which their own function is seen to have: the call that takes it
 * (table knowledge, kind ref) dominates the release, and no other release of the page comes between
 * them. The reference may also be a page table's, which was taken out of it before, that of a list
 * which the page comes off, or that of a function which returns the page with one. No reference of
 * an acquire is dropped there: the pairs of such a release become a decoy.
 */
void pairs_drop_taken(const struct graph *graph, const struct cfg *cfg, GPtrArray *pairs);

#endif
