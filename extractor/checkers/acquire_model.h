/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_ACQUIRE_MODEL_H
#define GUPCONV_CHECKERS_ACQUIRE_MODEL_H

#include "checkers/path_engine.h"

/*
 * How an acquire call may end: it fails, hands out nothing, fewer pages than requested, or
 * all. Of struct call_outcome; NULL where its pages cannot be followed. Caller frees.
 */
GArray *acquire_outcomes(const struct program *program, const struct function *function, int call);

/*
 * The acquire takes no lock and gives up where it cannot go on: what it had come to before is
 * dropped again, and still written where its pages were to be.
 */
bool acquire_is_lockless(const struct function *function, int call);

/*
 * Of an acquire of an iterator's pages, whose result counts bytes: how many it is to give at most,
 * in bytes (@index 0) or pages (1); lib/iov_iter.c has the two behind the array. NULL: it is none.
 */
const struct expr *acquire_limit(const struct function *function, int call, int index);

#endif
