/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_HELPER_CLONE_H
#define GUPCONV_LINK_HELPER_CLONE_H

#include "link/match.h"

/*
 * A static helper that releases what it is given, some calls of which hand it
 * the pages of acquires and the others none of those: no release in it is right
 * for both, but with a second form of the helper each call has its own. Each
 * call hands on one kind, and is seen; else the release stays mixed.
 *
 * Makes links of the mixed pairs of such releases. Of struct form *, by release.
 */
GPtrArray *helper_clones_of(const struct graph *graph, const GPtrArray *feeds,
			    const struct call_graph *invokes, GPtrArray *pairs);
/* Rows of table helper_call. */
bool helper_clones_write(struct db *db, const GPtrArray *forms, GError **error);

#endif
