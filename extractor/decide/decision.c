// SPDX-License-Identifier: GPL-2.0-only
#include "decide/decision.h"

void decision_set(struct decision *site, enum state state, const char *target,
		  struct reason *reason)
{
	g_free(site->target);
	reason_free(site->reason);
	site->decided = true;
	site->state = state;
	site->target = g_strdup(target);
	site->reason = reason;
}

static void site_free(void *data)
{
	struct decision *site = data;

	g_ptr_array_unref(site->pairs);
	g_free(site->target);
	reason_free(site->reason);
	reason_free(site->adds_why);
	g_free(site);
}

static bool load_texts(struct db *db, const char *query, const char *bind, GHashTable *into,
		       GError **error)
{
	sqlite3_stmt *stmt = db_query(db, query);
	GError *failure = NULL;

	if (bind)
		db_bind_text(stmt, 1, bind);
	while (db_step(db, stmt, &failure))
		g_hash_table_insert(into, g_strdup(db_text(stmt, 0)), g_strdup(db_text(stmt, 1)));
	if (failure)
		g_propagate_error(error, failure);
	return !failure;
}

static int root_of(GHashTable *parents, int id)
{
	int up = GPOINTER_TO_INT(g_hash_table_lookup(parents, GINT_TO_POINTER(id)));

	while (up && up != id) {
		id = up;
		up = GPOINTER_TO_INT(g_hash_table_lookup(parents, GINT_TO_POINTER(id)));
	}
	return id;
}

/* The lower id leads, so that a group's number does not depend on the order. */
static void join(GHashTable *parents, int a, int b)
{
	a = root_of(parents, a);
	b = root_of(parents, b);
	if (a != b)
		g_hash_table_insert(parents, GINT_TO_POINTER(MAX(a, b)),
				    GINT_TO_POINTER(MIN(a, b)));
}

static GHashTable *sites_add(struct deciding *d)
{
	GHashTable *by_id = g_hash_table_new(NULL, NULL);

	for (guint i = 0; i < d->graph->calls->len; i++) {
		const struct call_info *call = d->graph->calls->pdata[i];
		struct decision *site;

		if (call->role != ROLE_ACQUIRE && call->role != ROLE_RELEASE)
			continue;
		site = g_new0(struct decision, 1);
		site->call = call;
		site->pairs = g_ptr_array_new();
		g_ptr_array_add(d->sites, site);
		g_hash_table_insert(by_id, GINT_TO_POINTER(call->id), site);
	}
	return by_id;
}

static struct decision *site_of(GHashTable *by_id, const struct call_info *call)
{
	return g_hash_table_lookup(by_id, GINT_TO_POINTER(call->id));
}

static void sites_group(struct deciding *d, GHashTable *by_id, const GPtrArray *feeds,
			const GPtrArray *pairs)
{
	GHashTable *parents = g_hash_table_new(NULL, NULL);

	for (guint i = 0; i < feeds->len; i++) {
		const struct page_source *feed = feeds->pdata[i];

		if (feed->call)
			site_of(by_id, feed->call)->feed = feed;
	}
	for (guint i = 0; i < pairs->len; i++) {
		const struct pair *pair = pairs->pdata[i];

		g_ptr_array_add(site_of(by_id, pair->release)->pairs, (void *)pair);
		if (!pair->acquire)
			continue;
		g_ptr_array_add(site_of(by_id, pair->acquire)->pairs, (void *)pair);
		join(parents, pair->acquire->id, pair->release->id);
	}
	for (guint i = 0; i < d->sites->len; i++) {
		struct decision *site = d->sites->pdata[i];

		site->group = root_of(parents, site->call->id);
	}
	g_hash_table_destroy(parents);
}

/* Of an argument of each call that has it: its number from 1. */
static bool load_index(struct db *db, const char *query, GHashTable *into, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, query);
	GError *failure = NULL;

	while (db_step(db, stmt, &failure))
		g_hash_table_insert(into, GINT_TO_POINTER(sqlite3_column_int(stmt, 0)),
				    GINT_TO_POINTER(sqlite3_column_int(stmt, 1) + 1));
	if (failure)
		g_propagate_error(error, failure);
	return !failure;
}

struct deciding *deciding_new(struct db *db, const struct evidence *evidence,
			      const GPtrArray *feeds, const GPtrArray *pairs, GError **error)
{
	struct deciding *d = g_new0(struct deciding, 1);
	GHashTable *by_id;

	d->graph = evidence->graph;
	d->invokes = evidence->invokes;
	d->cfg = evidence->cfg;
	d->apis = evidence->apis;
	d->lifetimes = evidence->lifetimes;
	d->era = evidence->era;
	d->longterm = evidence->longterm;
	d->feeds = feeds;
	d->targets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	d->prototypes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	d->pages_index = g_hash_table_new(NULL, NULL);
	d->flags_index = g_hash_table_new(NULL, NULL);
	d->iter_index = g_hash_table_new(NULL, NULL);
	d->sites = g_ptr_array_new_with_free_func(site_free);
	by_id = sites_add(d);
	sites_group(d, by_id, feeds, pairs);
	g_hash_table_destroy(by_id);
	if (load_texts(db, "decide_targets", era_word(d->era), d->targets, error) &&
	    load_texts(db, "decide_prototypes", NULL, d->prototypes, error) &&
	    load_index(db, "decide_pages", d->pages_index, error) &&
	    load_index(db, "decide_flags", d->flags_index, error) &&
	    load_index(db, "decide_iters", d->iter_index, error) &&
	    (d->answers = answers_load(db, error)))
		return d;
	deciding_free(d);
	return NULL;
}

const struct answered *answer_of(const struct deciding *d, const struct call_info *acquire)
{
	return g_hash_table_lookup(d->answers, GINT_TO_POINTER(acquire->id));
}

GHashTable *deciding_by_call(const struct deciding *d)
{
	GHashTable *sites = g_hash_table_new(NULL, NULL);

	for (guint i = 0; i < d->sites->len; i++) {
		struct decision *site = d->sites->pdata[i];

		g_hash_table_insert(sites, (void *)site->call, site);
	}
	return sites;
}

void deciding_free(struct deciding *d)
{
	g_hash_table_destroy(d->targets);
	g_hash_table_destroy(d->prototypes);
	g_hash_table_destroy(d->pages_index);
	g_hash_table_destroy(d->flags_index);
	g_hash_table_destroy(d->iter_index);
	g_clear_pointer(&d->answers, g_hash_table_destroy);
	g_ptr_array_unref(d->sites);
	g_free(d);
}

static bool site_write(struct db *db, const struct decision *site, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "decision_add");

	db_bind_int(stmt, 1, site->call->id);
	db_bind_int(stmt, 2, site->group);
	db_bind_text(stmt, 3, state_word(site->state));
	db_bind_text(stmt, 4, site->target);
	db_bind_id(stmt, 5, site->use_case);
	reason_bind(stmt, 6, site->reason);
	db_bind_text(stmt, 8, site->adds ? site->adds : "");
	reason_bind(stmt, 9, site->adds_why);
	return db_run(db, stmt, error);
}

bool deciding_write(struct db *db, const struct deciding *d, GError **error)
{
	for (guint i = 0; i < d->sites->len; i++)
		if (!site_write(db, d->sites->pdata[i], error))
			return false;
	return true;
}
