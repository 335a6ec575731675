// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "kbuild/makefile_unknown.h"
#include "kbuild/makefile_words.h"

void make_unknown_free(void *data)
{
	struct make_unknown *unknown = data;

	g_free(unknown->path);
	g_free(unknown->variable);
	g_free(unknown->text);
	g_free(unknown);
}

void make_unknown_add(struct makefile *mk, const char *path, guint line, const char *variable,
		      const char *text, size_t length)
{
	struct make_unknown *unknown;

	if (!mk->kernel)
		return;
	unknown = g_new0(struct make_unknown, 1);
	unknown->path = g_strdup(path);
	unknown->line = line;
	unknown->variable = g_strdup(variable);
	unknown->text = g_strndup(text, length);
	g_ptr_array_add(mk->unknown, unknown);
}

void make_unknown_commands(struct makefile *mk, const char *path, guint line, const char *variable,
			   const char *value)
{
	for (const char *p = value; (p = strstr(p, "shell "));) {
		const char *start = p - 2;
		g_autofree char *command = NULL;

		p += strlen("shell ");
		if (start < value || !make_reference_starts(start))
			continue;
		command = g_strndup(p, make_reference_end(p) - 1 - p);
		if (!make_shell_known(command))
			make_unknown_add(mk, path, line, variable, start,
					 make_reference_end(p) - start);
	}
}

/* -- which of the unknown constructs matter -- */

/* Variables that say what is compiled, and how. */
static bool is_of_build(const char *name)
{
	static const char *const starts[] = { "obj-", "lib-", "ccflags-", "cppflags-", "CFLAGS_",
					      "subdir-ccflags-", "EXTRA_C", "KBUILD_C", "KCFLAGS",
					      "KCPPFLAGS", "NOSTDINC_FLAGS", "LINUXINCLUDE" };

	for (size_t i = 0; i < G_N_ELEMENTS(starts); i++)
		if (g_str_has_prefix(name, starts[i]))
			return true;
	return g_str_has_suffix(name, "-objs") || g_str_has_suffix(name, "-y") ||
	       g_str_has_suffix(name, "-m");
}

/* Adds the names of the variables that a text refers to. */
static void names_add(GPtrArray *found, GHashTable *seen, const char *text)
{
	for (const char *p = text; (p = strchr(p, '$')); p++) {
		g_autofree char *name = NULL;

		if (!make_reference_starts(p))
			continue;
		name = g_strndup(p + 2, strcspn(p + 2, "(){}$ \t:,"));
		if (!g_hash_table_contains(seen, name)) {
			g_ptr_array_add(found, g_strdup(name));
			g_hash_table_add(seen, g_strdup(name));
		}
	}
}

static void names_of(const struct makefile *mk, const char *name, GPtrArray *found,
		     GHashTable *seen)
{
	for (; mk; mk = mk->outer) {
		const struct make_variable *variable = makefile_variable(mk, name);

		for (guint i = 0; variable && i < variable->words->len; i++)
			names_add(found, seen, variable->words->pdata[i]);
	}
}

/* Transitive closure: variables that objects and flags are made of. */
static GHashTable *names_used(const struct makefile *mk)
{
	GHashTable *seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GPtrArray) names_left = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < mk->variables->len; i++) {
		const struct make_variable *variable = mk->variables->pdata[i];

		if (is_of_build(variable->name) &&
		    g_hash_table_add(seen, g_strdup(variable->name)))
			g_ptr_array_add(names_left, g_strdup(variable->name));
	}
	for (guint i = 0; i < names_left->len; i++) {
		g_autofree char *name = g_strdup(names_left->pdata[i]);

		names_of(mk, name, names_left, seen);
	}
	return seen;
}

GPtrArray *makefile_unknown_used(const struct makefile *mk)
{
	g_autoptr(GHashTable) used = names_used(mk);
	GPtrArray *found = g_ptr_array_new();

	for (; mk; mk = mk->outer)
		for (guint i = 0; i < mk->unknown->len; i++) {
			const struct make_unknown *unknown = mk->unknown->pdata[i];

			if (!*unknown->variable || g_hash_table_contains(used, unknown->variable))
				g_ptr_array_add(found, (void *)unknown);
		}
	return found;
}
