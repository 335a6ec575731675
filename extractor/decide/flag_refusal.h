/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DECIDE_FLAG_REFUSAL_H
#define GUPCONV_DECIDE_FLAG_REFUSAL_H

#include "decide/decision.h"

/**
 * struct flag_refusal - a check of the flags that a function warns of, and fails by
 * @function, @node: the test, in the function itself or in one that it calls with them
 */
struct flag_refusal {
	const struct ir_function *function;
	int node;
};

/*
 * Would the target refuse the bit, in the place of this call? Abstract interpretation of the
 * target's graph, and of those that it gives the flags to, once with the bit and once without it:
 * the bit is refused where a WARN_ON() that holds, or may hold, and is followed by the return of an
 * error, comes into reach by it alone. Other arguments are what the call has: constants and
 * addresses are known, all else is not, and a test of what is not known goes both ways. bits: what
 * else is among the flags. Ends since each node of a function is left a few times, and callees are
 * entered to a fixed depth.
 */
bool flag_is_refused(const struct deciding *d, const struct call_info *call, const char *target,
		     unsigned long bits, unsigned long bit, struct flag_refusal *at);

#endif
