// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/file_kind.h"
#include "model/api_file.h"
#include "base/diag.h"
#include "pipeline/indexer.h"
#include "pipeline/link.h"

/* Progress is reported for long steps. */
#define MANY_FILES 20

/* -- which files there are -- */

static bool is_source(const char *path)
{
	return file_is_c(path) && *path != '.' &&
	       !strstr(path, "/.");
}

static bool is_removed(const struct tree *tree, const char *path)
{
	const char *text;

	return source_overlay_find(tree->change, path, &text, NULL) && !text;
}

/* The first column of a query on the database at path, in order. NULL with error set. */
static GPtrArray *texts_of(const char *path, const char *query, GError **error)
{
	GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);
	struct db *db = db_open(path, false, error);
	GError *failure = NULL;
	sqlite3_stmt *stmt;

	if (db) {
		stmt = db_query(db, query);
		while (db_step(db, stmt, &failure))
			g_ptr_array_add(texts, g_strdup(db_text(stmt, 0)));
	}
	db_close(db);
	if (failure)
		g_propagate_error(error, failure);
	if (db && !failure)
		return texts;
	g_ptr_array_unref(texts);
	return NULL;
}

/* The paths of the database's files. */
static GPtrArray *known_paths(const char *path, GError **error)
{
	return texts_of(path, "reindex_files", error);
}

/* The files of the database that the tree still has. NULL with error set. */
static GPtrArray *paths_now(struct indexer *ix, GError **error)
{
	GPtrArray *paths = known_paths(ix->again->from, error);

	for (guint i = 0; paths && i < paths->len;) {
		if (is_removed(ix->tree, paths->pdata[i]) || !tree_has(ix->tree, paths->pdata[i]))
			g_ptr_array_remove_index(paths, i);
		else
			i++;
	}
	return paths;
}

/* The doubted files that are none of these. */
static GPtrArray *paths_more(struct indexer *ix, const GPtrArray *paths)
{
	GPtrArray *more = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
	GHashTableIter iter;
	void *path;

	for (guint i = 0; i < paths->len; i++)
		g_hash_table_add(known, paths->pdata[i]);
	g_hash_table_iter_init(&iter, ix->again->doubted);
	while (g_hash_table_iter_next(&iter, &path, NULL))
		if (!g_hash_table_contains(known, path) && is_source(path) &&
		    tree_has(ix->tree, path))
			g_ptr_array_add(more, g_strdup(path));
	return more;
}

/*
 * A file that changes is read as well when all that it has of pages is behind a function of
 * another file: the release that it forgets is one of these. Of the files that the index has,
 * those are candidates that are so there: what their facts depend on is to stay the same.
 */
GPtrArray *incremental_candidates(struct indexer *ix, GPtrArray *names, GError **error)
{
	g_autoptr(GPtrArray) words = texts_of(ix->again->from, "check_wrappers", error);
	g_autoptr(GPtrArray) paths = words ? paths_now(ix, error) : NULL;
	g_autoptr(GPtrArray) more = paths ? paths_more(ix, paths) : NULL;
	GPtrArray *found;

	if (!more)
		return NULL;
	ix->services = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < words->len; i++)
		g_hash_table_add(ix->services, g_strdup(words->pdata[i]));
	for (guint i = 0; i < names->len; i++)
		g_ptr_array_add(words, g_strdup(names->pdata[i]));
	found = candidates_among(ix->tree, names, paths);
	g_ptr_array_extend_and_steal(found, candidates_among(ix->tree, words, more));
	candidates_sort(found);
	return found;
}

/* -- which of them may not be as they were -- */

/* "drivers/foo/" for "drivers/foo/Makefile"; NULL for any other file. g_free() it. */
static char *makefile_below(const char *path)
{
	g_autofree char *name = g_path_get_basename(path);

	if (strcmp(name, "Makefile") && strcmp(name, "Kbuild"))
		return NULL;
	return g_strndup(path, strlen(path) - strlen(name));
}

void incremental_kbuild(struct indexer *ix)
{
	g_autoptr(GPtrArray) paths = source_overlay_paths(ix->tree->change);

	for (guint i = 0; i < paths->len; i++) {
		g_autofree char *dir = makefile_below(paths->pdata[i]);
		const char *text = NULL;
		size_t size = 0;

		if (!dir)
			continue;
		if (*dir)
			dir[strlen(dir) - 1] = 0;
		source_overlay_find(ix->tree->change, paths->pdata[i], &text, &size);
		kbuild_put(ix->kbuild, dir, text, size);
	}
}

/* Whether a Makefile that may be another has a word in how the file is compiled. */
static bool has_makefile_above(GHashTable *paths, const char *file)
{
	GHashTableIter iter;
	void *path;

	g_hash_table_iter_init(&iter, paths);
	while (g_hash_table_iter_next(&iter, &path, NULL)) {
		g_autofree char *dir = makefile_below(path);

		if (dir && g_str_has_prefix(file, dir))
			return true;
	}
	return false;
}

static bool has_header(GHashTable *paths)
{
	GHashTableIter iter;
	void *path;

	g_hash_table_iter_init(&iter, paths);
	while (g_hash_table_iter_next(&iter, &path, NULL))
		if (file_is_header(path))
			return true;
	return false;
}

bool incremental_has_header(const struct incremental_options *again)
{
	return again && has_header(again->doubted);
}

/*
 * A file of the index stays one, though it may name no acquire and no
 * release of acquired pages after the change: that may be the very mistake.
 */
static bool add_known(struct indexer *ix, GError **error)
{
	g_autoptr(GPtrArray) paths = known_paths(ix->again->from, error);
	g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; paths && i < paths->len; i++) {
		g_hash_table_add(known, paths->pdata[i]);
		if (tree_has(ix->tree, paths->pdata[i]))
			indexer_add_file(ix, paths->pdata[i]);
	}
	for (guint i = 0; paths && i < ix->jobs->len; i++) {
		struct parse_job *job = ix->jobs->pdata[i];

		if (!g_hash_table_contains(known, job->path))
			job->services = ix->services;
	}
	ix->known_before = paths ? paths->len : 0;
	return paths;
}

bool incremental_trust(struct indexer *ix, GError **error)
{
	bool headers = incremental_has_header(ix->again);

	if (!add_known(ix, error))
		return false;
	ix->doubted = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < ix->jobs->len; i++) {
		const struct parse_job *job = ix->jobs->pdata[i];

		if (g_hash_table_contains(ix->again->doubted, job->path) ||
		    has_makefile_above(ix->again->doubted, job->path) ||
		    (headers && includes_reach(ix->includes, job->path, job->arch, job->kbuild,
					       ix->again->doubted)))
			g_hash_table_add(ix->doubted, job->path);
	}
	fact_cache_trust(ix->cache, ix->doubted);
	if (ix->again->tells && g_hash_table_size(ix->doubted) > MANY_FILES)
		diag_note(
			"%u files include what changes, or are compiled by it, and are read again",
			g_hash_table_size(ix->doubted));
	return true;
}

/* -- the database -- */

static bool record(struct indexer *ix, GError **error)
{
	struct db *db = db_create_scratch(ix->again->to, error);
	bool fine = db && indexer_store_apis(ix, db, error) && indexer_record(ix, db, error) &&
		    db_check_references(db, error) && link_stage(db, error);

	db_close(db);
	return fine;
}

/* Inputs of the index besides the tree. */
struct input_origin {
	struct api_file *own;
	struct decisions_file *decisions;
	char *kernel;
	char *compile_commands, *build_from;
};

static bool origin_read(struct input_origin *origin, const char *path, GError **error)
{
	struct db *db = db_open(path, false, error);
	g_autofree char *api = NULL, *decisions = NULL;

	if (!db)
		return false;
	api = db_meta_get(db, "api");
	decisions = db_meta_get(db, "decisions");
	origin->kernel = db_meta_get(db, "kernel");
	origin->compile_commands = db_meta_get(db, "compile_commands");
	origin->build_from = db_meta_get(db, "build_from");
	db_close(db);
	origin->own = api_file_read(api, error);
	origin->decisions = origin->own ? decisions_file_read(decisions, error) : NULL;
	return origin->decisions;
}

static void origin_clear(struct input_origin *origin)
{
	api_file_free(origin->own);
	decisions_file_free(origin->decisions);
	g_free(origin->kernel);
	g_free(origin->compile_commands);
	g_free(origin->build_from);
}

static bool build(struct indexer *ix, bool *same, GError **error)
{
	if (!indexer_prepare(ix, error))
		return false;
	*same = !ix->missing->len && ix->jobs->len == ix->known_before;
	return *same || (indexer_parse_missing(ix, error) && record(ix, error));
}

bool incremental_build(const struct incremental_options *options, bool *same, GError **error)
{
	struct input_origin origin = { 0 };
	bool fine = false;

	if (origin_read(&origin, options->from, error)) {
		const struct index_options index = {
			.tree = options->tree, .kernel = origin.kernel, .db = options->from,
			.workers = options->workers, .timeout = options->timeout,
			.own = origin.own, .decisions = origin.decisions,
			.compile_commands = origin.compile_commands,
			.build_from = origin.build_from,
		};
		struct indexer ix = { .options = &index, .again = options };

		fine = build(&ix, same, error);
		indexer_free(&ix);
	}
	origin_clear(&origin);
	return fine;
}
