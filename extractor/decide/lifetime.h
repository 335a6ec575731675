/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DECIDE_LIFETIME_H
#define GUPCONV_DECIDE_LIFETIME_H

#include "cfg/cfg_load.h"
#include "dataflow/call_graph.h"

/*
 * How long acquired pages are kept. A pin that the user may keep for as long as he likes is CASE 2
 * of pin_user_pages.rst, whatever uses the pages; one that ends with the system call, or with the
 * request to a device that it was made for, is CASE 1.
 *
 * An interprocedural analysis of reachability over the direct calls: which code can drop the pages
 * that does not acquire them (a closing function, another command), and whether each way up from
 * the acquire drops them before it returns.
 */

/* In rising order: of several acquires of one group, the longest counts. */
enum lifetime {
	LIFETIME_UNKNOWN,
	LIFETIME_CALL,		/* dropped by the call that acquires */
	LIFETIME_REQUEST,	/* dropped when a request is completed, as it seems */
	LIFETIME_KEPT,		/* kept until another call drops them */
};

struct lifetimes;

/* All but the result must outlive it. NULL with error set. */
struct lifetimes *lifetimes_new(struct db *db, const struct graph *graph,
				const struct call_graph *invokes, const struct cfg *cfg,
				GError **error);
void lifetimes_free(struct lifetimes *lifetimes);

/**
 * struct holding - pages that a call hands out
 * @function: that makes the call, which is @node of its graph
 * @acquire: the call is the acquire itself, and its result a number of pages
 * @pages: the array or variable that it fills, NULL: not known
 * @releases: of const struct call_info *, which the pages come to
 */
struct holding {
	const struct function_info *function;
	int node;
	bool acquire;
	const struct expr *pages;
	const GPtrArray *releases;
};

enum lifetime lifetime_of(const struct lifetimes *lifetimes, const struct holding *holding);

#endif
