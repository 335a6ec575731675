/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_REWRITE_CALL_ARGUMENT_H
#define GUPCONV_CONVERT_REWRITE_CALL_ARGUMENT_H

#include "convert/select/token_range.h"

/* The argument of that number, from 0, of the call whose name is at the token; NO_RANGE: none. */
struct token_range call_argument(const struct tokens *tokens, int callee, int number);
/*
 * The argument that names a FOLL_ flag: for a call whose arguments are not those of this kernel's
 * function, since its branch of an #if is for others.
 */
struct token_range call_argument_of_flags(const struct tokens *tokens, int callee);

#endif
