// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/text_order.h"
#include "source/source_overlay.h"

struct source_overlay {
	GHashTable *texts;	/* path -> struct overlay_text */
};

struct overlay_text {
	char *bytes;	/* NULL: the file is not there */
	size_t size;
};

static void text_free(void *data)
{
	struct overlay_text *text = data;

	g_free(text->bytes);
	g_free(text);
}

struct source_overlay *source_overlay_new(void)
{
	struct source_overlay *change = g_new0(struct source_overlay, 1);

	change->texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, text_free);
	return change;
}

void source_overlay_free(struct source_overlay *change)
{
	if (!change)
		return;
	g_hash_table_destroy(change->texts);
	g_free(change);
}

void source_overlay_put(struct source_overlay *change, const char *path, char *text, size_t size)
{
	struct overlay_text *entry = g_new0(struct overlay_text, 1);

	entry->bytes = text;
	entry->size = size;
	g_hash_table_insert(change->texts, g_strdup(path), entry);
}

void source_overlay_remove(struct source_overlay *change, const char *path)
{
	source_overlay_put(change, path, NULL, 0);
}

void source_overlay_drop(struct source_overlay *change, const char *path)
{
	g_hash_table_remove(change->texts, path);
}

bool source_overlay_find(const struct source_overlay *change, const char *path, const char **text,
			 size_t *size)
{
	const struct overlay_text *entry = change ? g_hash_table_lookup(change->texts, path) : NULL;

	if (!entry)
		return false;
	*text = entry->bytes;
	if (size)
		*size = entry->size;
	return true;
}

GPtrArray *source_overlay_paths(const struct source_overlay *change)
{
	GPtrArray *paths = g_ptr_array_new();
	GHashTableIter iter;
	void *path;

	if (!change)
		return paths;
	g_hash_table_iter_init(&iter, change->texts);
	while (g_hash_table_iter_next(&iter, &path, NULL))
		g_ptr_array_add(paths, path);
	g_ptr_array_sort(paths, text_order);
	return paths;
}
