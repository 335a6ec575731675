// SPDX-License-Identifier: GPL-2.0-only
#include <stdbool.h>
#include <string.h>

#include "kbuild/kbuild.h"
#include "kbuild/kbuild_flags.h"
#include "kbuild/makefile.h"

#define CHAIN_MAX 16

/* makefiles: directory -> struct makefile, or NULL when it has none */
struct kbuild {
	char *tree;
	char *kernel;
	GHashTable *makefiles;
};

static void makefile_free_any(void *mk)
{
	makefile_free(mk);
}

struct kbuild *kbuild_new(const char *tree, const char *kernel)
{
	struct kbuild *kbuild = g_new0(struct kbuild, 1);

	kbuild->tree = g_strdup(tree);
	kbuild->kernel = g_strdup(kernel);
	kbuild->makefiles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						  makefile_free_any);
	return kbuild;
}

void kbuild_free(struct kbuild *kbuild)
{
	if (!kbuild)
		return;
	g_hash_table_destroy(kbuild->makefiles);
	g_free(kbuild->tree);
	g_free(kbuild->kernel);
	g_free(kbuild);
}

void kbuild_put(struct kbuild *kbuild, const char *dir, const char *text, size_t size)
{
	struct makefile *mk = text ? makefile_parse(kbuild->tree, dir, text, size) : NULL;

	g_hash_table_insert(kbuild->makefiles, g_strdup(dir), mk);
}

static const struct makefile *kbuild_makefile(struct kbuild *kbuild, const char *dir)
{
	struct makefile *mk;
	void *found;

	if (g_hash_table_lookup_extended(kbuild->makefiles, dir, NULL, &found))
		return found;
	mk = makefile_read(kbuild->tree, dir, kbuild->kernel);
	g_hash_table_insert(kbuild->makefiles, g_strdup(dir), mk);
	return mk;
}

/* "a/b/c" -> "a/b"; "a" -> ""; false at the top. */
static bool dir_up(char *dir)
{
	char *slash = strrchr(dir, '/');

	if (!*dir)
		return false;
	if (slash)
		*slash = '\0';
	else
		*dir = '\0';
	return true;
}

static char *dir_of(const char *path)
{
	char *dir = g_strdup(path);

	dir_up(dir);
	return dir;
}

/* -- objects -- */

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

/**
 * struct kbuild_line - a Makefile line that holds a word
 * @target: "bar.o" for bar-y; NULL for obj-..., lib-...
 * @config: its symbol, or ""
 */
struct kbuild_line {
	char *target;
	char *config;
};

static void line_clear(struct kbuild_line *line)
{
	g_clear_pointer(&line->target, g_free);
	g_clear_pointer(&line->config, g_free);
}

static bool line_of_variable(const char *name, struct kbuild_line *line)
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

/*
 * The line that names the word itself is better than one that gets it by a
 * variable: "gem-y += gem/foo.o; i915-y += $(gem-y)" is a line of i915, as
 * there is no gem.o.
 */
static bool line_find(const struct makefile *mk, const char *word, bool lists,
		      struct kbuild_line *line)
{
	bool found = false, found_expanded = false;

	for (guint i = 0; i < mk->variables->len; i++) {
		const struct make_variable *variable = mk->variables->pdata[i];
		struct kbuild_line here = { 0 };
		bool expanded = false;

		if ((found && !found_expanded) || !line_of_variable(variable->name, &here))
			continue;
		if (!here.target == lists && variable_mentions(mk, variable, word, &expanded) &&
		    (!found || !expanded)) {
			line_clear(line);
			*line = here;
			found = true;
			found_expanded = expanded;
		} else {
			line_clear(&here);
		}
	}
	return found;
}

static bool object_is_listed(const struct makefile *mk, const char *object)
{
	struct kbuild_line line = { 0 };
	bool found = line_find(mk, object, true, &line) || line_find(mk, object, false, &line);

	line_clear(&line);
	return found;
}

/* Like line_find() for composites, but only those whose object is built. */
static bool composite_find(const struct makefile *mk, const char *word, struct kbuild_line *line)
{
	for (guint i = 0; i < mk->variables->len; i++) {
		const struct make_variable *variable = mk->variables->pdata[i];
		bool expanded = false;

		if (!line_of_variable(variable->name, line))
			continue;
		if (line->target && !g_str_equal(line->target, word) &&
		    variable_mentions(mk, variable, word, &expanded) &&
		    object_is_listed(mk, line->target))
			return true;
		line_clear(line);
	}
	return false;
}

/*
 * Walks from foo.o by its composites to the line of obj-. config is the first
 * symbol on the way. Returns the last object, or NULL when the Makefile does
 * not build foo.o.
 */
static char *object_chain(const struct makefile *mk, const char *object, char **config)
{
	g_autofree char *current = g_strdup(object);
	struct kbuild_line line = { 0 };

	for (int i = 0; i < CHAIN_MAX; i++) {
		bool last = line_find(mk, current, true, &line);

		if (!last && !composite_find(mk, current, &line))
			break;
		if (*line.config && !**config) {
			g_free(*config);
			*config = g_strdup(line.config);
		}
		if (last) {
			line_clear(&line);
			return g_steal_pointer(&current);
		}
		g_free(current);
		current = g_steal_pointer(&line.target);
		line_clear(&line);
	}
	line_clear(&line);
	return NULL;
}

/* The symbol on which a Makefile above descends into dir. */
static void config_of_directory(struct kbuild *kbuild, const char *dir, char **config)
{
	g_autofree char *up = g_strdup(dir);

	while (!**config && dir_up(up)) {
		const struct makefile *mk = kbuild_makefile(kbuild, up);
		g_autofree char *below = g_strconcat(dir + (*up ? strlen(up) + 1 : 0), "/", NULL);
		struct kbuild_line line = { 0 };

		if (!mk || !line_find(mk, below, true, &line))
			continue;
		if (*line.config) {
			g_free(*config);
			*config = g_strdup(line.config);
		} else {
			dir = up + strlen(up);	/* unconditional: ask again from there */
			line_clear(&line);
			config_of_directory(kbuild, up, config);
			return;
		}
		line_clear(&line);
	}
}

/* From the file's directory upwards: the Makefile that builds it. */
static const struct makefile *builder_find(struct kbuild *kbuild, const char *object, char **module,
					   char **config)
{
	g_autofree char *dir = g_strdup(object);

	while (dir_up(dir)) {
		const struct makefile *mk = kbuild_makefile(kbuild, dir);
		const char *name = object + (*dir ? strlen(dir) + 1 : 0);
		g_autofree char *top = mk ? object_chain(mk, name, config) : NULL;

		if (!top)
			continue;
		*module = *dir ? g_strconcat(dir, "/", top, NULL) : g_strdup(top);
		return mk;
	}
	return NULL;
}

static void unit_flags(struct kbuild *kbuild, struct kbuild_unit *unit,
		       const struct makefile *builder)
{
	g_autofree char *dir = g_strdup(unit->object);

	while (dir_up(dir)) {
		const struct makefile *mk = kbuild_makefile(kbuild, dir);
		const char *name = unit->object + (*dir ? strlen(dir) + 1 : 0);
		bool own = mk && (mk == builder || (!builder && !strchr(name, '/')));

		kbuild_flags_collect(unit, mk, name, own);
	}
}

struct kbuild_unit *kbuild_unit(struct kbuild *kbuild, const char *path, const char *includer)
{
	struct kbuild_unit *unit = g_new0(struct kbuild_unit, 1);
	const char *source = includer ? includer : path;
	const char *dot = strrchr(source, '.'), *slash = strrchr(source, '/');
	const struct makefile *builder;
	g_autofree char *dir = dir_of(source);

	if (!dot || (slash && dot < slash))
		dot = source + strlen(source);
	unit->object = g_strdup_printf("%.*s.o", (int)(dot - source), source);
	unit->config = g_strdup("");
	unit->flags = g_ptr_array_new_with_free_func(g_free);
	unit->choices = g_ptr_array_new_with_free_func(kbuild_choice_free);
	builder = builder_find(kbuild, unit->object, &unit->module, &unit->config);
	config_of_directory(kbuild, builder ? builder->dir : dir, &unit->config);
	unit_flags(kbuild, unit, builder);
	if (!unit->module)
		unit->module = g_strdup(unit->object);
	if (!*unit->config) {
		g_free(unit->config);
		unit->config = g_strdup("y");
	}
	return unit;
}

void kbuild_unit_free(struct kbuild_unit *unit)
{
	if (!unit)
		return;
	g_free(unit->object);
	g_free(unit->module);
	g_free(unit->config);
	g_ptr_array_unref(unit->flags);
	g_ptr_array_unref(unit->choices);
	g_free(unit);
}
