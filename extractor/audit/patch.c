// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <string.h>

#include "base/diag.h"
#include "audit/patch.h"
#include "base/subprocess.h"
#include "base/scratch.h"
#include "kbuild/generated_headers.h"

/* -- what a patch names -- */

static bool is_inside(const char *path)
{
	g_auto(GStrv) parts = g_strsplit(path, "/", -1);

	if (!*path || !g_utf8_validate(path, -1, NULL))
		return false;
	for (char **part = parts; *part; part++)
		if (!**part || !strcmp(*part, ".") || !strcmp(*part, "..") ||
		    !strcmp(*part, ".git"))
			return false;
	return true;
}

static void add_path(GPtrArray *paths, const char *path, size_t length)
{
	g_autofree char *name = g_strndup(path, length);

	if (is_inside(name) && !g_ptr_array_find_with_equal_func(paths, name, g_str_equal, NULL))
		g_ptr_array_add(paths, g_steal_pointer(&name));
}

/* "a/drivers/x.c\t2019-08-01" without its first folder and the date */
static void add_stripped(GPtrArray *paths, const char *name, size_t length)
{
	const char *tab = memchr(name, '\t', length);
	const char *slash;

	if (tab)
		length = tab - name;
	slash = memchr(name, '/', length);
	if (slash)
		add_path(paths, slash + 1, length - (slash + 1 - name));
}

/* "a/x.c b/x.c": only here stands what has no hunks. */
static void add_pair(GPtrArray *paths, const char *names, size_t length)
{
	size_t half = length / 2;

	if (length % 2 && names[half] == ' ')
		add_stripped(paths, names, half);
}

static void take_line(GPtrArray *paths, const char *line, size_t length)
{
	static const struct {
		const char *prefix;
		void (*add)(GPtrArray *paths, const char *name, size_t length);
	} headers[] = {
		{ "--- ", add_stripped }, { "+++ ", add_stripped }, { "diff --git ", add_pair },
		{ "rename from ", add_path }, { "rename to ", add_path },
		{ "copy from ", add_path }, { "copy to ", add_path },
	};

	if (length && line[length - 1] == '\r')
		length--;
	for (size_t i = 0; i < G_N_ELEMENTS(headers); i++) {
		size_t skip = strlen(headers[i].prefix);

		if (length > skip && !memcmp(line, headers[i].prefix, skip))
			headers[i].add(paths, line + skip, length - skip);
	}
}

GPtrArray *patch_paths(const char *text, size_t size)
{
	GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
	const char *end = text + size;

	while (text < end) {
		const char *stop = memchr(text, '\n', end - text);

		if (!stop)
			stop = end;
		take_line(paths, text, stop - text);
		text = stop + 1;
	}
	return paths;
}

/* -- a folder with the files that patches name -- */

struct scratch {
	const char *top;
	const char *prefix;	/* of the tree below top: the rest of the paths is not its */
	char *folder;
	char *parent;
	GHashTable *known;	/* path -> whether the tree has it */
};

static bool fetch(struct scratch *scratch, const char *path, GError **error)
{
	g_autofree char *from = g_build_filename(scratch->top, path, NULL);
	g_autofree char *to = g_build_filename(scratch->folder, path, NULL);
	g_autofree char *dir = g_path_get_dirname(to);
	g_autofree char *text = NULL;
	size_t size;

	if (g_hash_table_contains(scratch->known, path))
		return true;
	if (g_file_test(from, G_FILE_TEST_IS_SYMLINK) ||
	    !g_file_test(from, G_FILE_TEST_IS_REGULAR) ||
	    !g_file_get_contents(from, &text, &size, NULL)) {
		g_hash_table_insert(scratch->known, g_strdup(path), GINT_TO_POINTER(false));
		return true;
	}
	g_hash_table_insert(scratch->known, g_strdup(path), GINT_TO_POINTER(true));
	if (!g_mkdir_with_parents(dir, 0700) && g_file_set_contents(to, text, size, NULL))
		return true;
	fail(error, EXIT_TOOL, "%s: %s", to, g_strerror(errno));
	return false;
}

static bool apply(struct scratch *scratch, GBytes *patch, const char *name, GError **error)
{
	static const char *const args[] = { "git", "apply", "--whitespace=nowarn", "-", NULL };
	const struct subprocess program = { .folder = scratch->folder, .args = args, .input = patch,
					 .ceiling = scratch->parent };
	g_autofree char *said = NULL;
	g_autoptr(GBytes) out = NULL;
	size_t size;
	const char *text = g_bytes_get_data(patch, &size);
	g_autoptr(GPtrArray) paths = patch_paths(text ? text : "", text ? size : 0);
	int status;

	for (guint i = 0; i < paths->len; i++)
		if (!fetch(scratch, paths->pdata[i], error))
			return false;
	if (!size)
		return true;
	out = subprocess_run(&program, &status, &said, error);
	if (out && status)
		fail(error, EXIT_USAGE, "%s: does not apply: %s", name, said);
	return out && !status;
}

/* The new files. */
static void compare(struct scratch *scratch, struct source_overlay *change)
{
	GHashTableIter iter;
	void *path, *had;

	g_hash_table_iter_init(&iter, scratch->known);
	while (g_hash_table_iter_next(&iter, &path, &had)) {
		g_autofree char *before_path = g_build_filename(scratch->top, path, NULL);
		g_autofree char *after_path = g_build_filename(scratch->folder, path, NULL);
		g_autofree char *before = NULL;
		char *after = NULL;
		size_t before_size = 0, after_size = 0;

		if (!g_str_has_prefix(path, scratch->prefix))
			continue;
		path = (char *)path + strlen(scratch->prefix);
		if (!g_file_get_contents(after_path, &after, &after_size, NULL)) {
			if (had)
				source_overlay_remove(change, path);
			continue;
		}
		if (had && g_file_get_contents(before_path, &before, &before_size, NULL) &&
		    before_size == after_size && !memcmp(before, after, after_size))
			g_free(after);
		else
			source_overlay_put(change, path, after, after_size);
	}
}

/* A patch names a file of the tree as the repository at root has it. */
static bool is_from_root(const char *root, const char *prefix, const GPtrArray *patches)
{
	for (guint i = 0; i < patches->len; i++) {
		size_t size;
		const char *text = g_bytes_get_data(patches->pdata[i], &size);
		g_autoptr(GPtrArray) paths = patch_paths(text ? text : "", text ? size : 0);

		for (guint j = 0; j < paths->len; j++) {
			g_autofree char *full = g_build_filename(root, paths->pdata[j], NULL);

			if (g_str_has_prefix(paths->pdata[j], prefix) &&
			    g_file_test(full, G_FILE_TEST_EXISTS))
				return true;
		}
	}
	return false;
}

/* The path without the folders that the prefix has. Caller frees. */
static char *root_of(const char *top, const char *prefix)
{
	char *root = g_strdup(top);

	for (const char *slash = strchr(prefix, '/'); slash; slash = strchr(slash + 1, '/')) {
		char *parent = g_path_get_dirname(root);

		g_free(root);
		root = parent;
	}
	return root;
}

struct source_overlay *patch_change(const char *top, const char *prefix, GPtrArray *patches,
				    GPtrArray *names, GError **error)
{
	g_autofree char *base = scratch_make(NULL);
	g_autofree char *folder = base ? g_canonicalize_filename(base, NULL) : NULL;
	g_autofree char *parent = folder ? g_path_get_dirname(folder) : NULL;
	g_autofree char *root = root_of(top, prefix);
	bool from_root = *prefix && is_from_root(root, prefix, patches);
	struct scratch scratch = { .top = from_root ? root : top, .prefix = from_root ? prefix : "",
				   .folder = folder, .parent = parent };
	g_autoptr(source_overlay_t) change = source_overlay_new();
	bool fine = folder;

	if (!folder) {
		fail(error, EXIT_TOOL, "no temporary directory: %s", g_strerror(errno));
		return NULL;
	}
	scratch.known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; fine && i < patches->len; i++)
		fine = apply(&scratch, patches->pdata[i], names->pdata[i], error);
	if (fine)
		compare(&scratch, change);
	remove_tree(folder);
	g_hash_table_destroy(scratch.known);
	return fine ? g_steal_pointer(&change) : NULL;
}
