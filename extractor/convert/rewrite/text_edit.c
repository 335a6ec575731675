// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/rewrite/text_edit.h"

static void text_edit_clear(void *data)
{
	struct text_edit *edit = data;

	g_free(edit->text);
}

GArray *text_edits_new(void)
{
	GArray *edits = g_array_new(FALSE, FALSE, sizeof(struct text_edit));

	g_array_set_clear_func(edits, text_edit_clear);
	return edits;
}

gboolean text_edits_add(GArray *edits, struct text_edit edit)
{
	guint at = 0;

	for (; at < edits->len; at++) {
		const struct text_edit *other = &g_array_index(edits, struct text_edit, at);

		if (other->end <= edit.start)
			continue;
		if (edit.end <= other->start)
			break;
		at = other->start == edit.start && other->end == edit.end &&
		     !strcmp(other->text, edit.text);
		g_free(edit.text);
		return at;
	}
	g_array_insert_val(edits, at, edit);
	return TRUE;
}
