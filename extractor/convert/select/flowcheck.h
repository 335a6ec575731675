/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_SELECT_FLOWCHECK_H
#define GUPCONV_CONVERT_SELECT_FLOWCHECK_H

#include "convert/select/loop_pattern.h"

/*
 * Questions about the code around a loop, answered from the text. Each answers
 * "no" when it is not sure.
 */

/* Nothing reads the variable at token `word` after the tokens first..last before it is set again.
 * `again`: the loop reads what it was before, too. */
bool variable_is_dead(const struct tokens *tokens, const struct function *function, int word,
		      int first, int last, bool again);

/* Can the code at token `earlier` run after that at token `later`, which stands behind it? */
bool runs_again(const struct tokens *tokens, const struct function *function, int earlier,
		int later);

/* The expression cannot be negative where the loop starts. */
bool count_is_sane(const struct tokens *tokens, const struct function *function,
		   struct range count, int loop_first, int loop_last);

/* The call at the token may sleep: nothing holds a spin lock or the like there. */
bool may_sleep(const struct tokens *tokens, const struct function *function, int token);

#endif
