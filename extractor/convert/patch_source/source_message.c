// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/patch_source/source_condition.h"
#include "convert/patch_source/patch_source.h"

#define IF "#if "

/* The paragraph without its condition; *wanted tells whether that holds. */
static const char *paragraph_text(const char *paragraph, struct overlay *overlay, bool *wanted,
				  GError **error)
{
	g_autofree char *condition = NULL;
	gsize length = strcspn(paragraph, "\n");
	int holds = 1;

	if (g_str_has_prefix(paragraph, IF)) {
		condition = g_strndup(paragraph + strlen(IF), length - strlen(IF));
		paragraph += length + (paragraph[length] == '\n');
		holds = conditions_hold(overlay, condition, error);
	}
	*wanted = holds > 0;
	return holds < 0 ? NULL : paragraph;
}

char *patch_source_message(const struct patch_source *source, struct overlay *overlay,
			   GError **error)
{
	g_autofree char *path = g_build_filename(source->folder, "message", NULL);
	g_autoptr(GString) out = g_string_new(NULL);
	g_autofree char *text = NULL;
	g_auto(GStrv) paragraphs = NULL;

	if (!g_file_get_contents(path, &text, NULL, error))
		return NULL;
	paragraphs = g_strsplit(g_strchomp(text), "\n\n", -1);
	for (char **paragraph = paragraphs; *paragraph; paragraph++) {
		bool wanted;
		const char *kept = paragraph_text(*paragraph, overlay, &wanted, error);

		if (!kept) {
			g_prefix_error(error, "%s: message: ", source->name);
			return NULL;
		}
		if (wanted)
			g_string_append_printf(out, "%s%s", out->len ? "\n\n" : "", kept);
	}
	g_string_append_c(out, '\n');
	return g_strdup(out->str);
}
