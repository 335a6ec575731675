/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PIPELINE_FOLLOW_H
#define GUPCONV_PIPELINE_FOLLOW_H

#include "pipeline/indexer.h"

/*
 * Reads the files that the pages lead to, round by round, to the fixpoint or to a bound: each
 * round has the facts of all files so far, see discover.h. Says so where a bound ends it.
 */
bool follow_all(struct indexer *ix, GError **error);

#endif
