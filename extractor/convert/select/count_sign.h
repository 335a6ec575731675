/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_SELECT_COUNT_SIGN_H
#define GUPCONV_CONVERT_SELECT_COUNT_SIGN_H

#include "convert/select/site_view.h"
#include "convert/select/token_range.h"

/*
 * Sign of a count: can it be an error code where the loop (or call) in tokens first..last starts?
 *
 * The graph answers for local variables: site_facts_negative(). The tokens do for members, which
 * any function of the file may set, whether it has a graph or not; for parameters, whose callers
 * need not have one; and for text without a graph. There, each assignment that may give a negative
 * value (a call that may fail, a negative literal, a copy of such a variable, an argument of a
 * static function) must be followed by a check that leaves, or stand behind one. Copies are
 * followed 3 deep, callers in the file 2 deep; beyond that the value counts as no error.
 */
bool count_sign_not_negative(const struct site_view *view, struct token_range range, int first,
			     int last);

#endif
