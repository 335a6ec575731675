/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_PAGE_SOURCE_H
#define GUPCONV_LINK_PAGE_SOURCE_H

#include "link/iov_iter_origin.h"
#include "model/api.h"

enum feed_kind {
	FEED_ACQUIRE,	/* a call that hands out user pages */
	FEED_OWNER,	/* a source of other pages, with a reference that must be dropped */
	FEED_BORROWER,	/* a source that takes no reference: what is released is not its page */
	FEED_OUTSIDE,	/* a function of another file, which names no acquire */
	FEED_LOOKUP,	/* virt_to_page(): no reference, but perhaps of a page that has one */
	FEED_ADDRESS,	/* a page made of a pfn, an address or a container: of any source */
	FEED_PUBLIC,	/* callers in files that are not indexed, if there are any */
	FEED_POINTER,	/* a caller of this function through a pointer */
};

/**
 * struct page_source - something that pages start from
 * @call: of FEED_ACQUIRE
 * @source: what it is, as an argument of a reason
 * @iterator: that an acquire takes its pages of
 * @takes_back: the function that drops these pages, when that is not put_page()
 * @referenced: of FEED_BORROWER: a reference of the page is taken somewhere on its way
 * @unpinned: they have an ordinary reference, and a release of a pin does nothing to them
 * @allocates: they are new, so that __free_page() can take them back too
 * @reach: where they come to
 */
struct page_source {
	enum feed_kind kind;
	const struct call_info *call;
	struct reason *source;
	struct iov_iter_origin iterator;
	bool referenced;
	bool unpinned;
	bool allocates;
	const char *takes_back;
	struct reach *reach;
};

/*
 * All sources, of struct page_source *, in a fixed order: acquires first, by id.
 * zero_is_pinned: a pin of ZERO_PAGE() does nothing, nor does its release, so that it is
 * no page of another kind for these; it is one where an ordinary reference of it is taken.
 */
GPtrArray *page_sources_of(const struct graph *graph, const struct api_table *apis,
			   bool zero_is_pinned);

/*
 * drm_gem_put_pages() takes back what drm_gem_get_pages() gave: a field that
 * also holds such pages is not mixed for it, as they never come to put_page(). ZERO_PAGE() with an
 * ordinary reference does not come to a release of pins.
 */
bool page_source_concerns(const struct page_source *feed, const struct call_info *release);

/* The call is part of what implements the API: its function is in table api. */
bool call_implements_api(const struct graph *graph, const struct api_table *apis,
			 const struct call_info *call);
/* true for a call that the AST saw as one of the API */
bool call_is_seen(const struct call_info *call);

#endif
