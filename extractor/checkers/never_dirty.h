/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_NEVER_DIRTY_H
#define GUPCONV_CHECKERS_NEVER_DIRTY_H

#include "checkers/program.h"

/*
 * The call marks pages dirty, perhaps. Not a release whose make_dirty is 0, nor one whose
 * make_dirty is a parameter, or a call under a test of a parameter, that all callers give as 0.
 */
bool call_may_dirty(const struct program *program, const struct function *function, int node);

/* It does, for all that this function alone shows: no release whose make_dirty is the number 0. */
bool call_dirties(const struct function *function, int node);

/*
 * The parameter of the function that says whether this call dirties the pages, by a test of it or
 * as make_dirty; -1: none does.
 */
int call_dirty_param(const struct function *function, int node);

#endif
