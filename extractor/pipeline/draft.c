// SPDX-License-Identifier: GPL-2.0-only
#include "pipeline/draft.h"

/**
 * struct draft - a database that is filled in rounds
 * @load: of all rounds
 * @jobs: how many are loaded
 * @published: the tables have those of an earlier round
 */
struct draft {
	struct indexer *ix;
	struct db *db;
	struct fact_loader *load;
	guint jobs;
	bool published;
};

struct draft *draft_new(struct indexer *ix, GError **error)
{
	struct draft *draft = g_new0(struct draft, 1);

	draft->ix = ix;
	draft->db = db_create_memory(error);
	if (draft->db && indexer_store_apis(ix, draft->db, error) &&
	    indexer_write_head(ix, draft->db, error))
		draft->load = fact_loader_begin(draft->db, true, error);
	if (draft->load)
		return draft;
	draft_free(draft);
	return NULL;
}

void draft_free(struct draft *draft)
{
	if (!draft)
		return;
	fact_loader_free(draft->load);
	db_close(draft->db);
	g_free(draft);
}

static bool load_new(struct draft *draft, GError **error)
{
	bool fine = true;

	indexer_find_owners(draft->ix);
	for (; fine && draft->jobs < draft->ix->jobs->len; draft->jobs++)
		fine = indexer_write_job(draft->ix, draft->db, draft->load, draft->jobs, error);
	return fine;
}

struct db *draft_update(struct draft *draft, GError **error)
{
	if (!db_begin(draft->db, error))
		return NULL;
	if ((!draft->published || db_exec(draft->db, "staging_unpublish", error)) &&
	    load_new(draft, error) && db_exec(draft->db, "staging_publish", error) &&
	    db_commit(draft->db, error)) {
		draft->published = true;
		return draft->db;
	}
	db_rollback(draft->db);
	return NULL;
}
