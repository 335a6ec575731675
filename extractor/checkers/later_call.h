/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_LATER_CALL_H
#define GUPCONV_CHECKERS_LATER_CALL_H

#include "checkers/checker_context.h"

/*
 * An object with pages outlives the function that fills it; another function of the same object
 * releases them later, called by code that may be out of sight. The later function is run by the
 * path engine with what the earlier one left: the pages, or entries that are released already, and
 * the values of the object's members.
 */

/**
 * struct later_call - a function that is called with the object later
 * @exit: how the earlier one, @walk's, has ended; its parameter @earlier_param is the object
 * @function: the later one; its parameter @param is the object
 * @result: all paths of the later one
 */
struct later_call {
	const struct acquire_walk *walk;
	const struct path_event *exit;
	int earlier_param;
	const struct function *function;
	int param;
	const struct path_result *result;
};

typedef void (*later_call_fn)(struct checker_context *context, const struct later_call *later,
			      void *data);

/*
 * Calls look for each function that may release the pages of an exit: has a parameter of the same
 * type as the earlier one's with the pages, and makes a release that is paired with the acquire,
 * or one of the allocator. fresh: members that the exit tells nothing of are 0, as in a new object.
 */
void each_later_call(struct checker_context *context, const struct acquire_walk *walk,
		     const struct path_event *exit, bool fresh, later_call_fn look, void *data);

/*
 * All paths of the later function once more; zero: a member of the earlier one's object that is 0
 * then, or NULL. Caller frees.
 */
struct path_result *later_run(struct checker_context *context, const struct later_call *later,
			      bool fresh, const struct expr *zero);

/*
 * A test on the event's path that was open, and decides whether the event's node is come to;
 * asked: only if it asks a function about the object (test_bit(), atomic_dec_and_test()), and
 * the answer is not 0.
 */
bool later_is_open(const struct later_call *later, const struct path_event *event, bool asked);

/* The path of the earlier function, then that of the later one. Takes the reasons; caller frees. */
GArray *later_lines(const struct later_call *later, const struct path_event *event,
		    struct reason *between, struct reason *last);

#endif
