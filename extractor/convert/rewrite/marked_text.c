// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/rewrite/marked_text.h"
#include "convert/rewrite/verify_edit.h"
#include "convert/tidy/loop_normalise.h"

/* The mark of an acquire keeps its name: rules look for acquires, too. */
char *site_mark(const struct site *site)
{
	return g_strdup_printf("%s%sgupconv_%" G_GINT64_FORMAT "_call",
			       site->acquire ? site->callee : "", site->acquire ? "_" : "",
			       site->id);
}

/* The text in place of the site's callee, or of the loop that goes with it. */
static struct text_edit site_edit(const struct tokens *tokens, const struct site *site, bool marked)
{
	g_autofree char *mark = marked ? site_mark(site) : g_strdup(site->callee);
	struct text_edit edit = { .start = site->offset,
				  .end = site->offset + strlen(site->callee) };

	if (site_is_collapsed(site))
		edit.text = loop_normalise(tokens, site->first, site->last, site->token, mark);
	if (!edit.text) {
		edit.text = g_steal_pointer(&mark);
		return edit;
	}
	edit.start = tokens_at(tokens, site->first)->start;
	edit.end = tokens_at(tokens, site->last)->end;
	return edit;
}

char *marked_text(const struct tokens *tokens, const GPtrArray *sites, const GArray *edits,
		  bool marked)
{
	GString *out = g_string_new(NULL);
	guint at = 0, next = 0;

	for (guint i = 0; i < sites->len || next < edits->len;) {
		const struct text_edit *edit = next < edits->len ?
			&g_array_index(edits, struct text_edit, next) : NULL;
		const struct site *site = i < sites->len ? sites->pdata[i] : NULL;
		struct text_edit here;

		if (!site || (edit && edit->start < site->offset)) {
			here = *edit;
			here.text = g_strdup(edit->text);
			next++;
		} else {
			here = site_edit(tokens, site, marked);
			i++;
		}
		g_string_append_len(out, tokens->text + at, here.start - at);
		g_string_append(out, here.text);
		at = here.end;
		g_free(here.text);
	}
	g_string_append(out, tokens->text + at);
	return g_string_free(out, FALSE);
}
