/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_SELECT_COUNT_SIGN_H
#define GUPCONV_CONVERT_SELECT_COUNT_SIGN_H

#include "convert/select/token_range.h"

/*
 * Sign of a count: can it be an error code where a loop starts? Each assignment
 * of the variable that may give a negative value (a call that may fail, a
 * literal, a copy of such a variable, an argument of a static function) must be
 * followed by a check that leaves, or stand behind one. Copies are followed 3
 * deep, callers in the file 2 deep; beyond that the value counts as no error.
 */
bool count_sign_not_negative(const struct tokens *tokens, const struct function *function,
			     struct token_range count, int loop_first, int loop_last);

#endif
