/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_RELEASED_BEFORE_H
#define GUPCONV_LINK_RELEASED_BEFORE_H

#include "cfg/cfg_load.h"
#include "link/page_source.h"

/* The node calls a release, of that expression. */
bool releases_page(const struct graph *graph, const struct ir_node *node, const struct expr *page);

/*
 * put_page(page); report(pfn): one page that its function has released on each path to a use of it
 * goes on without the acquire's reference, be it as a pointer or as a number. Where no path leads
 * from the acquire to a use of the variable, that has another page there. Adds the flows of such
 * uses, of struct reach_cut, to the cuts.
 */
void cut_released(const struct graph *graph, const struct cfg *cfg,
		  const struct page_source *feed, GArray *cuts);

#endif
