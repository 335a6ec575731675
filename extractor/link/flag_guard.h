/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_FLAG_GUARD_H
#define GUPCONV_LINK_FLAG_GUARD_H

#include "cfg/cfg_load.h"
#include "link/page_source.h"

/*
 * A release may be guarded by a member of an object (if (request->own) put_page(page)), which code
 * on the pages' way stores before it hands them on, or asks before it takes them:
 *
 *	object->foreign = vma->vm_flags & VM_PFNMAP;
 *	if (object->foreign)
 *		look_up(vma, addr, &pfn);
 *	else
 *		n = get_user_pages(addr, n, FOLL_WRITE, pages);
 */

/* The members that guard a release, for flag_keeps_away(). Caller frees. */
GArray *flags_of(const struct cfg *cfg, const struct call_info *release);

/*
 * True where each value that one of them can have in a function on the way of these pages, from
 * where they come in to where they leave it, keeps the release from being made, or a test that
 * leads to where they come in has found such a value, and no other function stores another one.
 * @flags keep what was found of them.
 */
bool flag_keeps_away(const struct graph *graph, const struct cfg *cfg, GArray *flags,
		     const struct page_source *feed, const struct call_info *release);

#endif
