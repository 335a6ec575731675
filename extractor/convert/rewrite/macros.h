/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_REWRITE_MACROS_H
#define GUPCONV_CONVERT_REWRITE_MACROS_H

#include "convert/select/plan.h"

/*
 * Calls that a macro's body makes. The body is one text for all uses: it changes
 * if every use wants that, with the groups of all of them; else none does.
 */

/* Before anything is chosen: the bodies want what all of their uses want. */
void macros_join(struct plan *plan);
/* After the conversion: the uses are what their bodies are. */
void macros_finish(struct plan *plan);

/* Offset of the call in the text of a work file, as the tree's line and column say; or -1. */
int macro_body_offset(const struct work_file *file, const struct site *site);
/* Has the body in the new text the name in place of the call's, and nothing else changed? */
bool macro_body_is(const struct work_file *file, const struct site *site, const char *text,
		   const char *name);
/* First and last line (from 1) of the definition in the text that the rules start from. */
void macro_body_lines(const struct work_file *file, const struct site *site, guint *first,
		      guint *last);
/* Backslashes at the ends of changed lines stand where they stood. */
char *macro_backslashes(const char *old, const char *text);

#endif
