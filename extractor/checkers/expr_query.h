/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_EXPR_QUERY_H
#define GUPCONV_CHECKERS_EXPR_QUERY_H

#include "ir/cfg.h"

/* Questions about expressions that only the checkers have. A NULL expression has none of it. */

/* An operator or leaf of this kind is anywhere in it. */
bool expr_has_op(const struct expr *e, enum expr_op op);
/* @12, @12->pages, @12.list[i]: the number of the call's node; else -1. */
int expr_result_node(const struct expr *e);
/* Its base is the result of a call, of this function or of its own. */
bool expr_is_of_result(const struct expr *e);
/* A member or element of access, however deep, and not access itself. */
bool expr_is_within(const struct expr *e, const struct expr *access);
/* A member or element of something that the call is given, or is given the address of. */
bool call_is_given(const struct ir_node *call, const struct expr *e);
/* x of &x; any other expression itself. */
const struct expr *expr_without_address(const struct expr *e);
/* Made of numbers alone. */
bool expr_is_constant(const struct expr *e);
/* A variable that a macro has made up for itself is in it. */
bool expr_has_generated_name(const struct expr *e);

#endif
