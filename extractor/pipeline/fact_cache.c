// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "pipeline/fact_cache.h"
#include "model/fact_archive.h"
#include "model/facts.h"

/* @facts: as fact_archive_pack() has them */
struct cache_entry {
	char *key;
	GBytes *facts;
};

struct fact_cache {
	const struct parse_setup *setup;
	GHashTable *entries;	/* path -> struct cache_entry */
	GPtrArray *graphs;	/* table cfg, in the order of its numbers */
	GHashTable *keys;	/* path -> key as of now */
	struct includes *includes;
	char *candidates;	/* SHA-256 of their paths */
	char *inputs;
	GHashTable *doubted;	/* set of paths, or NULL: all are */
};

static void entry_free(void *data)
{
	struct cache_entry *entry = data;

	g_free(entry->key);
	g_bytes_unref(entry->facts);
	g_free(entry);
}

static char *hash_candidates(const struct parse_setup *setup)
{
	GList *paths = g_list_sort(g_hash_table_get_keys(setup->candidates), (GCompareFunc)strcmp);
	GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
	char *hash;

	for (GList *item = paths; item; item = item->next)
		g_checksum_update(sum, item->data, strlen(item->data) + 1);
	hash = g_strdup(g_checksum_get_string(sum));
	g_checksum_free(sum);
	g_list_free(paths);
	return hash;
}

static void load_entries(struct fact_cache *cache, struct db *db)
{
	sqlite3_stmt *stmt = db_query(db, "parse_cache_all");

	while (db_step(db, stmt, NULL)) {
		struct cache_entry *entry = g_new0(struct cache_entry, 1);

		entry->key = g_strdup(db_text(stmt, 1));
		entry->facts = g_bytes_new(sqlite3_column_blob(stmt, 2),
					   sqlite3_column_bytes(stmt, 2));
		g_hash_table_insert(cache->entries, g_strdup(db_text(stmt, 0)), entry);
	}
	stmt = db_query(db, "cfg_all");
	while (db_step(db, stmt, NULL))
		g_ptr_array_add(cache->graphs, g_strdup(db_text(stmt, 0)));
}

struct fact_cache *fact_cache_open(const char *db_path, const struct parse_setup *setup,
				   struct includes *includes)
{
	struct fact_cache *cache = g_new0(struct fact_cache, 1);
	struct db *db = g_file_test(db_path, G_FILE_TEST_EXISTS) ?
		db_open(db_path, false, NULL) : NULL;

	cache->setup = setup;
	cache->includes = includes;
	cache->entries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, entry_free);
	cache->graphs = g_ptr_array_new_with_free_func(g_free);
	cache->keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	cache->candidates = hash_candidates(setup);
	if (db) {
		cache->inputs = db_meta_get(db, "inputs");
		load_entries(cache, db);
		db_close(db);
	}
	return cache;
}

void fact_cache_free(struct fact_cache *cache)
{
	g_hash_table_destroy(cache->entries);
	g_ptr_array_unref(cache->graphs);
	g_hash_table_destroy(cache->keys);
	g_free(cache->candidates);
	g_free(cache->inputs);
	g_free(cache);
}

size_t fact_cache_size(const struct fact_cache *cache)
{
	return g_hash_table_size(cache->entries);
}

GList *fact_cache_paths(const struct fact_cache *cache)
{
	return g_list_sort(g_hash_table_get_keys(cache->entries), (GCompareFunc)strcmp);
}

const char *fact_cache_inputs(const struct fact_cache *cache)
{
	return cache->inputs ? cache->inputs : "";
}

void fact_cache_trust(struct fact_cache *cache, GHashTable *doubted)
{
	cache->doubted = doubted;
}

static const char *job_key(struct fact_cache *cache, const struct parse_job *job)
{
	const struct cache_entry *entry = g_hash_table_lookup(cache->entries, job->path);
	const char *known = g_hash_table_lookup(cache->keys, job->path);
	g_autofree char *flags = NULL, *texts = NULL, *all = NULL;
	char *key;

	if (known)
		return known;
	if (entry && cache->doubted && !g_hash_table_contains(cache->doubted, job->path))
		return entry->key;
	flags = parse_flags_text(cache->setup, job);
	texts = includes_hash(cache->includes, job->path, job->arch, job->kbuild);
	all = g_strjoin("\n", GUPCONV_VERSION, FACTS_FORMAT, cache->setup->salt, cache->candidates,
			texts, flags, NULL);
	key = g_compute_checksum_for_string(G_CHECKSUM_SHA256, all, -1);
	g_hash_table_insert(cache->keys, g_strdup(job->path), key);
	return key;
}

bool fact_cache_is_current(struct fact_cache *cache, const struct parse_job *job)
{
	const struct cache_entry *entry = g_hash_table_lookup(cache->entries, job->path);

	return entry && !strcmp(job_key(cache, job), entry->key);
}

char *fact_cache_facts(struct fact_cache *cache, const struct parse_job *job)
{
	const struct cache_entry *entry = g_hash_table_lookup(cache->entries, job->path);

	return fact_cache_is_current(cache, job) ?
		fact_archive_unpack(entry->facts, cache->graphs) : NULL;
}

bool fact_cache_has(const struct fact_cache *cache, const struct parse_job *job, const char *facts)
{
	const struct cache_entry *entry = g_hash_table_lookup(cache->entries, job->path);
	g_autofree char *before = entry ? fact_archive_unpack(entry->facts, cache->graphs) : NULL;

	return !g_strcmp0(before, facts);
}

bool fact_cache_rekey(struct fact_cache *cache, struct db *db, const struct parse_job *job,
		      GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "parse_cache_rekey");

	db_bind_text(stmt, 1, job->path);
	db_bind_text(stmt, 2, job_key(cache, job));
	return db_run(db, stmt, error);
}

bool fact_cache_store(struct fact_cache *cache, struct db *db, const struct parse_job *job,
		      const char *kept, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "parse_cache_add");
	g_autoptr(GBytes) facts = fact_archive_pack(kept);
	gsize size;
	const void *data = g_bytes_get_data(facts, &size);

	db_bind_text(stmt, 1, job->path);
	db_bind_text(stmt, 2, job_key(cache, job));
	sqlite3_bind_blob(stmt, 3, data, (int)size, SQLITE_STATIC);
	return db_run(db, stmt, error);
}
