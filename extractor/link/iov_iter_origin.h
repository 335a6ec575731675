/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_IOV_ITER_ORIGIN_H
#define GUPCONV_LINK_IOV_ITER_ORIGIN_H

#include "dataflow/reachability.h"

/*
 * The memory that an iov_iter is over, followed from where it is made (import_iovec(),
 * iov_iter_init() ...; iov_iter_bvec(), iov_iter_pipe() ...) through
 * parameters, copies and fields to the acquire that takes its pages. Behind a test that holds for
 * user memory alone (iter_is_iovec()) it is over that, whoever made it.
 */
enum iterator_kind {
	ITERATOR_NONE,		/* no iterator's acquire */
	ITERATOR_USER,		/* user memory; all code that made it is seen */
	ITERATOR_KERNEL,	/* kernel memory, and nothing else */
	ITERATOR_BOTH,		/* made both ways */
	ITERATOR_UNKNOWN,	/* made out of sight */
};

/**
 * struct iov_iter_origin - of one acquire
 * @maker: a call that makes it over user memory, or NULL
 * @other: one that makes it over kernel memory, or NULL
 * @held: it comes from a member that holds none but those over kernel memory
 * @holder: that member's node
 */
struct iov_iter_origin {
	enum iterator_kind kind;
	const struct call_info *maker, *other;
	bool held;
	int holder;
};

struct iov_iter_origins;

/*
 * @tested: of struct reach_cut, or NULL: flows of iterators that are known to be over user
 * memory.
 */
struct iov_iter_origins *iov_iter_origins_new(const struct graph *graph, const GArray *tested);
void iov_iter_origins_free(struct iov_iter_origins *origins);
struct iov_iter_origin iov_iter_origin_of(const struct iov_iter_origins *origins,
					  const struct call_info *acquire);

#endif
