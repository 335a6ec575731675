// SPDX-License-Identifier: GPL-2.0-only
#include <fts.h>
#include <string.h>

#include "base/file_kind.h"
#include "base/text_order.h"
#include "kbuild/makefile_words.h"
#include "kbuild/module_objects.h"
#include "kbuild/object_chain.h"

#define FOLDERS_MAX 65536

struct module_objects {
	const char *top;
	GHashTable *sources;	/* name -> GPtrArray of paths of .c files, from the top */
	GPtrArray *all;
	GPtrArray *makefiles;
	GHashTable *by_source;
};

static void object_free(void *data)
{
	struct module_object *object = data;

	g_free(object->source);
	g_free(object->word);
	g_free(object->module);
	g_free(object->config);
	g_free(object);
}

static void array_free(void *array)
{
	g_ptr_array_unref(array);
}

static void add_file(struct module_objects *objects, const FTSENT *entry)
{
	GPtrArray *same = g_hash_table_lookup(objects->sources, entry->fts_name);

	if (!same) {
		same = g_ptr_array_new_with_free_func(g_free);
		g_hash_table_insert(objects->sources, g_strdup(entry->fts_name), same);
	}
	g_ptr_array_add(same, g_strdup(entry->fts_path + strlen(objects->top) + 1));
}

/* The folders below top with a Kbuild file, from there, sorted; of char *. Fills @sources. */
static GPtrArray *folders_with_makefile(struct module_objects *objects)
{
	const char *top = objects->top;
	char *const roots[] = { (char *)top, NULL };
	GPtrArray *folders = g_ptr_array_new_with_free_func(g_free);
	FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *entry;

	while (fts && (entry = fts_read(fts)) && folders->len < FOLDERS_MAX) {
		bool file = entry->fts_info == FTS_F || entry->fts_info == FTS_SL;
		g_autofree char *dir = NULL;

		if (entry->fts_info == FTS_D && entry->fts_level > 0 && *entry->fts_name == '.')
			fts_set(fts, entry, FTS_SKIP);
		if (entry->fts_info == FTS_F && file_is_source(entry->fts_name))
			add_file(objects, entry);
		if (!file || (!g_str_has_prefix(entry->fts_name, "Kbuild") &&
			      !g_str_has_prefix(entry->fts_name, "Makefile")))
			continue;
		dir = g_path_get_dirname(entry->fts_path);
		g_ptr_array_add(folders, g_strdup(dir[strlen(top)] ? dir + strlen(top) + 1 : ""));
	}
	if (fts)
		fts_close(fts);
	g_ptr_array_sort(folders, text_order);
	return folders;
}

/* Whether a variable lists the parts of an object, which then has no source of its own. */
static bool is_composite(const struct makefile *mk, const char *word)
{
	for (guint i = 0; i < mk->variables->len; i++) {
		const struct make_variable *variable = mk->variables->pdata[i];
		struct kbuild_line line = { 0 };
		bool parts = kbuild_line_of_variable(variable->name, &line) && line.target &&
			     g_str_equal(line.target, word) && variable->words->len;

		kbuild_line_clear(&line);
		if (parts)
			return true;
	}
	return false;
}

static bool is_file(const char *stem, const char *suffix)
{
	g_autofree char *path = g_strconcat(stem, suffix, NULL);

	return g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

/* "b/c.c" of "a/b/c.c"; NULL when there is no folder in it */
static const char *last_folder(const char *path)
{
	const char *slash = strrchr(path, '/');

	while (slash && slash > path && slash[-1] != '/')
		slash--;
	return slash;
}

/* The only file of that name in a folder of that name, from the top; or NULL. */
static const char *source_elsewhere(const struct module_objects *objects, const char *path)
{
	g_autofree char *name = g_path_get_basename(path);
	const GPtrArray *same = g_hash_table_lookup(objects->sources, name);
	const char *found = NULL;

	for (guint i = 0; same && i < same->len; i++) {
		if (g_strcmp0(last_folder(same->pdata[i]), last_folder(path)))
			continue;
		if (found)
			return NULL;
		found = same->pdata[i];
	}
	return found;
}

/* Where the source of an object is; @source is set. stem: absolute path without ".o" */
static void source_find(const struct module_objects *objects, struct module_object *object,
			const char *stem)
{
	static const char *const others[] = { ".S", ".o_shipped", ".o_binary", ".rs" };
	g_autofree char *path = g_strconcat(stem, ".c", NULL);
	g_autofree char *below = g_strconcat(objects->top, "/", NULL);
	bool inside = g_str_has_prefix(path, below);
	const char *elsewhere;

	object->kind = SOURCE_NONE;
	if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
		object->kind = inside ? SOURCE_C : SOURCE_OUTSIDE;
	for (size_t i = 0; object->kind == SOURCE_NONE && i < G_N_ELEMENTS(others); i++)
		if (is_file(stem, others[i]))
			object->kind = SOURCE_OTHER;
	object->source = g_strdup(inside ? path + strlen(below) : path);
	elsewhere = object->kind == SOURCE_NONE && inside ?
		source_elsewhere(objects, object->source) : NULL;
	if (!elsewhere)
		return;
	object->kind = SOURCE_ELSEWHERE;
	g_free(object->source);
	object->source = g_strdup(elsewhere);
}

/* "a/b/../c.o" of a folder as an absolute path without ".o" */
static char *stem_of(const struct module_objects *objects, const struct makefile *mk,
		     const char *word)
{
	g_autofree char *folder = g_build_filename(objects->top, mk->dir, NULL);
	g_autofree char *path = g_canonicalize_filename(word, folder);

	return g_strndup(path, strlen(path) - strlen(".o"));
}

static void add_object(struct module_objects *objects, const struct makefile *mk, const char *word)
{
	g_autofree char *config = g_strdup(""), *stem = NULL;
	g_autofree char *last = object_chain(mk, word, &config);
	struct module_object *object;

	if (!last || is_composite(mk, word))
		return;
	object = g_new0(struct module_object, 1);
	stem = stem_of(objects, mk, word);
	source_find(objects, object, stem);
	object->makefile = mk;
	object->word = g_strdup(word);
	object->config = g_steal_pointer(&config);
	object->module = *mk->dir ? g_strconcat(mk->dir, "/", last, NULL) : g_strdup(last);
	g_ptr_array_add(objects->all, object);
	if (object->kind <= SOURCE_ELSEWHERE &&
	    !g_hash_table_contains(objects->by_source, object->source))
		g_hash_table_insert(objects->by_source, object->source, object);
}

static void add_words(struct module_objects *objects, const struct makefile *mk,
		      const struct make_variable *variable, GHashTable *seen)
{
	for (guint i = 0; i < variable->words->len; i++) {
		g_autofree char *text = makefile_expand(mk, variable->words->pdata[i]);
		g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);

		make_words_add(words, text);
		for (guint k = 0; k < words->len; k++) {
			const char *word = words->pdata[k];

			if (g_str_has_suffix(word, ".o") && !g_hash_table_contains(seen, word)) {
				g_hash_table_add(seen, g_strdup(word));
				add_object(objects, mk, word);
			}
		}
	}
}

/* true when the Makefile has rules for objects */
static bool add_makefile(struct module_objects *objects, const struct makefile *mk)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	bool lists = false;

	for (guint i = 0; i < mk->variables->len; i++) {
		const struct make_variable *variable = mk->variables->pdata[i];
		struct kbuild_line line = { 0 };

		if (kbuild_line_of_variable(variable->name, &line))
			add_words(objects, mk, variable, seen);
		kbuild_line_clear(&line);
		lists |= g_str_has_prefix(variable->name, "obj-");
	}
	return lists;
}

struct module_objects *module_objects_new(struct kbuild *kbuild, const char *top)
{
	struct module_objects *objects = g_new0(struct module_objects, 1);
	g_autoptr(GPtrArray) folders = NULL;

	objects->top = top;
	objects->sources = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, array_free);
	folders = folders_with_makefile(objects);
	objects->all = g_ptr_array_new_with_free_func(object_free);
	objects->makefiles = g_ptr_array_new();
	objects->by_source = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < folders->len; i++) {
		const struct makefile *mk = i && g_str_equal(folders->pdata[i],
							     folders->pdata[i - 1]) ?
			NULL : kbuild_makefile(kbuild, folders->pdata[i]);

		if (mk && add_makefile(objects, mk))
			g_ptr_array_add(objects->makefiles, (void *)mk);
	}
	return objects;
}

void module_objects_free(struct module_objects *objects)
{
	if (!objects)
		return;
	g_hash_table_destroy(objects->by_source);
	g_hash_table_destroy(objects->sources);
	g_ptr_array_unref(objects->makefiles);
	g_ptr_array_unref(objects->all);
	g_free(objects);
}

const GPtrArray *module_objects_all(const struct module_objects *objects)
{
	return objects->all;
}

const GPtrArray *module_objects_makefiles(const struct module_objects *objects)
{
	return objects->makefiles;
}

const struct module_object *module_objects_find(const struct module_objects *objects,
						const char *path)
{
	return g_hash_table_lookup(objects->by_source, path);
}
