/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PIPELINE_WISH_MEMO_H
#define GUPCONV_PIPELINE_WISH_MEMO_H

#include "pipeline/wish.h"

/*
 * Wishes that a round of some earlier index had from the same facts, in the user's cache, by a
 * key (wish_key.h): a round without news needs no graph.
 */

/* Of struct wish *, or NULL. */
GPtrArray *wish_memo_find(const char *key);
/* Does nothing where the cache cannot be written. */
void wish_memo_keep(const char *key, const GPtrArray *wishes);

#endif
