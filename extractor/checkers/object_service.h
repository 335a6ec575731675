/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_OBJECT_SERVICE_H
#define GUPCONV_CHECKERS_OBJECT_SERVICE_H

#include "checkers/acquire_summary.h"

/*
 * A function that makes an object with acquired pages and returns it, and others that release what
 * is in such an object: a constructor and its destructors, by table wrapper. To their callers it is
 * the object that has to be released, wherever in it the pages are (an opaque handle).
 */

/* Sets struct function.makes and .drops of all functions; false with error set. */
bool services_load(struct program *program, struct db *db, GError **error);

/* The object as a place of a path: something within what the pointer leads to. */
const struct expr *service_place(struct expr_pool *pool, const struct expr *pointer);

/*
 * The signs of a function's result where it has made no object, by the exits of its walks (of
 * struct acquire_walk). The first is for one that returns the object, the other for one that
 * fills its caller's: that gives 0 where it has made one, or a number.
 */
unsigned int maker_failures(const GPtrArray *walks);
unsigned int filler_failures(const GPtrArray *walks);

/*
 * How a call of a function with .makes may end. failures: the signs of what it returns then.
 * Of struct call_outcome, caller frees; NULL where the object cannot be named.
 */
GArray *service_outcomes(struct expr_pool *pool, const struct function *function, int call,
			 unsigned int failures);

#endif
