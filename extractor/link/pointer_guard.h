/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_POINTER_GUARD_H
#define GUPCONV_LINK_POINTER_GUARD_H

#include "cfg/cfg_load.h"
#include "link/page_source.h"

/*
 * An object that has pages of two kinds may tell them apart by a pointer to where the one kind
 * belongs: "if (!copy->buffer) put_page(copy->page)". True where these pages are put into the
 * object together with such a pointer, which is there as long as they are.
 */
bool pointer_keeps_away(const struct graph *graph, const struct cfg *cfg,
			const struct page_source *feed, const struct call_info *release);

#endif
