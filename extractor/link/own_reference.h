/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_OWN_REFERENCE_H
#define GUPCONV_LINK_OWN_REFERENCE_H

#include "link/match.h"

/*
 * Pages of a pin that get_page() or its like was called for on their way have an ordinary
 * reference besides the pin: put_page() drops that one, and unpin_user_page() the pin. A
 * pair of the pin with such a put_page() becomes a decoy.
 */
void pairs_drop_own_references(const struct graph *graph, const GPtrArray *references,
			       GPtrArray *pairs);

/* Of struct call_info *: the calls that take a reference of a page. Caller frees. */
GPtrArray *reference_calls(const struct graph *graph);
/*
 * The kind of a source for a release: pages of callers out of sight are none with a reference
 * for it where an inline function of a header takes one of its own on their way, as
 * sk_msg_page_add() does. Such functions are short, and do so for whatever they are given.
 *
 * beside: an acquire's pages come to the release as well. A public function, which an acquire's
 * function and others call (report(page, flags)), may take a reference in its file of what these
 * others give it, where it is not told that there is one already: the release drops either.
 */
enum feed_kind own_reference_kind(const struct graph *graph, const GPtrArray *references,
				  const struct page_source *feed, const struct call_info *release,
				  bool beside);

#endif
