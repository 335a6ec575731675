// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/diag.h"
#include "convert/patch_source/anchor.h"
#include "convert/patch_source/source_condition.h"
#include "convert/patch_source/value_expression.h"

/* The definitions of those of the files that are there; NULL if none of them is. */
static struct header_values *values_read(struct overlay *overlay, const char *list)
{
	g_auto(GStrv) paths = g_strsplit(list, "|", -1);
	g_autoptr(header_values_t) values = header_values_new();
	bool any = false;

	for (char **path = paths; *path; path++) {
		const char *text = overlay_text(overlay, *path);

		if (text)
			header_values_add(values, text);
		any = any || text;
	}
	return any ? g_steal_pointer(&values) : NULL;
}

int condition_value(struct overlay *overlay, const char *condition, GString *known,
		    GError **error)
{
	const char *colon = strstr(condition, ": ");
	g_autoptr(header_values_t) values = NULL;
	g_autofree char *list = NULL;
	gint64 result;

	if (!colon) {
		fail(error, EXIT_INPUT, "condition without \": \": %s", condition);
		return -1;
	}
	list = g_strndup(condition, colon - condition);
	values = values_read(overlay, list);
	if (!values) {
		fail(error, EXIT_INPUT, "%s: no such file", list);
		return -1;
	}
	if (value_evaluate(values, colon + 2, &result, known, error))
		return result != 0;
	g_prefix_error(error, "%s: ", condition);
	return -1;
}

static int condition_holds(struct overlay *overlay, const char *condition, GError **error)
{
	bool wanted = !g_str_has_prefix(condition, "! ");
	const char *rest = condition + (wanted ? 0 : 2);
	int holds = g_str_has_prefix(rest, "value ") ?
		    condition_value(overlay, rest + strlen("value "), NULL, error) :
		    anchor_condition(overlay, rest, error);

	return holds < 0 ? holds : holds == wanted;
}

int conditions_hold(struct overlay *overlay, const char *list, GError **error)
{
	g_auto(GStrv) parts = g_strsplit(list, " && ", -1);

	for (char **part = parts; *part; part++) {
		int holds = condition_holds(overlay, g_strstrip(*part), error);

		if (holds <= 0)
			return holds;
	}
	return 1;
}
