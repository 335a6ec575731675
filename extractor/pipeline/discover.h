/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PIPELINE_DISCOVER_H
#define GUPCONV_PIPELINE_DISCOVER_H

#include "pipeline/indexer.h"

/*
 * Files that name no acquire, but that the pages of one come to or that hand other pages
 * to its release: those that
 *  - name a member that holds acquired pages, of a struct whose declaration they include,
 *  - fill in a member that acquired pages are passed to the function of,
 *  - define a public function that acquired pages are passed to,
 *  - call a public function, or a member with a function, that hands acquired pages out or
 *    releases what it is given.
 * Of char *, from the tree's top, sorted, without those that are jobs. The database has the
 * facts of the jobs.
 */
GPtrArray *discover_files(struct indexer *ix, struct db *db, GError **error);

#endif
