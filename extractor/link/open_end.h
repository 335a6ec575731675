/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_OPEN_END_H
#define GUPCONV_LINK_OPEN_END_H

#include "dataflow/call_graph.h"
#include "link/page_source.h"

/*
 * Open ends: acquires whose pages are not followed to the end. All acquires of a
 * tree are indexed, and what their pages flow to is read; so a release that none
 * of them comes to can only be of acquired pages if those take a way that is not
 * seen, and such a way starts at an open end nearby.
 */
struct open_ends;

/*
 * By one pass over the steps of every acquire's reach. A caller of a public function that hands
 * acquired pages out is an open end where the pages are not seen to come to that caller.
 */
struct open_ends *open_ends_new(const struct graph *graph, const struct api_table *apis,
				const GPtrArray *feeds, const struct call_graph *invokes);
void open_ends_free(struct open_ends *ends);
/*
 * The acquires whose pages may come to the release on a way that is not seen: there is an open end
 * of theirs in its file or, outside of mm/, in its directory. by_number: the release's page is made
 * of a number or an address; then acquires of which one is taken, or that have an open end, that
 * near. Of const struct call_info *, by id. Caller frees.
 */
GPtrArray *open_ends_near(const struct open_ends *ends, const struct call_info *release,
			  bool by_number);

#endif
