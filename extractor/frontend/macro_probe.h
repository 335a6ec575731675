/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_MACRO_PROBE_H
#define GUPCONV_FRONTEND_MACRO_PROBE_H

#include <glib.h>

#define PROBE_FUNCTION "gupconv_probe"

/*
 * A copy of a C text with a function at its end that uses a macro of it, each
 * argument a struct page *, so that a body which nothing else in the file
 * expands is seen by the parser. NULL when the text defines no such
 * function-like macro. name is a macro's, text ends with NUL.
 */
char *probe_text(const char *text, const char *name);

#endif
