// SPDX-License-Identifier: GPL-2.0-only
#include <gio/gio.h>
#include <string.h>

#include "base/diag.h"
#include "pipeline/refresh.h"

/* The earlier database is as an index left it: it has no conversion. */
static bool is_pure(const char *path)
{
	struct db *db = db_open(path, false, NULL);
	g_autofree char *stage = db ? db_meta_get(db, "stage") : NULL;

	db_close(db);
	return !g_strcmp0(stage, "link");
}

enum refresh refresh_of(struct indexer *ix)
{
	g_autofree char *inputs = indexer_inputs(ix);
	bool current = true;

	if (strcmp(fact_cache_inputs(ix->cache), inputs) ||
	    fact_cache_size(ix->cache) != ix->jobs->len)
		return REFRESH_NONE;
	for (guint i = 0; i < ix->jobs->len; i++) {
		const struct parse_job *job = ix->jobs->pdata[i];

		if (fact_cache_is_current(ix->cache, job))
			continue;
		if (!fact_cache_has(ix->cache, job, ix->facts->pdata[i]))
			return REFRESH_NONE;
		current = false;
	}
	if (current)
		return REFRESH_ALL;
	return is_pure(ix->options->db) ? REFRESH_KEYS : REFRESH_NONE;
}

static bool copy(const char *from, const char *to, GError **error)
{
	g_autoptr(GFile) source = g_file_new_for_path(from), target = g_file_new_for_path(to);
	GError *failure = NULL;

	if (g_file_copy(source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &failure))
		return true;
	fail(error, EXIT_INPUT, "%s: %s", to, failure->message);
	g_error_free(failure);
	return false;
}

bool refresh_keys(struct indexer *ix, const char *path, GError **error)
{
	struct db *db = copy(ix->options->db, path, error) ? db_open(path, true, error) : NULL;
	bool fine = db && db_begin(db, error);

	for (guint i = 0; fine && i < ix->jobs->len; i++) {
		const struct parse_job *job = ix->jobs->pdata[i];

		if (!fact_cache_is_current(ix->cache, job))
			fine = fact_cache_rekey(ix->cache, db, job, error);
	}
	fine = fine && db_commit(db, error);
	db_close(db);
	return fine;
}
