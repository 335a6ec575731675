/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DECIDE_OUTCOME_OF_CALL_H
#define GUPCONV_DECIDE_OUTCOME_OF_CALL_H

#include "ir/cfg.h"
#include "model/knowledge.h"

/*
 * The outcome of a test on which the call has failed: 1 yes, 0 no; -1: the node tests nothing of
 * it. count: its result is a number, 0 or less than 0 where it fails; else 0 is success.
 */
int call_failure_outcome(const struct knowledge *knowledge, const struct ir_function *function,
			 int call, int test, bool count);

#endif
