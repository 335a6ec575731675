/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_COUNTED_STORE_H
#define GUPCONV_LINK_COUNTED_STORE_H

#include "link/match.h"

/*
 * Stores that have a reference of their own. A function that is given a page, takes a reference of
 * it and puts it into an object (get_page(page); request->page = page) leaves its caller the one
 * that it has: what the object's page is released by drops the other one.
 *
 * An ordinary release that an acquire's pages come to by such stores alone is none of its own where
 * they come to another one, too: the pair becomes a decoy.
 */
void pairs_drop_counted(const struct graph *graph, const struct cfg *cfg,
			const GPtrArray *references, const GPtrArray *feeds, GPtrArray *pairs);

#endif
