// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/file_kind.h"
#include "ctext/multi_search.h"
#include "kbuild/module_objects.h"
#include "pipeline/build_notes.h"
#include "pipeline/passed_over.h"

/* Headers of ISO C and POSIX that no kernel has. */
static const char *const hosted[] = { "stdio.h", "stdlib.h", "string.h", "unistd.h", "errno.h",
				      "fcntl.h", "pthread.h", "inttypes.h", "signal.h", "getopt.h",
				      "assert.h", "time.h", "sys/types.h", "sys/mman.h",
				      "sys/ioctl.h", "sys/stat.h", NULL };

/**
 * struct module_file - a candidate
 * @names: of its #include lines (char *)
 * @compiled: by a rule
 * @pages: it names a function that takes or releases pages
 * @program: a function main() is in it
 * @needed: it is read
 * @root: the source by which it is, or NULL
 */
struct module_file {
	const char *path;
	GPtrArray *names;
	bool compiled, pages, program, needed;
	const struct module_file *root;
};

/**
 * struct module_files - all candidates
 * @by_name: name without folders -> GPtrArray of struct module_file
 * @private: name -> whether only the kernel has such a header
 */
struct module_files {
	const struct tree *kernel;
	GPtrArray *all;
	GHashTable *by_name, *private;
};

static void file_free(void *data)
{
	struct module_file *file = data;

	g_ptr_array_unref(file->names);
	g_free(file);
}

static void array_free(void *array)
{
	g_ptr_array_unref(array);
}

static const char *name_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static GPtrArray *included_names(const GRegex *directive, const char *text)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GMatchInfo) match = NULL;

	g_regex_match(directive, text, 0, &match);
	for (; g_match_info_matches(match); g_match_info_next(match, NULL))
		g_ptr_array_add(names, g_match_info_fetch(match, 1));
	return names;
}

static struct module_file *file_read(struct indexer *ix, const char *path, const GRegex *directive,
				     const struct multi_search *search)
{
	struct module_file *file = g_new0(struct module_file, 1);
	g_autofree char *text = NULL;
	size_t size = 0;

	text = tree_read(ix->tree, path, &size, NULL);
	file->path = path;
	file->names = included_names(directive, text ? text : "");
	file->compiled = module_objects_find(kbuild_objects(ix->kbuild), path) ||
			 build_record_find(ix->record, path);
	file->pages = !text || multi_search_hit(search, text, size);
	file->program = text && g_regex_match_simple("^(?:[a-z ]*[ \t])?main[ \t]*\\([^;{]*\\{", text,
						     G_REGEX_MULTILINE | G_REGEX_RAW, 0);
	return file;
}

static void files_read(struct module_files *files, struct indexer *ix, GPtrArray *names)
{
	struct multi_search *search = multi_search_new((const char *const *)names->pdata,
						       names->len);
	g_autoptr(GRegex) directive = g_regex_new(
		"^[ \t]*#[ \t]*include[ \t]*[\"<]([^\">\n]+)[\">]",
		G_REGEX_MULTILINE | G_REGEX_RAW | G_REGEX_OPTIMIZE, 0, NULL);

	for (guint i = 0; i < ix->candidates->len; i++) {
		const struct candidate *candidate = ix->candidates->pdata[i];
		struct module_file *file = file_read(ix, candidate->path, directive, search);
		GPtrArray *same = g_hash_table_lookup(files->by_name, name_of(file->path));

		g_ptr_array_add(files->all, file);
		if (!same) {
			same = g_ptr_array_new();
			g_hash_table_insert(files->by_name, (char *)name_of(file->path), same);
		}
		g_ptr_array_add(same, file);
	}
	multi_search_free(search);
}

/* A header that the kernel has and gives to no program. */
static bool is_private(struct module_files *files, const char *name)
{
	static const char *const folders[] = { "include", "arch/x86/include" };
	g_autofree char *public = g_build_filename("include/uapi", name, NULL);
	void *known;
	bool found = false;

	if (g_hash_table_lookup_extended(files->private, name, NULL, &known))
		return known;
	for (size_t i = 0; !found && i < G_N_ELEMENTS(folders); i++) {
		g_autofree char *path = g_build_filename(folders[i], name, NULL);

		found = tree_has(files->kernel, path);
	}
	found = found && !tree_has(files->kernel, public);
	g_hash_table_insert(files->private, g_strdup(name), GINT_TO_POINTER(found));
	return found;
}

/* Whether "#include "../a/b.h"" can mean the file: whatever the -I are, its path ends so. */
static bool can_mean(const char *path, const char *name)
{
	size_t length, size = strlen(path);

	while (g_str_has_prefix(name, "../") || g_str_has_prefix(name, "./"))
		name = strchr(name, '/') + 1;
	/* "a/../b.h" */
	if (strstr(name, "/../"))
		name = name_of(name);
	length = strlen(name);
	return g_str_has_suffix(path, name) && (size == length || path[size - length - 1] == '/');
}

/* Adds the files of the module that a file may include, by their names alone. */
static void reach(const struct module_files *files, const struct module_file *file,
		  GPtrArray *reached, GHashTable *seen)
{
	for (guint i = 0; i < file->names->len; i++) {
		const GPtrArray *same = g_hash_table_lookup(files->by_name,
							    name_of(file->names->pdata[i]));

		for (guint k = 0; same && k < same->len; k++) {
			struct module_file *other = same->pdata[k];

			if (can_mean(other->path, file->names->pdata[i]) &&
			    g_hash_table_add(seen, other))
				g_ptr_array_add(reached, other);
		}
	}
}

/* Whether it includes a header that only the kernel has, by itself or by the module's headers. */
static bool is_of_kernel(struct module_files *files, struct module_file *file)
{
	g_autoptr(GPtrArray) reached = g_ptr_array_new();
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

	g_ptr_array_add(reached, file);
	g_hash_table_add(seen, file);
	for (guint i = 0; i < reached->len; i++) {
		const struct module_file *at = reached->pdata[i];

		for (guint k = 0; k < at->names->len; k++)
			if (is_private(files, at->names->pdata[k]))
				return true;
		reach(files, at, reached, seen);
	}
	return false;
}

static const char *hosted_name(const struct module_file *file)
{
	for (guint i = 0; i < file->names->len; i++)
		if (g_strv_contains(hosted, file->names->pdata[i]))
			return file->names->pdata[i];
	return NULL;
}

static bool includes_private(struct module_files *files, const struct module_file *file)
{
	for (guint i = 0; i < file->names->len; i++)
		if (is_private(files, file->names->pdata[i]))
			return true;
	return false;
}

/* Why a source is none of the module's; NULL when it is. */
static char *reason_of(struct module_files *files, struct module_file *file)
{
	const char *name = hosted_name(file);

	if (file->compiled || file->pages || includes_private(files, file))
		return NULL;
	if (name)
		return g_strdup_printf("a program of user space: it includes <%s>", name);
	if (file->program)
		return g_strdup("a program of user space: it has a main()");
	return is_of_kernel(files, file) ? NULL :
	       g_strdup("no rule compiles it, and it includes no header that only the kernel has");
}

static void sources_judge(struct module_files *files, struct indexer *ix, GPtrArray *needed,
			  GHashTable *seen)
{
	for (guint i = 0; i < files->all->len; i++) {
		struct module_file *file = files->all->pdata[i];
		g_autofree char *reason = NULL;

		if (!file_is_source(file->path))
			continue;
		reason = reason_of(files, file);
		if (reason) {
			build_notes_add(ix, NOTE_PASSED_OVER, file->path, 0, reason);
		} else {
			file->root = file;
			g_ptr_array_add(needed, file);
			g_hash_table_add(seen, file);
		}
	}
}

/* Breadth first: a header is read as the first source has it that includes it the most directly. */
static void needed_reach(const struct module_files *files, GPtrArray *needed, GHashTable *seen)
{
	for (guint i = 0; i < needed->len; i++) {
		struct module_file *file = needed->pdata[i];
		guint before = needed->len;

		file->needed = true;
		reach(files, file, needed, seen);
		for (guint k = before; k < needed->len; k++)
			((struct module_file *)needed->pdata[k])->root = file->root;
	}
}

/* Those that no source includes, and that name what takes or releases pages. */
static void add_headers(const struct module_files *files, GPtrArray *needed, GHashTable *seen)
{
	for (guint i = 0; i < files->all->len; i++) {
		struct module_file *file = files->all->pdata[i];

		if (file->pages && g_hash_table_add(seen, file))
			g_ptr_array_add(needed, file);
	}
}

/* A source that a needed file includes is its part, whatever it looks like by itself. */
static void mark_needed(struct module_files *files, struct indexer *ix)
{
	g_autoptr(GPtrArray) needed = g_ptr_array_new();
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

	sources_judge(files, ix, needed, seen);
	needed_reach(files, needed, seen);
	add_headers(files, needed, seen);
	needed_reach(files, needed, seen);
}

static void includers_set(struct indexer *ix, const struct module_files *files)
{
	ix->includers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	for (guint i = 0; i < files->all->len; i++) {
		const struct module_file *file = files->all->pdata[i];

		if (file->root && file->root != file)
			g_hash_table_insert(ix->includers, g_strdup(file->path),
					    g_strdup(file->root->path));
	}
}

/* A source that turned out to be a part of another one has no note. */
static void notes_prune(struct indexer *ix, const struct module_files *files)
{
	g_autoptr(GHashTable) needed = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < files->all->len; i++) {
		const struct module_file *file = files->all->pdata[i];

		if (file->needed)
			g_hash_table_add(needed, (char *)file->path);
	}
	for (guint i = ix->notes->len; i-- > 0;)
		if (g_hash_table_contains(needed,
					  ((struct build_note *)ix->notes->pdata[i])->path))
			g_ptr_array_remove_index(ix->notes, i);
}

void passed_over_drop(struct indexer *ix, GPtrArray *names)
{
	struct module_files files = {
		.kernel = ix->tree->kernel, .all = g_ptr_array_new_with_free_func(file_free),
		.by_name = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, array_free),
		.private = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
	};

	files_read(&files, ix, names);
	mark_needed(&files, ix);
	notes_prune(ix, &files);
	includers_set(ix, &files);
	for (guint i = files.all->len; i-- > 0;) {
		const struct module_file *file = files.all->pdata[i];

		if (file->needed)
			continue;
		if (file_is_header(file->path))
			build_notes_add(ix, NOTE_PASSED_OVER, file->path, 0,
					"a header that no source of the module includes");
		g_ptr_array_remove_index(ix->candidates, i);
	}
	g_hash_table_destroy(files.by_name);
	g_hash_table_destroy(files.private);
	g_ptr_array_unref(files.all);
}
