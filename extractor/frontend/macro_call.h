/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_MACRO_CALL_H
#define GUPCONV_FRONTEND_MACRO_CALL_H

#include "ctext/call_scanner.h"
#include "frontend/tu_walk.h"

/*
 * Uses of macros that have the name of an API function: page_to_phys() is a macro on most
 * architectures, and no call in the AST. The text has its name and its arguments, and an
 * expression of the AST that comes from a macro's argument knows where in the text it was
 * written: so the expressions of each argument are found by position.
 */
struct macro_calls;

/* The calls in the text of a function's lines that may be such uses; NULL for none. */
struct macro_calls *macro_calls_of(struct unit *unit, const char *path, unsigned int line,
				   unsigned int end);
/* Looks whether an expression that is walked is an argument of one; outer ones come first. */
void macro_calls_visit(struct unit *unit, CXCursor expression);
/* Those that were seen, and are no call in the AST, become calls of the unit; frees them. */
void macro_calls_end(struct unit *unit, struct macro_calls *macros);

/**
 * struct macro_result - an expression that is all of one use's expansion
 * @name: of the macro
 * @argument: the expression of its first argument, when @has_argument
 * @calls_api: the expansion calls an API function
 */
struct macro_result {
	const char *name;
	const struct api *api;
	CXCursor argument;
	bool has_argument;
	bool calls_api;
};

/* false when the expression is no use of a macro with role carry or source. */
bool macro_result_of(struct unit *unit, CXCursor expression, struct macro_result *result);

#endif
