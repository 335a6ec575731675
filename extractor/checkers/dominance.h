/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_DOMINANCE_H
#define GUPCONV_CHECKERS_DOMINANCE_H

#include "checkers/function_body.h"

/* How a body's steps lie to each other; no values. */

/* The innermost loop around a step: its head, or -1. */
int shape_loop_around(const struct body *body, int step);
/*
 * Every way from the entry to step goes through one outcome of test: 1 yes, 0 no;
 * -1: not so.
 */
int shape_condition(const struct body *body, int test, int step);
/* The test that lets only a page that is there come to the release, or -1. */
int shape_null_guard(const struct bodies *bodies, const struct body *body, int release);
/* The other outcome of the test leaves the function at once, on a way of its own. */
bool shape_leaves(const struct body *body, int test, int outcome, int step);
/* Some way leads from one step to the other. */
bool shape_reaches(const struct body *body, int from, int to);
/* The name is read on some way from step, before anything new is put there. Its step, or -1. */
int shape_read_after(const struct body *body, int step, const char *name);

#endif
