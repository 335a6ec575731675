/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PIPELINE_DISCOVER_H
#define GUPCONV_PIPELINE_DISCOVER_H

#include "pipeline/indexer.h"
#include "pipeline/wish.h"

/*
 * The wishes (wish.h) of the facts of a database (draft.h), without functions of the tables
 * that pages are not followed into. Of struct wish *; NULL on failure.
 */
GPtrArray *discover_wishes(struct db *db, const struct api_table *apis, GError **error);

/*
 * Files that name no acquire, but that the pages of one come to or that hand other pages
 * to its release: those that
 *  - name a member that holds acquired pages, of a struct whose declaration they include,
 *  - fill in a member that acquired pages are passed to the function of,
 *  - define a public function that acquired pages are passed to,
 *  - call a public function, or a member with a function, that hands acquired pages out or
 *    releases what it is given.
 * Of char *, from the tree's top, sorted, without those that are jobs. The wishes are those of
 * the facts of the jobs, and used up.
 */
GPtrArray *discover_files(struct indexer *ix, GPtrArray *wishes, GError **error);

#endif
