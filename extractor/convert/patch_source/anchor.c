// SPDX-License-Identifier: GPL-2.0-only
#include <regex.h>
#include <string.h>

#include "convert/patch_source/anchor.h"
#include "base/diag.h"
#include "convert/tidy/diff.h"

static bool pattern_compile(regex_t *pattern, const char *regex, GError **error)
{
	char message[128];
	int rc = regcomp(pattern, regex, REG_EXTENDED | REG_NOSUB);

	if (!rc)
		return true;
	regerror(rc, pattern, message, sizeof(message));
	fail(error, EXIT_INPUT, "regex /%s/: %s", regex, message);
	return false;
}

static bool line_matches(const regex_t *pattern, const struct lines *lines, guint index)
{
	g_autofree char *line = lines_get(lines, index);

	line[strcspn(line, "\n")] = '\0';
	return !regexec(pattern, line, 0, NULL, 0);
}

/* The first line from..end-1 that matches, or end. */
static guint line_find(const regex_t *pattern, const struct lines *lines, guint from, guint end)
{
	while (from < end && !line_matches(pattern, lines, from))
		from++;
	return from;
}

static int text_matches(const char *text, const char *regex, GError **error)
{
	g_autoptr(lines_t) lines = lines_new(text);
	regex_t pattern;
	bool found;

	if (!pattern_compile(&pattern, regex, error))
		return -1;
	found = line_find(&pattern, lines, 0, lines->count) < lines->count;
	regfree(&pattern);
	return found;
}

int anchor_condition(struct overlay *overlay, const char *condition, GError **error)
{
	const char *colon = strstr(condition, ": ");
	g_autofree char *list = NULL;
	g_auto(GStrv) paths = NULL;

	if (!colon) {
		fail(error, EXIT_INPUT, "condition without \": \": %s", condition);
		return -1;
	}
	list = g_strndup(condition, colon - condition);
	paths = g_strsplit(list, "|", -1);
	for (char **path = paths; *path; path++) {
		const char *text = overlay_text(overlay, *path);
		int found = text ? text_matches(text, colon + 2, error) : 0;

		if (found)
			return found;
	}
	return 0;
}

static bool find_start(const struct lines *lines, const char *regex, enum anchor_pick pick,
		       guint *line, GError **error)
{
	guint count = 0;
	regex_t pattern;

	if (!pattern_compile(&pattern, regex, error))
		return false;
	for (guint at = line_find(&pattern, lines, 0, lines->count); at < lines->count;
	     at = line_find(&pattern, lines, at + 1, lines->count)) {
		if (!count++ || pick == ANCHOR_LAST)
			*line = at;
	}
	regfree(&pattern);
	if (!count)
		fail(error, EXIT_INPUT, "no line matches /%s/", regex);
	else if (count > 1 && pick == ANCHOR_ONLY)
		fail(error, EXIT_INPUT, "%u lines match /%s/, not one", count, regex);
	else
		return true;
	return false;
}

/* The first line after `after`, at the latest on `limit`, that matches. */
static bool find_next(const struct lines *lines, const char *regex, guint after, guint limit,
		      guint *line, GError **error)
{
	regex_t pattern;
	bool found;

	if (!pattern_compile(&pattern, regex, error))
		return false;
	*line = line_find(&pattern, lines, after + 1, limit + 1);
	found = *line <= limit;
	regfree(&pattern);
	if (!found)
		fail(error, EXIT_INPUT, "no line after line %u matches /%s/", after + 1, regex);
	return found;
}

bool anchor_range(const char *text, const char *range, enum anchor_pick pick,
		  guint *first, guint *last, GError **error)
{
	g_autoptr(lines_t) lines = lines_new(text);
	g_auto(GStrv) parts = g_strsplit(range, " ~~ ", 3);
	guint count = g_strv_length(parts);

	if (!count || !find_start(lines, parts[0], pick, first, error)) {
		if (!count)
			fail(error, EXIT_INPUT, "an empty range");
		return false;
	}
	*last = *first;
	if (count > 1 && !find_next(lines, parts[1], *first, lines->count - 1, last, error))
		return false;
	if (count < 3)
		return true;
	if (!find_next(lines, parts[2], *first, *last, first, error))
		return false;
	*last = *first;
	return true;
}
