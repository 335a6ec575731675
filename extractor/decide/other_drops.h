/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DECIDE_OTHER_DROPS_H
#define GUPCONV_DECIDE_OTHER_DROPS_H

#include "decide/decision.h"

/*
 * Code besides the family's releases that lowers or raises the count of an acquire's pages: frees
 * them as pages of the allocator, drops a reference by hand, hands them to what drops them later
 * as ordinary references, or takes another reference, which one of the releases drops. With the
 * pages pinned, that would free a page under its pin, or leave the pin. Places that pages of a
 * known other source come to as well are for these: a flag or a type tells them apart.
 *
 * NULL for none. Caller frees. Without references, a further reference is none: what is extracted
 * tells its pins apart from it.
 */
struct reason *other_drop_of(const struct deciding *d, const struct decision *site,
			     bool references);

#endif
