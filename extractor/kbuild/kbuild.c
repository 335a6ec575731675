// SPDX-License-Identifier: GPL-2.0-only
#include <stdbool.h>
#include <string.h>

#include "kbuild/kbuild.h"
#include "kbuild/kbuild_flags.h"
#include "kbuild/makefile.h"
#include "kbuild/module_objects.h"
#include "kbuild/object_chain.h"

/**
 * struct kbuild - the Makefiles of a tree
 * @makefiles: directory -> struct makefile, or NULL when it has none
 * @texts: directory -> text (GBytes) that stands for its Makefile; NULL: none
 * @objects: of a module: what its rules compile; NULL until that is asked for
 */
struct kbuild {
	char *tree;
	char *kernel;
	GHashTable *makefiles;
	GHashTable *texts;
	struct module_objects *objects;
};

static void makefile_free_any(void *mk)
{
	makefile_free(mk);
}

static void bytes_free_any(void *bytes)
{
	if (bytes)
		g_bytes_unref(bytes);
}

struct kbuild *kbuild_new(const char *tree, const char *kernel)
{
	struct kbuild *kbuild = g_new0(struct kbuild, 1);

	kbuild->tree = g_strdup(tree);
	kbuild->kernel = g_strdup(kernel);
	kbuild->makefiles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						  makefile_free_any);
	kbuild->texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, bytes_free_any);
	return kbuild;
}

void kbuild_free(struct kbuild *kbuild)
{
	if (!kbuild)
		return;
	module_objects_free(kbuild->objects);
	g_hash_table_destroy(kbuild->makefiles);
	g_hash_table_destroy(kbuild->texts);
	g_free(kbuild->tree);
	g_free(kbuild->kernel);
	g_free(kbuild);
}

void kbuild_put(struct kbuild *kbuild, const char *dir, const char *text, size_t size)
{
	g_hash_table_insert(kbuild->texts, g_strdup(dir), text ? g_bytes_new(text, size) : NULL);
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

/* The Makefiles above a module's that hand variables to it, and the folder that it is made in. */
static void place_below(struct kbuild *kbuild, struct makefile_place *place)
{
	g_autofree char *up = g_strdup(place->dir);

	while (!place->root && dir_up(up)) {
		const struct makefile *mk = kbuild_makefile(kbuild, up);
		g_autofree char *below = g_strconcat(place->dir + (*up ? strlen(up) + 1 : 0), "/",
						     NULL);
		struct kbuild_line line = { 0 };

		if (!mk)
			continue;
		if (!place->outer)
			place->outer = mk;
		if (kbuild_line_find(mk, below, true, &line))
			place->root = mk->root;
		kbuild_line_clear(&line);
	}
}

static struct makefile *read_makefile(struct kbuild *kbuild, const char *dir)
{
	struct makefile_place place = { .tree = kbuild->tree, .dir = dir,
					.kernel = kbuild->kernel };
	void *bytes = NULL;
	const char *text;
	gsize size;

	if (kbuild->kernel)
		place_below(kbuild, &place);
	if (!g_hash_table_lookup_extended(kbuild->texts, dir, NULL, &bytes))
		return makefile_read_at(&place);
	if (!bytes)
		return NULL;
	text = g_bytes_get_data(bytes, &size);
	return makefile_parse_at(&place, "", text, size);
}

const struct makefile *kbuild_makefile(struct kbuild *kbuild, const char *dir)
{
	struct makefile *mk;
	void *found;

	if (g_hash_table_lookup_extended(kbuild->makefiles, dir, NULL, &found))
		return found;
	mk = read_makefile(kbuild, dir);
	g_hash_table_insert(kbuild->makefiles, g_strdup(dir), mk);
	return mk;
}

const struct module_objects *kbuild_objects(struct kbuild *kbuild)
{
	if (kbuild->kernel && !kbuild->objects)
		kbuild->objects = module_objects_new(kbuild, kbuild->tree);
	return kbuild->objects;
}

/* -- objects -- */

/* The symbol on which a Makefile above descends into dir. */
static void config_of_directory(struct kbuild *kbuild, const char *dir, char **config)
{
	g_autofree char *up = g_strdup(dir);

	while (!**config && dir_up(up)) {
		const struct makefile *mk = kbuild_makefile(kbuild, up);
		g_autofree char *below = g_strconcat(dir + (*up ? strlen(up) + 1 : 0), "/", NULL);
		struct kbuild_line line = { 0 };

		if (!mk || !kbuild_line_find(mk, below, true, &line))
			continue;
		if (*line.config) {
			g_free(*config);
			*config = g_strdup(line.config);
		} else {
			dir = up + strlen(up);	/* unconditional: ask again from there */
			kbuild_line_clear(&line);
			config_of_directory(kbuild, up, config);
			return;
		}
		kbuild_line_clear(&line);
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

/*
 * A module's: by the rule, which may be that of another folder. Where none is seen, the flags of
 * the nearest Makefile are more likely than none.
 */
static void unit_flags_of_module(struct kbuild *kbuild, struct kbuild_unit *unit,
				 const struct module_object *object)
{
	g_autofree char *name = NULL, *dir = NULL;
	const struct makefile *mk = object ? object->makefile : NULL;

	dir = object ? g_strdup(mk->dir) : dir_of(unit->object);
	while (!mk && !(mk = kbuild_makefile(kbuild, dir)) && dir_up(dir))
		;
	if (!mk)
		return;
	name = g_strdup(object ? object->word : unit->object + (*dir ? strlen(dir) + 1 : 0));
	kbuild_flags_collect(unit, mk, name, true);
	while (dir_up(dir))
		kbuild_flags_collect(unit, kbuild_makefile(kbuild, dir), name, false);
}

static void unit_of_module(struct kbuild *kbuild, struct kbuild_unit *unit, const char *source)
{
	const struct module_object *object =
		module_objects_find(kbuild_objects(kbuild), source);

	if (object) {
		unit->makefile = object->makefile->path;
		unit->module = g_strdup(object->module);
		g_free(unit->config);
		unit->config = g_strdup(object->config);
		config_of_directory(kbuild, object->makefile->dir, &unit->config);
	}
	unit_flags_of_module(kbuild, unit, object);
}

static void unit_of_kernel(struct kbuild *kbuild, struct kbuild_unit *unit, const char *source)
{
	g_autofree char *dir = dir_of(source);
	const struct makefile *builder =
		builder_find(kbuild, unit->object, &unit->module, &unit->config);

	unit->makefile = builder ? builder->path : NULL;
	config_of_directory(kbuild, builder ? builder->dir : dir, &unit->config);
	unit_flags(kbuild, unit, builder);
}

struct kbuild_unit *kbuild_unit(struct kbuild *kbuild, const char *path, const char *includer)
{
	struct kbuild_unit *unit = g_new0(struct kbuild_unit, 1);
	const char *source = includer ? includer : path;
	const char *dot = strrchr(source, '.'), *slash = strrchr(source, '/');

	if (!dot || (slash && dot < slash))
		dot = source + strlen(source);
	unit->object = g_strdup_printf("%.*s.o", (int)(dot - source), source);
	unit->config = g_strdup("");
	unit->flags = g_ptr_array_new_with_free_func(g_free);
	unit->choices = g_ptr_array_new_with_free_func(kbuild_choice_free);
	if (kbuild->kernel)
		unit_of_module(kbuild, unit, source);
	else
		unit_of_kernel(kbuild, unit, source);
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
