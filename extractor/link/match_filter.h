/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_MATCH_FILTER_H
#define GUPCONV_LINK_MATCH_FILTER_H

#include "cfg/cfg_load.h"
#include "link/page_source.h"
#include "dataflow/call_graph.h"

/* Code beside a release that tells which pages come to it. */

/*
 * if (own) __free_page(p); else put_page(p); in one function: a condition tells
 * allocated pages from others, and those do not come to put_page().
 */
bool match_filter_frees(const struct graph *graph, const struct page_source *feed,
			const struct call_info *release);

/*
 * Pages that are allocated and freed, and come to the release only through a container that each
 * user has for itself (a bio, a scatterlist): those that are freed are in others.
 */
bool match_filter_is_in_another(const struct graph *graph, const struct page_source *feed,
				const struct call_info *release);
/*
 * The kind that an ordinary reference of a source's page is beside an acquire's: where none but
 * releases of acquired pages can drop it, it is one of the two that the release drops
 * (FEED_OWNER). Else it is perhaps (FEED_ADDRESS).
 */
enum feed_kind match_filter_reference_kind(const struct graph *graph, const GPtrArray *feeds,
					   const struct page_source *source);
/*
 * A single page that is handed to a function which releases it, and that the
 * caller releases below the call as well.
 */
const struct call_info *match_filter_caller_releases(const struct graph *graph,
						     const struct page_source *feed,
						     const struct call_info *release);

/*
 * struct pipe_buffer and its like are shared by the whole kernel: code that reads one
 * which is given to it by others than this file releases their pages as well.
 */
struct reason *match_filter_strangers(const struct graph *graph, const struct call_graph *invokes,
				      const struct page_source *feed,
				      const struct call_info *release);

/*
 * Where a function fills a field by an acquire of its own and releases from it
 * below, the pages are that acquire's: those of other functions, of the same
 * family, are taken out of the list.
 */
void match_filter_keep_own(const struct graph *graph, const struct call_graph *invokes,
			   const struct call_info *release, GPtrArray *acquires);

/*
 * The pages come into the release's function by a call which no path leads from to the release:
 * the conditions of the two exclude each other. known: node of such a call, plus 1 -> the answer,
 * plus 1, for this release.
 */
bool match_filter_excluded(const struct graph *graph, const struct cfg *cfg,
			   const struct page_source *feed, const struct call_info *release,
			   GHashTable *known);

/*
 * The same of other pages with a reference: a function that fills the field by an acquire, its own
 * or one of a function that it calls, and releases from it below, releases none that others put
 * there.
 */
bool match_filter_is_refilled(const struct graph *graph, const struct call_graph *invokes,
			      const struct call_info *release, const struct page_source *owner,
			      const GPtrArray *acquires);

/*
 * Pages of another source come to a release that is for pins alone, and to one of their own as
 * well: a condition tells them from the pins, as it must.
 */
bool match_filter_is_kept_from_pins(const struct graph *graph, const struct page_source *feed,
				    const struct call_info *release);

#endif
