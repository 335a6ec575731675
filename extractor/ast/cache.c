// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "cache.h"

struct entry {
	char *key;
	char *headers;
	char *facts;
};

struct cache {
	const struct parse_setup *setup;
	GHashTable *entries;	/* path -> struct entry */
	GHashTable *hashes;	/* path -> SHA-256 of its text, "" when unreadable */
	char *candidates;	/* SHA-256 of their paths */
	char *inputs;
};

static void entry_free(void *data)
{
	struct entry *entry = data;

	g_free(entry->key);
	g_free(entry->headers);
	g_free(entry->facts);
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

static void load_entries(struct cache *cache, struct db *db)
{
	sqlite3_stmt *stmt = db_query(db, "parse_cache_all");

	while (db_step(db, stmt, NULL)) {
		struct entry *entry = g_new0(struct entry, 1);

		entry->key = g_strdup(db_text(stmt, 1));
		entry->headers = g_strdup(db_text(stmt, 2));
		entry->facts = g_strdup(db_text(stmt, 3));
		g_hash_table_insert(cache->entries, g_strdup(db_text(stmt, 0)), entry);
	}
}

struct cache *cache_open(const char *db_path, const struct parse_setup *setup)
{
	struct cache *cache = g_new0(struct cache, 1);
	struct db *db = g_file_test(db_path, G_FILE_TEST_EXISTS) ?
		db_open(db_path, false, NULL) : NULL;

	cache->setup = setup;
	cache->entries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, entry_free);
	cache->hashes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	cache->candidates = hash_candidates(setup);
	if (db) {
		cache->inputs = db_meta_get(db, "inputs");
		load_entries(cache, db);
		db_close(db);
	}
	return cache;
}

void cache_free(struct cache *cache)
{
	g_hash_table_destroy(cache->entries);
	g_hash_table_destroy(cache->hashes);
	g_free(cache->candidates);
	g_free(cache->inputs);
	g_free(cache);
}

size_t cache_size(const struct cache *cache)
{
	return g_hash_table_size(cache->entries);
}

const char *cache_inputs(const struct cache *cache)
{
	return cache->inputs ? cache->inputs : "";
}

static const char *file_hash(struct cache *cache, const char *path)
{
	const char *known = g_hash_table_lookup(cache->hashes, path);
	size_t size = 0;
	char *text, *hash;

	if (known)
		return known;
	text = tree_read(cache->setup->tree, path, &size, NULL);
	hash = text ? g_compute_checksum_for_data(G_CHECKSUM_SHA256, (guchar *)text, size) :
		      g_strdup("");
	g_hash_table_insert(cache->hashes, g_strdup(path), hash);
	g_free(text);
	return hash;
}

static char *job_key(struct cache *cache, const struct parse_job *job)
{
	g_autofree char *flags = parse_flags_text(cache->setup, job);
	g_autofree char *text = g_strjoin("\n", GUPCONV_VERSION, cache->candidates,
					  file_hash(cache, job->path), flags, NULL);

	return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
}

static char *header_hashes(struct cache *cache, const char *facts)
{
	GString *list = g_string_new(NULL);

	for (const char *line = facts; *line;) {
		size_t length = strcspn(line, "\n");

		if (g_str_has_prefix(line, "H\t")) {
			g_autofree char *path = g_strndup(line + 2, length - 2);

			g_string_append_printf(list, "%s %s\n", file_hash(cache, path), path);
		}
		line += length + (line[length] == '\n');
	}
	return g_string_free(list, FALSE);
}

static bool headers_unchanged(struct cache *cache, const char *headers)
{
	g_auto(GStrv) lines = g_strsplit(headers, "\n", -1);

	for (char **line = lines; *line; line++) {
		char *space = strchr(*line, ' ');

		if (!space)
			continue;
		*space = 0;
		if (strcmp(*line, file_hash(cache, space + 1)))
			return false;
	}
	return true;
}

const char *cache_facts(struct cache *cache, const struct parse_job *job)
{
	const struct entry *entry = g_hash_table_lookup(cache->entries, job->path);
	g_autofree char *key = NULL;

	if (!entry)
		return NULL;
	key = job_key(cache, job);
	if (strcmp(key, entry->key) || !headers_unchanged(cache, entry->headers))
		return NULL;
	return entry->facts;
}

bool cache_store(struct cache *cache, struct db *db, const struct parse_job *job, const char *facts,
		 GError **error)
{
	g_autofree char *key = job_key(cache, job);
	g_autofree char *headers = header_hashes(cache, facts);
	sqlite3_stmt *stmt = db_query(db, "parse_cache_add");

	db_bind_text(stmt, 1, job->path);
	db_bind_text(stmt, 2, key);
	db_bind_text(stmt, 3, headers);
	db_bind_text(stmt, 4, facts);
	return db_run(db, stmt, error);
}
