/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_SELECT_TOKEN_LIVENESS_H
#define GUPCONV_CONVERT_SELECT_TOKEN_LIVENESS_H

#include "ctext/tokens.h"

/*
 * Liveness of local variables in the text of one function, without a
 * control-flow graph: for calls that no graph has (they come out of a macro,
 * or the file did not parse) and for text that earlier patches of the series
 * have changed. An assignment reaches to the end of its block or to the next
 * label; where that does not settle it, the variable counts as live.
 */

/* Nothing reads the variable at token `word` after the tokens first..last before it is set again.
 * `again`: the loop reads what it was before, too. */
bool token_liveness_dead(const struct tokens *tokens, const struct token_function *function,
			 int word, int first, int last, bool again);

/* Can the code at token `earlier` run after that at token `later`, which stands behind it? */
bool token_liveness_runs_again(const struct tokens *tokens, const struct token_function *function,
			       int earlier, int later);

#endif
