/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_TIDY_LOOP_NORMALISE_H
#define GUPCONV_CONVERT_TIDY_LOOP_NORMALISE_H

#include "convert/select/loop_pattern.h"

/*
 * A loop that goes is shown to spatch without what spatch would lose or does
 * not know: comments inside of it stand before it, and "do S while (x);" is
 * "while (x) S".
 */

/* Can all that the loop holds besides its code be kept? If not, *reason says why. */
bool loop_is_respellable(const struct tokens *tokens, const struct loop *loop,
			 const char **reason);

/* The loop in tokens first..last with the name at `callee` replaced by the mark; NULL
 * when it may stay as it is. */
char *loop_respell(const struct tokens *tokens, int first, int last, int callee,
		   const char *mark);

#endif
