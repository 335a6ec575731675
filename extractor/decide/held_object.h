/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DECIDE_HELD_OBJECT_H
#define GUPCONV_DECIDE_HELD_OBJECT_H

#include "decide/lifetime.h"

/* Evidence that an object with pages outlives the call which acquires them. Graphs may be NULL. */

/* The function puts an object where others find it: in a list, a table, a variable of all. */
bool object_is_shown(const struct knowledge *knowledge, const struct ir_function *ir);

/*
 * The function puts an object in a list in which it looks for one before, to return that instead:
 * what a request has acquired is there for the next one.
 */
bool object_is_found_again(const struct knowledge *knowledge, const struct ir_function *ir);

/*
 * A taker makes a file of the user's (an exported dma-buf), behind the call that hands out the
 * pages where it makes that itself: they are his until he closes it, whatever drops them then.
 */
bool object_is_in_file(const struct knowledge *knowledge, const struct cfg *cfg,
		       GHashTable *takers, const struct holding *holding);

/*
 * The array is one of the object that others give to a public function, and was there before: none
 * of the takers (set of struct function_info) makes it. Or a page of the function's own array or
 * variable is put into a member of such an object.
 */
bool is_in_older_object(const struct knowledge *knowledge, const struct cfg *cfg,
			GHashTable *takers, const struct holding *holding);

#endif
