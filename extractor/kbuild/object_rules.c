// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "kbuild/object_rules.h"

static void rule_free(void *data)
{
	struct object_rule *rule = data;

	g_free(rule->name);
	g_free(rule->config);
	g_ptr_array_unref(rule->words);
	g_free(rule);
}

void object_rules_free(void *data)
{
	struct rules *rules = data;

	if (!rules)
		return;
	g_ptr_array_unref(rules->all);
	makefile_free(rules->mk);
	g_free(rules);
}

/* "tee-$(CONFIG_X)": 1 is the name, 4 the symbol */
#define VARIABLE "^([\\w./-]+?)(-objs)?-?(\\$\\((CONFIG_\\w+)\\)|[yml])?$"
#define USE "\\$[({]([\\w-]+)[)}]"

/* "$(KVM)/kvm_main.o" with the folder that KVM is; other words as they are. */
static char *written_out(const struct makefile *mk, const char *word)
{
	const char *end = strstr(word, ")/");
	const struct make_variable *variable;
	g_autofree char *name = NULL;

	if (!g_str_has_prefix(word, "$(") || !end)
		return g_strdup(word);
	name = g_strndup(word + 2, end - word - 2);
	variable = makefile_variable(mk, name);
	if (!variable || variable->words->len != 1 || !strchr(variable->words->pdata[0], '/'))
		return g_strdup(word);
	return g_strconcat(variable->words->pdata[0], end + 1, NULL);
}

static struct object_rule *rule_new(const GRegex *pattern, const struct makefile *mk,
			     const struct make_variable *variable)
{
	g_autoptr(GMatchInfo) match = NULL;
	struct object_rule *rule;

	if (!g_regex_match(pattern, variable->name, 0, &match))
		return NULL;
	rule = g_new0(struct object_rule, 1);
	rule->variable = variable->name;
	rule->name = g_match_info_fetch(match, 1);
	rule->config = g_match_info_fetch(match, 4);
	if (!rule->config)
		rule->config = g_strdup("");
	rule->words = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; i < variable->words->len; i++)
		g_ptr_array_add(rule->words, written_out(mk, variable->words->pdata[i]));
	return rule;
}

struct rules *object_rules_new(struct makefile *mk)
{
	g_autoptr(GRegex) pattern = g_regex_new(VARIABLE, 0, 0, NULL);
	struct rules *rules = g_new0(struct rules, 1);

	rules->mk = mk;
	rules->all = g_ptr_array_new_with_free_func(rule_free);
	for (guint i = 0; i < mk->variables->len; i++) {
		struct object_rule *rule = rule_new(pattern, mk, mk->variables->pdata[i]);

		if (rule)
			g_ptr_array_add(rules->all, rule);
	}
	return rules;
}

bool has_word(const GPtrArray *words, const char *word)
{
	for (guint i = 0; i < words->len; i++)
		if (g_str_equal(words->pdata[i], word))
			return true;
	return false;
}

bool rule_is_list(const struct object_rule *rule)
{
	static const char *const lists[] = { "obj", "lib", "core", "drivers", "net", NULL };

	return g_strv_contains(lists, rule->name);
}

bool rule_uses(const struct object_rule *user, const struct object_rule *rule)
{
	g_autoptr(GRegex) use = g_regex_new(USE, 0, 0, NULL);
	g_autofree char *plain = g_strconcat(rule->name, "-y", NULL);
	bool found = false;

	for (guint i = 0; i < user->words->len && !found; i++) {
		g_autoptr(GMatchInfo) match = NULL;

		if (!strchr(user->words->pdata[i], '$'))
			continue;
		g_regex_match(use, user->words->pdata[i], 0, &match);
		for (; g_match_info_matches(match) && !found; g_match_info_next(match, NULL)) {
			g_autofree char *name = g_match_info_fetch(match, 1);

			found = g_str_equal(name, rule->variable) || g_str_equal(name, plain);
		}
	}
	return found;
}
