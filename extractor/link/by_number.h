/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_BY_NUMBER_H
#define GUPCONV_LINK_BY_NUMBER_H

#include "link/match.h"

/* The pages' address is taken, in a function that they come to. */
bool by_number_goes(const struct graph *graph, const struct page_source *feed);

/*
 * Pages that are known by their number or address between acquire and release: the flow of
 * pages ends where that is taken of them, and another begins where a page is made of it
 * again. Joins the two within one file, where
 * - no release outside of its function is linked to the acquire (for ordinary references:
 *   none at all, and the pages' data or address is used; or, in an era without pins, they are put
 *   into a scatterlist, and the file has no pages of another source),
 * - the release's page is made of a number, of nothing else, and the release is for the
 *   family of the acquire,
 * - the acquire keeps the number of its pages in the member that the release's number is read
 *   from, as far as any of these acquires is seen to.
 */
void pairs_by_number(const struct graph *graph, const struct api_table *apis,
		     const struct cfg *cfg, const GPtrArray *feeds, bool pins, GPtrArray *pairs);

#endif
