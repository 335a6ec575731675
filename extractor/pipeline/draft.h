/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PIPELINE_DRAFT_H
#define GUPCONV_PIPELINE_DRAFT_H

#include "pipeline/indexer.h"

/*
 * A database in memory of what a search for further files needs of the facts so far: places and
 * flows, calls and functions. Each text of facts is loaded once, and put in order with all others
 * each time.
 */
struct draft;

struct draft *draft_new(struct indexer *ix, GError **error);
/* NULL is nothing. */
void draft_free(struct draft *draft);
/* Takes in the jobs that are new; the database, which is the draft's, or NULL on failure. */
struct db *draft_update(struct draft *draft, GError **error);

#endif
