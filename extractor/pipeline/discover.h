/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PIPELINE_DISCOVER_H
#define GUPCONV_PIPELINE_DISCOVER_H

#include "db/db.h"
#include "source/tree.h"

/*
 * Files that name no acquire, but that the pages of one come to or that hand
 * other pages to its release: those that
 *  - call a public function which hands acquired pages out or releases what it is given,
 *  - define a function that acquired pages are passed to, and release pages,
 *  - call a member that holds a function which releases what it is given, in the same
 *    directory or below,
 *  - name a field that holds acquired pages, in the same directory or below, and
 *    release pages.
 * Of char *, from the tree's top, sorted, without those in known (a set of
 * paths). The database has the facts of the files that are known.
 */
GPtrArray *wanted_files(struct db *db, const struct tree *tree, GHashTable *known, GError **error);

#endif
