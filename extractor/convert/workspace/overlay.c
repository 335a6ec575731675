// SPDX-License-Identifier: GPL-2.0-only
#include <gio/gio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text_order.h"
#include "base/diag.h"
#include "convert/workspace/overlay.h"

struct overlay *overlay_new(const char *work, const char *from)
{
	struct overlay *overlay = g_new0(struct overlay, 1);

	overlay->work = g_strdup(work);
	overlay->from = g_strdup(from);
	overlay->texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	overlay->pending = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return overlay;
}

void overlay_free(struct overlay *overlay)
{
	if (!overlay)
		return;
	g_free(overlay->work);
	g_free(overlay->from);
	g_hash_table_destroy(overlay->texts);
	g_hash_table_destroy(overlay->pending);
	g_free(overlay);
}

static char *text_load(const char *folder, const char *path)
{
	g_autofree char *full = g_build_filename(folder, path, NULL);
	char *text = NULL;

	if (!g_file_get_contents(full, &text, NULL, NULL))
		return NULL;
	return text;
}

const char *overlay_text(struct overlay *overlay, const char *path)
{
	char *text = g_hash_table_lookup(overlay->texts, path);

	if (text)
		return text;
	text = text_load(overlay->work, path);
	if (!text && overlay->from)
		text = text_load(overlay->from, path);
	if (text)
		g_hash_table_insert(overlay->texts, g_strdup(path), text);
	return text;
}

void overlay_change(struct overlay *overlay, const char *path, char *text)
{
	g_hash_table_insert(overlay->texts, g_strdup(path), text);
	g_hash_table_add(overlay->pending, g_strdup(path));
}

GPtrArray *overlay_changed(const struct overlay *overlay)
{
	GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
	GHashTableIter iter;
	gpointer path;

	g_hash_table_iter_init(&iter, overlay->pending);
	while (g_hash_table_iter_next(&iter, &path, NULL))
		g_ptr_array_add(paths, g_strdup(path));
	g_ptr_array_sort(paths, text_order);
	return paths;
}

static int path_mode(const char *path)
{
	struct stat st;

	return stat(path, &st) ? 0644 : (int)(st.st_mode & 0777);
}

bool path_write(const char *path, const char *text, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(path);
	GError *failure = NULL;

	if (!g_mkdir_with_parents(folder, 0777) &&
	    g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT,
				     path_mode(path), &failure))
		return true;
	fail(error, EXIT_TOOL, "%s: %s", path,
	     failure ? failure->message : "cannot make its folder");
	g_clear_error(&failure);
	return false;
}

bool overlay_commit(struct overlay *overlay, GError **error)
{
	g_autoptr(GPtrArray) paths = overlay_changed(overlay);

	for (guint i = 0; i < paths->len; i++) {
		g_autofree char *full = g_build_filename(overlay->work, paths->pdata[i], NULL);

		if (!path_write(full, g_hash_table_lookup(overlay->texts, paths->pdata[i]), error))
			return false;
	}
	g_hash_table_remove_all(overlay->pending);
	return true;
}

void overlay_discard(struct overlay *overlay)
{
	GHashTableIter iter;
	gpointer path;

	g_hash_table_iter_init(&iter, overlay->pending);
	while (g_hash_table_iter_next(&iter, &path, NULL))
		g_hash_table_remove(overlay->texts, path);
	g_hash_table_remove_all(overlay->pending);
}

/* Adds what grep lists below folder; its status 1 stands for none. */
static bool search_folder(const char *folder, const char *regex, GHashTable *found, GError **error)
{
	const char *args[] = { "grep", "-rlE", "--include=*.[ch]", "--exclude-dir=.git",
			       "--exclude-dir=Documentation", "--exclude-dir=scripts",
			       "--exclude-dir=tools", "-e", regex, ".", NULL };
	g_autoptr(GSubprocessLauncher) launcher =
		g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE |
					  G_SUBPROCESS_FLAGS_STDERR_SILENCE);
	g_autoptr(GSubprocess) process = NULL;
	g_autofree char *listed = NULL;
	g_auto(GStrv) lines = NULL;

	g_subprocess_launcher_set_cwd(launcher, folder);
	g_subprocess_launcher_setenv(launcher, "LC_ALL", "C", TRUE);
	process = g_subprocess_launcher_spawnv(launcher, args, error);
	if (!process || !g_subprocess_communicate_utf8(process, NULL, NULL, &listed, NULL, error))
		return false;
	lines = g_strsplit(listed ? listed : "", "\n", -1);
	for (char **line = lines; *line; line++)
		if (g_str_has_prefix(*line, "./"))
			g_hash_table_add(found, g_strdup(*line + 2));
	return true;
}

GPtrArray *overlay_search(struct overlay *overlay, const char *regex, GError **error)
{
	g_autoptr(GHashTable) found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
	GHashTableIter iter;
	gpointer path;

	if (!search_folder(overlay->work, regex, found, error) ||
	    (overlay->from && !search_folder(overlay->from, regex, found, error))) {
		g_ptr_array_free(paths, TRUE);
		return NULL;
	}
	g_hash_table_iter_init(&iter, found);
	while (g_hash_table_iter_next(&iter, &path, NULL))
		g_ptr_array_add(paths, g_strdup(path));
	g_ptr_array_sort(paths, text_order);
	return paths;
}

char *room_path(const char *room)
{
	const char *root = g_getenv("GUPCONV_DATA");

	return g_build_filename(root ? root : GUPCONV_ROOT, room, NULL);
}
