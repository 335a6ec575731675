/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_DIRTYING_H
#define GUPCONV_CHECKERS_DIRTYING_H

#include "checkers/checker_context.h"

/* A call that dirties pages of acquires. */
typedef void (*dirtying_fn)(struct checker_context *context, const struct function *function,
			    int call, const struct call_info *acquire, void *data);

/* Calls look for each of them. */
void check_dirtying(struct checker_context *context, dirtying_fn look, void *data);
/* The call may sleep: it takes the lock of the page, or releases it. */
bool dirtying_sleeps(const struct function *function, int call);

/* Pages of other sources come there, too: it is not known that some page there is a user's. */
bool dirtying_is_of_others(const struct checker_context *context, const struct function *function,
			   int call);

#endif
