/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_SELECT_SLEEP_CONTEXT_H
#define GUPCONV_CONVERT_SELECT_SLEEP_CONTEXT_H

#include "ctext/tokens.h"

/*
 * May the call at the token sleep? Yes where no lock that forbids it is held on the way, and
 * the function, or each of its callers in the file up to 4 deep, does what sleeps, too.
 */
bool sleep_context_may_sleep(const struct tokens *tokens, const struct function *function,
			     int token);

#endif
