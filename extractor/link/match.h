/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_MATCH_H
#define GUPCONV_LINK_MATCH_H

#include "link/page_source.h"
#include "dataflow/call_graph.h"
#include "link/flow_order.h"
#include "model/era.h"
#include "model/link_kind.h"

/**
 * struct pair - a row of table link to be
 * @acquire: or NULL for a release alone
 * @release: never NULL
 * @feed: of the acquire, whose reach has the chain
 * @other: the release is known to drop another reference than the acquire's
 * @near: of a release alone that is not understood: of const struct call_info *, acquires
 *	whose pages may come here on a way that is not seen; else NULL
 */
struct pair {
	enum link_kind kind;
	const struct call_info *acquire;
	const struct call_info *release;
	const struct page_source *feed;
	struct reason *reason;
	bool other;
	GPtrArray *near;
};

/*
 * Takes out a pair whose release is not for the acquire. A release keeps one row at least: where
 * the pair is its last, it stays as a row without an acquire, of this kind and with this reason.
 * Takes reason; the pair may be gone afterwards.
 */
void pairs_dismiss(GPtrArray *pairs, struct pair *pair, enum link_kind kind, struct reason *reason);

/* Every release against every feed: of struct pair *, by release and acquire. */
GPtrArray *pairs_of(const struct graph *graph, const GPtrArray *feeds,
		    const struct call_graph *invokes, const struct cfg *cfg,
		    const struct api_table *apis, enum era era);

#endif
