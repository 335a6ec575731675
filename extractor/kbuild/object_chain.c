// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "kbuild/object_chain.h"

#define CHAIN_MAX 16

/* The symbol of "x-$(CONFIG_FOO)"; "" for -y, -m, -objs; NULL for anything else. */
static char *suffix_config(const char *suffix)
{
	static const char *const plain[] = { "y", "m", "objs", "objs-y", "objs-m", NULL };

	if (g_strv_contains(plain, suffix))
		return g_strdup("");
	if (g_str_has_prefix(suffix, "objs-"))
		suffix += strlen("objs-");
	if (!g_str_has_prefix(suffix, "$(CONFIG_") && !g_str_has_prefix(suffix, "${CONFIG_"))
		return strstr(suffix, "$(") ? g_strdup("") : NULL;
	suffix += strlen("$(CONFIG_");
	return g_strndup(suffix, strcspn(suffix, ")}"));
}

static bool variable_mentions(const struct makefile *mk, const struct make_variable *variable,
			      const char *word, bool *expanded)
{
	for (guint i = 0; i < variable->words->len; i++) {
		const char *text = variable->words->pdata[i];

		if (g_str_equal(text, word))
			return true;
	}
	for (guint i = 0; i < variable->words->len; i++) {
		const char *text = variable->words->pdata[i];
		g_autofree char *value = NULL;
		g_auto(GStrv) words = NULL;

		if (!strchr(text, '$'))
			continue;
		value = makefile_expand(mk, text);
		words = g_strsplit_set(value, " \t", -1);
		if (g_strv_contains((const char *const *)words, word)) {
			*expanded = true;
			return true;
		}
	}
	return false;
}

void kbuild_line_clear(struct kbuild_line *line)
{
	g_clear_pointer(&line->target, g_free);
	g_clear_pointer(&line->config, g_free);
}

bool kbuild_line_of_variable(const char *name, struct kbuild_line *line)
{
	static const char *const lists[] = { "obj-", "lib-", "core-", "drivers-", "libs-", "net-" };
	const char *dash;

	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
		if (g_str_has_prefix(name, lists[i])) {
			line->config = suffix_config(name + strlen(lists[i]));
			return line->config;
		}
	}
	/* bar-y, bar-objs, bar-objs-$(CONFIG_X), bar-baz-$(CONFIG_X) */
	dash = strstr(name, "-objs");
	if (!dash)
		dash = strstr(name, "-$");
	if (!dash)
		dash = strrchr(name, '-');
	if (!dash || dash == name)
		return false;
	line->config = suffix_config(dash + 1);
	if (!line->config)
		return false;
	line->target = g_strdup_printf("%.*s.o", (int)(dash - name), name);
	return true;
}

bool kbuild_line_find(const struct makefile *mk, const char *word, bool lists,
		      struct kbuild_line *line)
{
	bool found = false, found_expanded = false;

	for (guint i = 0; i < mk->variables->len; i++) {
		const struct make_variable *variable = mk->variables->pdata[i];
		struct kbuild_line here = { 0 };
		bool expanded = false;

		if ((found && !found_expanded) || !kbuild_line_of_variable(variable->name, &here))
			continue;
		if (!here.target == lists && variable_mentions(mk, variable, word, &expanded) &&
		    (!found || !expanded)) {
			kbuild_line_clear(line);
			*line = here;
			found = true;
			found_expanded = expanded;
		} else {
			kbuild_line_clear(&here);
		}
	}
	return found;
}

static bool object_is_listed(const struct makefile *mk, const char *object)
{
	struct kbuild_line line = { 0 };
	bool found = kbuild_line_find(mk, object, true, &line) ||
		     kbuild_line_find(mk, object, false, &line);

	kbuild_line_clear(&line);
	return found;
}

/* Like kbuild_line_find() for composites, but only those whose object is built. */
static bool composite_find(const struct makefile *mk, const char *word, struct kbuild_line *line)
{
	for (guint i = 0; i < mk->variables->len; i++) {
		const struct make_variable *variable = mk->variables->pdata[i];
		bool expanded = false;

		if (!kbuild_line_of_variable(variable->name, line))
			continue;
		if (line->target && !g_str_equal(line->target, word) &&
		    variable_mentions(mk, variable, word, &expanded) &&
		    object_is_listed(mk, line->target))
			return true;
		kbuild_line_clear(line);
	}
	return false;
}

char *object_chain(const struct makefile *mk, const char *object, char **config)
{
	g_autofree char *current = g_strdup(object);
	struct kbuild_line line = { 0 };

	for (int i = 0; i < CHAIN_MAX; i++) {
		bool last = kbuild_line_find(mk, current, true, &line);

		if (!last && !composite_find(mk, current, &line))
			break;
		if (*line.config && !**config) {
			g_free(*config);
			*config = g_strdup(line.config);
		}
		if (last) {
			kbuild_line_clear(&line);
			return g_steal_pointer(&current);
		}
		g_free(current);
		current = g_steal_pointer(&line.target);
		kbuild_line_clear(&line);
	}
	kbuild_line_clear(&line);
	return NULL;
}
