/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_SIBLING_ACQUIRE_H
#define GUPCONV_LINK_SIBLING_ACQUIRE_H

#include "cfg/cfg_load.h"
#include "link/page_source.h"

/*
 * Acquires of one function that fill one array, one after the other or part by part: which of
 * them a flow or a release is of. Points-to alone cannot tell, as an array is one place.
 */

/*
 * Walks the acquires of feeds anew that have such a sibling, without the flows that are the
 * sibling's:
 * - out of the array, at a node that no path from the acquire comes to without another acquire
 *   into the same entries before it (the array is overwritten: a strong update);
 * - between "q = p + k" and p, where an acquire of its own fills q and another one p, and p is
 *   given to no function that could come to the entries of q,
 * - out of an array that an acquire of another function fills from its first entry on, behind it.
 */
void siblings_narrow(const struct graph *graph, const struct cfg *cfg, const struct api_table *apis,
		     GPtrArray *feeds);

/*
 * The acquire of the release's own function whose result is the count of the release, of one call
 * or of a loop, from the first entry of that acquire on: the id of its call. 0 where none is known.
 */
int sibling_counted(const struct graph *graph, const struct cfg *cfg,
		    const struct call_info *release);

/*
 * The release is of the array that the acquire fills, and another acquire has filled it anew on
 * each path between the two.
 */
bool sibling_overwrites(const struct graph *graph, const struct cfg *cfg, const GPtrArray *feeds,
			const struct page_source *feed, const struct call_info *release);

#endif
