/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_PATCH_SOURCE_VALUE_EXPRESSION_H
#define GUPCONV_CONVERT_PATCH_SOURCE_VALUE_EXPRESSION_H

#include "convert/patch_source/header_values.h"

/*
 * The value of an integer constant expression of C over the names that headers define, in 64
 * bits, and of
 *	defined(NAME)		do the headers define it?
 *	unused(N, FIRST, LAST)	has no name that is defined from FIRST on and before LAST the
 *				value N? Names with parameters or without a value do not count.
 *	bits(STRUCT.MEMBER)	the width of an integer member, as header_member_bits() has it
 * known, if not NULL, gets "NAME is N" for each name of the expression. An error of EXIT_INPUT
 * if a value cannot be told.
 */
bool value_evaluate(const struct header_values *values, const char *expression, gint64 *result,
		    GString *known, GError **error);

#endif
