// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "frontend/macro_probe.h"

/* The parameter list of "#define NAME(a, b)", without its parentheses. */
static char *parameters(const char *text, const char *name)
{
	g_autofree char *pattern = g_strdup_printf("^[ \\t]*#[ \\t]*define[ \\t]+%s\\(([^)]*)\\)",
						   name);
	g_autoptr(GRegex) regex = g_regex_new(pattern, G_REGEX_MULTILINE | G_REGEX_RAW, 0, NULL);
	g_autoptr(GMatchInfo) match = NULL;

	if (!regex || !g_regex_match(regex, text, 0, &match))
		return NULL;
	return g_match_info_fetch(match, 1);
}

char *probe_text(const char *text, const char *name)
{
	g_autofree char *list = parameters(text, name);
	g_autoptr(GString) declared = g_string_new(NULL), given = g_string_new(NULL);
	g_auto(GStrv) words = NULL;

	if (!list)
		return NULL;
	words = g_strsplit(list, ",", -1);
	for (char **word = words; *word; word++) {
		const char *param = g_strstrip(*word);

		if (!*param || strstr(param, "..."))
			continue;
		g_string_append_printf(declared, "%sstruct page *%s", declared->len ? ", " : "",
				       param);
		g_string_append_printf(given, "%s%s", given->len ? ", " : "", param);
	}
	return g_strdup_printf("%s\nstatic inline void " PROBE_FUNCTION "(%s)\n{\n\t%s(%s);\n}\n",
			       text, declared->len ? declared->str : "void", name, given->str);
}
