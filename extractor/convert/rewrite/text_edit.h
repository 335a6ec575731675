/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_REWRITE_TEXT_EDIT_H
#define GUPCONV_CONVERT_REWRITE_TEXT_EDIT_H

#include <glib.h>

/**
 * struct text_edit - bytes of a file that become others
 * @start, @end: offsets, from the first byte to the one after the last
 * @first, @last: the tokens that they hold, both ends inclusive; -1: a directive, which has none
 * @text: what stands there then
 *
 * In an array of them (GArray with text_edit_clear()) they are in the order of the text and do
 * not overlap.
 */
struct text_edit {
	guint start, end;
	int first, last;
	char *text;
};

/* An empty array. */
GArray *text_edits_new(void);
/*
 * Takes the text. Returns false, and frees it, where another edit is in the way; the same edit
 * once more is none.
 */
gboolean text_edits_add(GArray *edits, struct text_edit edit);

#endif
