// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/rewrite/macro_body.h"
#include "convert/tidy/diff.h"
#include "convert/tidy/style.h"

#define TAB 8

static gsize offset_in(const char *text, guint line, guint column)
{
	const char *at = text;

	while (--line && at)
		at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL;
	return at && strlen(at) >= column ? (gsize)(at - text) + column - 1 : strlen(text);
}

/* The lines of the #define around the offset: from..to; false when it is in none. */
static bool define_around(const char *text, gsize offset, gsize *from, gsize *to)
{
	gsize start = offset;
	const char *end;

	for (;;) {
		while (start && text[start - 1] != '\n')
			start--;
		if (start < 2 || text[start - 2] != '\\')
			break;
		start--;
	}
	for (end = strchr(text + offset, '\n'); end && end[-1] == '\\'; end = strchr(end + 1, '\n'))
		;
	*from = start;
	*to = end ? (gsize)(end - text) : strlen(text);
	start += strspn(text + start, " \t");
	if (text[start] != '#')
		return false;
	start += 1 + strspn(text + start + 1, " \t");
	return g_str_has_prefix(text + start, "define");
}

int macro_body_offset(const struct work_file *file, const struct site *site)
{
	gsize offset = offset_in(file->tree, site->line, site->column), from, to;
	g_autofree char *define = NULL;
	const char *at;

	if (!g_str_has_prefix(file->tree + offset, site->callee) ||
	    !define_around(file->tree, offset, &from, &to))
		return -1;
	define = g_strndup(file->tree + from, to - from);
	at = strstr(file->start, define);
	if (!at || strstr(at + 1, define))
		return -1;
	return at - file->start + (offset - from);
}

bool macro_body_is_alias(const struct work_file *file, const struct site *site)
{
	const char *behind = file->start + site->offset + strlen(site->callee);

	return site_is_body(site) && behind[strspn(behind, " \t")] != '(';
}

bool macro_body_is(const struct work_file *file, const struct site *site, const char *text,
		   const char *name)
{
	g_autoptr(GString) define = NULL;
	g_autofree char *wanted = NULL, *folded = text_fold(text);
	gsize from, to;

	if (!define_around(file->start, site->offset, &from, &to))
		return false;
	define = g_string_new_len(file->start + from, to - from);
	g_string_erase(define, site->offset - from, strlen(site->callee));
	g_string_insert(define, site->offset - from, name);
	wanted = text_fold(define->str);
	return strstr(folded, g_strstrip(wanted));
}

void macro_body_lines(const struct work_file *file, const struct site *site, guint *first,
		      guint *last)
{
	gsize from = 0, to = 0;

	define_around(file->start, site->offset, &from, &to);
	*first = *last = 1;
	for (gsize i = 0; i < to; i++) {
		*first += i < from && file->start[i] == '\n';
		*last += file->start[i] == '\n';
	}
}

/* The line as it is, with its backslash in the column of the old line's, if tabs led there. */
static char *backslash_line(const char *old, const char *line)
{
	gsize was = strlen(old), length = strlen(line);
	GString *out;

	if (was < 2 || length < 2 || old[was - 1] != '\\' || old[was - 2] != '\t' ||
	    line[length - 1] != '\\')
		return g_strdup(line);
	for (length--; length && strchr(" \t", line[length - 1]); length--)
		;
	out = g_string_new_len(line, length);
	do {
		g_string_append_c(out, '\t');
	} while (style_width(out->str, out->len) + TAB <= style_width(old, was - 1));
	g_string_append_c(out, '\\');
	return g_string_free(out, FALSE);
}

char *macro_backslashes(const char *old_text, const char *text)
{
	g_auto(GStrv) old = g_strsplit(old_text, "\n", -1);
	g_auto(GStrv) new = g_strsplit(text, "\n", -1);
	g_autoptr(lines_t) was = lines_new(old_text), is = lines_new(text);
	g_autoptr(GArray) hunks = diff_hunks(was, is, false);

	for (guint i = 0; i < hunks->len; i++) {
		const struct hunk *hunk = &g_array_index(hunks, struct hunk, i);

		for (guint k = 0; hunk->old_count == hunk->new_count && k < hunk->new_count; k++) {
			char **line = &new[hunk->new_start + k];
			char *made = backslash_line(old[hunk->old_start + k], *line);

			g_free(*line);
			*line = made;
		}
	}
	return g_strjoinv("\n", new);
}
