/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DECIDE_DECIDE_ITERATORS_H
#define GUPCONV_DECIDE_DECIDE_ITERATORS_H

#include "decide/decision.h"

/*
 * Decides an acquire of an iterator's pages, whichever code releases them: its references stay
 * ordinary (keep) where nothing can be written to the pages, where they end among ordinary ones
 * (knowledge "ordinary"), or where they are dropped before anyone uses the pages. Else
 * iov_iter_extract_pages() is the target, with the CASE that shows it; or a question is.
 * Source of the rule: Documentation/core-api/pin_user_pages.rst, and iov_iter_extract_pages() in
 * lib/iov_iter.c, which pins the pages of user iterators alone.
 */
void decide_iterator(const struct deciding *d, struct decision *site);
/* An acquire that is to become iov_iter_extract_pages(). */
bool is_to_extract(const struct decision *site);

#endif
