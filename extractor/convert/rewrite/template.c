// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/diag.h"
#include "convert/rewrite/template.h"

/* Names that templates use, and what they are called from v5.6 on. */
static const char *const pin_names[][2] = {
	{ "put_user_page", "unpin_user_page" },
	{ "put_user_pages", "unpin_user_pages" },
	{ "put_user_pages_dirty_lock", "unpin_user_pages_dirty_lock" },
};

static void add_bound(GHashTable *bound, const char *text)
{
	g_autoptr(GRegex) alone = g_regex_new("= \\{ (\\w+) \\}", 0, 0, NULL);
	g_autoptr(GMatchInfo) match = NULL;

	for (g_regex_match(alone, text, 0, &match); g_match_info_matches(match);
	     g_match_info_next(match, NULL))
		g_hash_table_add(bound, g_match_info_fetch(match, 1));
}

struct templates *templates_load(const char *folder, enum era era, GError **error)
{
	GDir *dir = g_dir_open(folder, 0, NULL);
	struct templates *templates;
	const char *name;

	if (!dir) {
		fail(error, EXIT_INPUT, "%s: no rules there", folder);
		return NULL;
	}
	templates = g_new0(struct templates, 1);
	templates->texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	templates->bound = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	templates->pin = era_traits(era)->pins;
	while ((name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		char *text;

		if (!g_str_has_suffix(name, ".cocci") ||
		    !g_file_get_contents(path, &text, NULL, NULL))
			continue;
		add_bound(templates->bound, text);
		g_hash_table_insert(templates->texts,
				    g_strndup(name, strlen(name) - strlen(".cocci")), text);
	}
	g_dir_close(dir);
	return templates;
}

void templates_free(struct templates *templates)
{
	if (!templates)
		return;
	g_hash_table_destroy(templates->texts);
	g_hash_table_destroy(templates->bound);
	g_free(templates);
}

static int compare_texts(gconstpointer a, gconstpointer b)
{
	return strcmp(a, b);
}

char *templates_digest(const struct templates *templates)
{
	GList *names = g_list_sort(g_hash_table_get_keys(templates->texts), compare_texts);
	GString *all = g_string_new(NULL);

	for (GList *name = names; name; name = name->next)
		g_string_append(all, g_hash_table_lookup(templates->texts, name->data));
	g_list_free(names);
	return g_string_free(all, FALSE);
}

const char *templates_name(const struct templates *templates, const char *name)
{
	for (size_t i = 0; templates->pin && i < G_N_ELEMENTS(pin_names); i++)
		if (!strcmp(pin_names[i][0], name))
			return pin_names[i][1];
	return name;
}

/* The marks of one rule's calls of the callee, as a list for spatch. */
static void append_marks(GString *out, const char *rule, const char *callee,
			 const struct binding *bindings, guint count)
{
	bool any = false;

	for (guint i = 0; i < count; i++) {
		if (strcmp(bindings[i].rule, rule) || strcmp(bindings[i].callee, callee))
			continue;
		g_string_append_printf(out, "%s%s", any ? ", " : "", bindings[i].mark);
		any = true;
	}
	if (!any)
		g_string_append(out, "gupconv_none");
}

/* A line of a template with the names that it holds bound. */
static void append_bound(GString *out, const struct templates *templates, const char *line,
			 const char *rule, const struct binding *bindings, guint count)
{
	while (*line) {
		gsize length = 0;

		while (g_ascii_isalnum(line[length]) || line[length] == '_')
			length++;
		if (!length) {
			g_string_append_c(out, *line++);
			continue;
		}
		g_autofree char *word = g_strndup(line, length);

		line += length;
		if (g_hash_table_contains(templates->bound, word))
			append_marks(out, rule, word, bindings, count);
		else
			g_string_append(out, templates_name(templates, word));
	}
	g_string_append_c(out, '\n');
}

/* " depends on patch && ...", or without a mode: what such a section finds, others change. */
static bool is_for_patch(const char *depends)
{
	return g_str_has_prefix(depends, " depends on patch") ||
	       (g_str_has_prefix(depends, " depends on ") &&
		g_str_has_suffix(depends, "_acquire@") && !strchr(depends, '&'));
}

/* Does a line of metavariables have the callee of a binding in braces? */
static bool line_binds(const char *line, const char *rule, const struct binding *bindings,
		       guint count)
{
	for (guint i = 0; i < count; i++) {
		g_autofree char *list = g_strdup_printf("{ %s }", bindings[i].callee);

		if (!strcmp(bindings[i].rule, rule) && strstr(line, list))
			return true;
	}
	return false;
}

static bool is_section(const char *line)
{
	return line[0] == '@' && strcmp(line, "@@");
}

/* Does the section of patch mode change a call that is bound? */
static bool section_binds(char **lines, const char *rule, const struct binding *bindings,
			  guint count)
{
	const char *at = strchr(*lines, ' ');

	if (!is_section(*lines) || !at || !is_for_patch(at))
		return false;
	for (char **line = lines + 1; *line && strcmp(*line, "@@"); line++)
		if (line_binds(*line, rule, bindings, count))
			return true;
	return false;
}

/* Has a later section that is needed a metavariable of the one with that name? */
static bool section_serves(char **lines, const char *name, const char *rule,
			   const struct binding *bindings, guint count)
{
	g_autofree char *inherited = g_strdup_printf("%s.", name);

	for (char **line = lines + 1; *line; line++) {
		if (!is_section(*line) || !section_binds(line, rule, bindings, count))
			continue;
		for (line++; *line && strcmp(*line, "@@"); line++)
			if (strstr(*line, inherited))
				return true;
	}
	return false;
}

/* The section's name, and whether any path is enough for it, if it is needed; else NULL. */
static char *section_name(char **lines, const char *rule, const struct binding *bindings,
			  guint count)
{
	const char *at = strchr(*lines, ' ');
	g_autofree char *name = NULL;

	if (!is_section(*lines) || !at || !is_for_patch(at))
		return NULL;
	name = g_strndup(*lines + 1, at - *lines - 1);
	if (!section_binds(lines, rule, bindings, count) &&
	    !section_serves(lines, name, rule, bindings, count))
		return NULL;
	return g_strdup_printf("%s%s", name, g_str_has_suffix(at, " exists@") ? " exists" : "");
}

static void bind_template(GString *out, const struct templates *templates, const char *rule,
			  const struct binding *bindings, guint count)
{
	const char *text = g_hash_table_lookup(templates->texts, rule);
	g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);
	bool inside = false;

	for (char **line = lines; *line; line++) {
		g_autofree char *name = NULL;

		if (is_section(*line)) {
			name = section_name(line, rule, bindings, count);
			inside = name;
			if (inside)
				g_string_append_printf(out, "@%s@\n", name);
		} else if (inside) {
			append_bound(out, templates, *line, rule, bindings, count);
		}
	}
}

char *templates_bind(const struct templates *templates, const struct binding *bindings, guint count)
{
	GList *names = g_list_sort(g_hash_table_get_keys(templates->texts), compare_texts);
	GString *out = g_string_new(NULL);

	for (GList *name = names; name; name = name->next)
		bind_template(out, templates, name->data, bindings, count);
	g_list_free(names);
	return g_string_free(out, FALSE);
}
