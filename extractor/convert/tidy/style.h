/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_TIDY_STYLE_H
#define GUPCONV_CONVERT_TIDY_STYLE_H

#include <glib.h>
#include <stdbool.h>

/*
 * Gives spatch's output the style of the text: lines that differ in
 * blanks only are the old ones again, continuation lines of the others are
 * indented with tabs.
 */
char *style_repair(const char *old, const char *new);

/*
 * Calls of the functions in names (NULL at the end) on lines that differ from
 * the old text: arguments on one line where they fit, else aligned to the
 * opening parenthesis.
 */
char *style_calls(const char *old, const char *new, const char *const *names);

/* Braces go that held a loop, and now hold one line with a call of one of the names. */
char *style_braces(const char *old, const char *new, const char *const *names);

/* Tabs, and blanks for the rest, up to the column. */
void style_indent(GString *out, guint column);

/* Columns that a line takes, tabs to eight. */
guint style_width(const char *line, gsize length);

#endif
