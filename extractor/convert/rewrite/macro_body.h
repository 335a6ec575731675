/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_REWRITE_MACROS_H
#define GUPCONV_CONVERT_REWRITE_MACROS_H

#include "convert/select/site.h"

/* The text of macro definitions: conversions in them, and their backslashes. */

/* Offset of the call in the text of a work file, as the tree's line and column say; or -1. */
int macro_body_offset(const struct work_file *file, const struct site *site);
/* "#define NAME call": no rule of calls matches it, and its name is replaced. */
bool macro_body_is_alias(const struct work_file *file, const struct site *site);
/* Has the body in the new text the name in place of the call's, and nothing else changed? */
bool macro_body_is(const struct work_file *file, const struct site *site, const char *text,
		   const char *name);
/* First and last line (from 1) of the definition in the text that the rules start from. */
void macro_body_lines(const struct work_file *file, const struct site *site, guint *first,
		      guint *last);
/* Backslashes at the ends of changed lines stand where they stood. */
char *macro_backslashes(const char *old, const char *text);

#endif
