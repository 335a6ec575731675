// SPDX-License-Identifier: GPL-2.0-only
#include <clang-c/Index.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/build.h"
#include "base/diag.h"
#include "pipeline/build_notes.h"
#include "pipeline/explain_build.h"
#include "pipeline/follow.h"
#include "pipeline/indexer.h"
#include "pipeline/link.h"
#include "pipeline/passed_over.h"
#include "pipeline/refresh.h"
#include "pipeline/search_memo.h"
#include "frontend/bare_headers.h"
#include "frontend/pch.h"
#include "base/scratch.h"
#include "kbuild/generated_headers.h"
#include "kbuild/module_objects.h"
#include "frontend/config_symbols.h"
#include "source/family_reader.h"
#include "source/offered_api.h"

void indexer_free(struct indexer *ix)
{
	if (ix->stubs)
		remove_tree(ix->stubs);
	g_clear_pointer(&ix->memo, search_memo_free);
	g_clear_pointer(&ix->family, g_ptr_array_unref);
	g_clear_pointer(&ix->offered, offered_api_free);
	g_clear_pointer(&ix->cache, fact_cache_free);
	g_clear_pointer(&ix->facts, g_ptr_array_unref);
	g_clear_pointer(&ix->known, g_hash_table_destroy);
	g_clear_pointer(&ix->jobs, g_ptr_array_unref);
	g_clear_pointer(&ix->owners, g_ptr_array_unref);
	g_clear_pointer(&ix->notes, g_ptr_array_unref);
	g_clear_pointer(&ix->record, build_record_free);
	g_clear_pointer(&ix->includers, g_hash_table_destroy);
	g_clear_pointer(&ix->setup.bare, bare_headers_free);
	g_clear_pointer(&ix->includes, includes_free);
	g_clear_pointer(&ix->doubted, g_hash_table_destroy);
	g_clear_pointer(&ix->services, g_hash_table_destroy);
	g_clear_pointer(&ix->headers, g_hash_table_destroy);
	g_clear_pointer(&ix->paths, g_hash_table_destroy);
	g_clear_pointer(&ix->candidates, g_ptr_array_unref);
	g_clear_pointer(&ix->words, word_index_free);
	g_clear_pointer(&ix->files, g_array_unref);
	g_clear_pointer(&ix->missing, g_array_unref);
	g_clear_pointer(&ix->outcome, g_array_unref);
	g_clear_pointer(&ix->setup.headers, g_hash_table_destroy);
	g_clear_pointer(&ix->setup.common, config_symbols_free);
	g_clear_pointer(&ix->maintainers, maintainers_free);
	g_clear_pointer(&ix->kbuild, kbuild_free);
	g_clear_pointer(&ix->kconfig, kconfig_free);
	api_table_free(ix->apis);
	db_close(ix->memory);
	tree_free(ix->tree);
	g_free(ix->stubs);
	g_free(ix->salt);
	compile_commands_free(ix->commands);
}

static char *make_salt(const struct indexer *ix)
{
	CXString clang = clang_getClangVersion();
	g_autofree char *family = family_text(ix->family);
	g_autofree char *offered = ix->offered ? offered_api_text(ix->offered) : g_strdup("");
	char *salt = g_strjoin("\n", build_of_facts, clang_getCString(clang),
			       api_file_hash(ix->options->own), family,
			       compile_commands_salt(ix->commands), offered, NULL);

	clang_disposeString(clang);
	return salt;
}

static GPtrArray *trigger_names(struct db *db, GError **error)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	sqlite3_stmt *stmt = db_query(db, "trigger_names");
	GError *failure = NULL;

	while (db_step(db, stmt, &failure))
		g_ptr_array_add(names, g_strdup(db_text(stmt, 0)));
	if (!failure)
		return names;
	g_propagate_error(error, failure);
	g_ptr_array_free(names, TRUE);
	return NULL;
}

/* Table api, with the functions of the tree's own that belong to the family by their bodies. */
static struct api_table *family_apis(struct indexer *ix, GError **error)
{
	struct api_table *known = api_table_load(ix->memory, error);
	struct api_table *all = NULL;

	if (!known)
		return NULL;
	ix->family = family_read(ix->tree->kernel, known);
	if (family_store(ix->family, ix->memory, error))
		all = api_table_load(ix->memory, error);
	api_table_free(known);
	return all;
}

bool indexer_store_apis(const struct indexer *ix, struct db *db, GError **error)
{
	return api_file_store(ix->options->own, db, error) && family_store(ix->family, db, error);
}

/* Of a tree or of a module and its kernel. */
static void open_kbuild(struct indexer *ix)
{
	ix->kbuild = kbuild_new(ix->tree->top,
				tree_is_module(ix->tree) ? ix->tree->kernel->top : NULL);
	if (ix->again)
		incremental_kbuild(ix);
}

static bool find_candidates(struct indexer *ix, GError **error)
{
	g_autoptr(GPtrArray) names = NULL;

	ix->tree = ix->options->kernel ?
		tree_open_module(ix->options->tree, ix->options->kernel, error) :
		tree_open(ix->options->tree, error);
	if (ix->tree && ix->again)
		ix->tree->change = ix->again->change;
	ix->memory = ix->tree ? db_create(":memory:", error) : NULL;
	if (!ix->memory || !api_file_store(ix->options->own, ix->memory, error))
		return false;
	ix->notes = build_notes_new();
	open_kbuild(ix);
	ix->record = build_record_read(ix->options->build_from, ix->tree, ix->memory, error);
	if (!ix->record)
		return false;
	ix->apis = family_apis(ix, error);
	if (ix->apis && tree_is_module(ix->tree))
		ix->offered = offered_api_read(ix->tree->kernel, ix->apis);
	names = ix->apis ? trigger_names(ix->memory, error) : NULL;
	if (!names)
		return false;
	api_file_mark(ix->options->own, ix->apis);
	api_file_triggers(ix->options->own, names);
	if (ix->again) {
		ix->candidates = incremental_candidates(ix, names, error);
		if (ix->candidates && tree_is_module(ix->tree))
			passed_over_drop(ix, names);
		return ix->candidates;
	}
	ix->files = tree_files(ix->tree, error);
	if (!ix->files)
		return false;
	ix->headers = g_hash_table_new(g_str_hash, g_str_equal);
	ix->words = word_index_new();
	ix->candidates = candidates_find(ix->tree, ix->files, names, ix->headers, ix->words);
	if (tree_is_module(ix->tree))
		passed_over_drop(ix, names);
	return true;
}

/* Of two absolute paths. Caller frees. */
static char *common_folder(const char *a, const char *b)
{
	size_t end = 0;

	for (size_t i = 0; a[i] && a[i] == b[i]; i++)
		if (a[i] == '/')
			end = i;
	return g_strndup(a, end ? end : 1);
}

/* Of a module that is built from files that lie elsewhere, half of the releases may be there. */
static bool module_is_whole(const struct indexer *ix, GError **error)
{
	const struct module_objects *objects = kbuild_objects(ix->kbuild);
	const GPtrArray *all = objects ? module_objects_all(objects) : NULL;

	for (guint i = 0; all && i < all->len; i++) {
		const struct module_object *object = all->pdata[i];
		const char *dir = object->makefile->dir;
		g_autofree char *parent = NULL;

		if (object->kind != SOURCE_OUTSIDE)
			continue;
		parent = common_folder(ix->tree->top, object->source);
		fail(error, EXIT_INPUT,
		     "%s%s%s: its Makefile builds %s, which lies outside of the module; give the folder that has both: --module %s",
		     ix->tree->top, *dir ? "/" : "", dir, object->word, parent);
		return false;
	}
	return true;
}

bool indexer_prepare(struct indexer *ix, GError **error)
{
	if (!find_candidates(ix, error) || !module_is_whole(ix, error))
		return false;
	if (!tree_is_module(ix->tree) && tree_has(ix->tree, "MAINTAINERS")) {
		ix->maintainers = maintainers_read(ix->tree->top, error);
		if (!ix->maintainers)
			return false;
	}
	ix->commands = compile_commands_read(ix->options->compile_commands, ix->tree, ix->memory,
					     error);
	if (!ix->commands)
		return false;
	ix->kconfig = kconfig_new(ix->tree->kernel->top);
	if (!tree_is_module(ix->tree))
		kconfig_see(ix->kconfig, ix->tree->change);
	ix->paths = g_hash_table_new(g_str_hash, g_str_equal);
	ix->known = g_hash_table_new(g_str_hash, g_str_equal);
	ix->jobs = g_ptr_array_new_with_free_func(parse_job_free);
	ix->facts = g_ptr_array_new_with_free_func(g_free);
	ix->outcome = g_array_new(FALSE, FALSE, sizeof(enum pool_outcome));
	ix->missing = g_array_new(FALSE, FALSE, sizeof(size_t));
	indexer_add_candidates(ix);
	ix->salt = make_salt(ix);
	ix->setup = (struct parse_setup){ .tree = ix->tree, .apis = ix->apis,
					  .candidates = ix->paths,
					  .salt = ix->salt };
	ix->includes = includes_new(ix->tree, ix->headers);
	ix->setup.common = config_symbols_new(ix->tree, ix->includes, ix->kconfig);
	if (!tree_is_module(ix->tree))
		ix->setup.bare = bare_headers_new(ix->tree, ix->includes, ix->apis->knowledge);
	ix->cache = fact_cache_open(ix->options->db, &ix->setup, ix->includes);
	if (ix->again && !incremental_trust(ix, error))
		return false;
	indexer_take_cached(ix);
	return true;
}

static void unlink_database(const char *path)
{
	static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

	for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++) {
		g_autofree char *name = g_strconcat(path, suffixes[i], NULL);

		g_unlink(name);
	}
}

/* Removes leftovers of a killed index of this database, and generated headers of any. */
static void clean_leftovers(const char *path)
{
	g_autofree char *dir = g_path_get_dirname(path), *name = g_path_get_basename(path);
	g_autofree char *prefix = g_strconcat(name, ".new-", NULL);

	scratch_clean(dir, prefix);
	scratch_clean_tmp();
}

/* On the disk before it has the name: a crash leaves one database or the other. */
static bool sync_file(const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);
	bool fine = fd >= 0 && !fsync(fd);

	return (fd < 0 || !close(fd)) && fine;
}

static bool publish(const char *from, const char *to, GError **error)
{
	if (sync_file(from) && g_rename(from, to) == 0)
		return true;
	fail(error, EXIT_INPUT, "%s: %s", to, g_strerror(errno));
	return false;
}

/* Fills a new database at path. */
static bool build_at(struct indexer *ix, const char *path, GError **error)
{
	struct db *db;
	bool fine;

	unlink_database(path);
	db = db_create(path, error);
	fine = db && indexer_store_apis(ix, db, error) &&
	       indexer_record(ix, db, error) && link_stage(db, error);
	db_close(db);
	return fine;
}

/* The new database at path, as much as possible from the old one. */
static bool make_at(struct indexer *ix, const char *path, bool *unchanged, GError **error)
{
	enum refresh refresh = refresh_of(ix);

	*unchanged = refresh == REFRESH_ALL;
	if (*unchanged)
		return true;
	return (refresh == REFRESH_KEYS ? refresh_keys(ix, path, error) :
		build_at(ix, path, error)) && publish(path, ix->options->db, error);
}

static bool build(struct indexer *ix, bool *unchanged, GError **error)
{
	g_autofree char *new = g_strdup_printf("%s.new-%d", ix->options->db, (int)getpid());

	if (indexer_parse_missing(ix, error) && follow_all(ix, error)) {
		build_notes_collect(ix);
		if (make_at(ix, new, unchanged, error))
			return true;
	}
	unlink_database(new);
	return false;
}

/* The warning comes before the work, not after it. */
static bool db_writable(const char *path, GError **error)
{
	g_autofree char *dir = g_path_get_dirname(path);

	if (!access(dir, W_OK | X_OK))
		return true;
	fail(error, EXIT_INPUT, "%s: no database can be written there: %s", path,
	     g_strerror(errno));
	return false;
}

bool index_build(const struct index_options *options, struct index_summary *summary,
		 GError **error)
{
	struct indexer ix = { .options = options };
	GError *failure = NULL;

	clean_leftovers(options->db);
	if (db_writable(options->db, &failure) && indexer_prepare(&ix, &failure)) {
		build(&ix, &summary->unchanged, &failure);
		summary->candidates = ix.candidates->len;
		summary->further = ix.jobs->len - MIN(ix.jobs->len, ix.candidates->len);
		summary->parsed = ix.parsed;
		if (!failure && options->explain)
			summary->explanation = explain_build(&ix);
	}
	indexer_free(&ix);
	if (!failure)
		return true;
	g_propagate_error(error, failure);
	return false;
}
