// SPDX-License-Identifier: GPL-2.0-only
/* The header of a patch source, and the folders of sources. */
#include <string.h>

#include "base/text_order.h"
#include "base/diag.h"
#include "convert/patch_source/patch_source.h"

struct patch_source *patch_source_open(const char *folder, GError **error)
{
	g_autofree char *path = g_build_filename(folder, "source.ini", NULL);
	g_autoptr(patch_source_t) source = g_new0(struct patch_source, 1);
	GError *failure = NULL;

	source->folder = g_canonicalize_filename(folder, NULL);
	source->name = g_path_get_basename(source->folder);
	source->ini = g_key_file_new();
	if (g_key_file_load_from_file(source->ini, path, G_KEY_FILE_NONE, &failure))
		return g_steal_pointer(&source);
	fail(error, EXIT_INPUT, "%s: no patch source: %s", folder, failure->message);
	g_error_free(failure);
	return NULL;
}

void patch_source_free(struct patch_source *source)
{
	if (!source)
		return;
	g_free(source->folder);
	g_free(source->name);
	g_key_file_free(source->ini);
	g_free(source);
}

bool patch_source_is_for(const struct patch_source *source, enum era era)
{
	g_autofree char *list = g_key_file_get_value(source->ini, "source", "eras", NULL);
	g_auto(GStrv) eras = g_strsplit(list ? list : "", ";", -1);

	for (char **word = eras; *word; word++)
		if (era_find(g_strstrip(*word)) == (int)era)
			return true;
	return false;
}

bool patch_source_provides(const struct patch_source *source)
{
	return g_key_file_has_key(source->ini, "source", "provides", NULL);
}

bool patch_source_is_part(const struct patch_source *source, const char *part)
{
	g_autofree char *value = g_key_file_get_value(source->ini, "source", "part", NULL);

	return !strcmp(value ? value : "core", part);
}

/* The values of a group, in the order of the file. */
static GPtrArray *group_values(const struct patch_source *source, const char *group)
{
	g_auto(GStrv) keys = g_key_file_get_keys(source->ini, group, NULL, NULL);
	GPtrArray *values = g_ptr_array_new();

	for (char **key = keys; key && *key; key++)
		g_ptr_array_add(values, g_key_file_get_value(source->ini, group, *key, NULL));
	return values;
}

char **patch_source_list(const struct patch_source *source, const char *group)
{
	GPtrArray *values = group_values(source, group);

	g_ptr_array_add(values, NULL);
	return (char **)g_ptr_array_free(values, FALSE);
}

char **patch_source_about(const struct patch_source *source)
{
	g_autoptr(GPtrArray) values = group_values(source, "construct");
	g_autoptr(GString) list = g_string_new(NULL);

	for (guint i = 0; i < values->len; i++) {
		char *value = values->pdata[i], *colon = strstr(value, ": ");

		if (colon)
			g_string_append_len(g_string_append_c(list, '|'), value, colon - value);
		g_free(value);
	}
	return g_strsplit(list->str, "|", -1);
}

static bool has_source(const char *folder)
{
	g_autofree char *path = g_build_filename(folder, "source.ini", NULL);

	return g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

GPtrArray *patch_source_folders(const char *folder)
{
	GPtrArray *folders = g_ptr_array_new_with_free_func(g_free);
	GDir *dir = has_source(folder) ? NULL : g_dir_open(folder, 0, NULL);
	const char *name;

	if (!dir) {
		g_ptr_array_add(folders, g_strdup(folder));
		return folders;
	}
	while ((name = g_dir_read_name(dir))) {
		char *below = g_build_filename(folder, name, NULL);

		if (has_source(below))
			g_ptr_array_add(folders, below);
		else
			g_free(below);
	}
	g_dir_close(dir);
	g_ptr_array_sort(folders, text_order);
	return folders;
}
