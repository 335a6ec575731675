// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "cfg/cfg_load.h"
#include "decide/decide.h"
#include "pipeline/findings.h"
#include "link/helper_clone.h"
#include "pipeline/link.h"
#include "link/match.h"
#include "link/sibling_acquire.h"
#include "link/summary.h"
#include "link/tested_iterator.h"

struct step_row {
	int place;
	int file;
	int line;
};

static bool step_write(struct db *db, int link, int seq, struct step_row row, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "link_step_add");

	db_bind_int(stmt, 1, link);
	db_bind_int(stmt, 2, seq);
	db_bind_int(stmt, 3, row.place);
	db_bind_int(stmt, 4, row.file);
	db_bind_int(stmt, 5, row.line);
	return db_run(db, stmt, error);
}

/* From the acquire to the release: the chain was made from its end. */
static GArray *chain_of(const struct graph *graph, const struct pair *pair)
{
	GArray *chain = g_array_new(FALSE, FALSE, sizeof(struct step_row));
	const struct reach *reach = pair->feed->reach;
	struct step_row last = { pair->release->place, pair->release->file, pair->release->line };

	for (int i = reach->first[pair->release->node]; i >= 0;) {
		const struct reached *at = &g_array_index(reach->steps, struct reached, i);
		struct step_row row = { graph_node(graph, at->node)->place, at->file, at->line };

		g_array_prepend_val(chain, row);
		i = at->from;
	}
	g_array_append_val(chain, last);
	return chain;
}

static bool pair_write(struct db *db, const struct graph *graph, int id, const struct pair *pair,
		       GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "link_add");
	g_autoptr(GArray) chain = NULL;

	db_bind_int(stmt, 1, id);
	db_bind_id(stmt, 2, pair->acquire ? pair->acquire->id : 0);
	db_bind_int(stmt, 3, pair->release->id);
	db_bind_text(stmt, 4, link_kind_word(pair->kind));
	reason_bind(stmt, 5, pair->reason);
	if (!db_run(db, stmt, error))
		return false;
	if (!pair->feed)
		return true;
	chain = chain_of(graph, pair);
	for (guint i = 0; i < chain->len; i++)
		if (!step_write(db, id, i, g_array_index(chain, struct step_row, i), error))
			return false;
	return true;
}

static bool pairs_write(struct db *db, const struct graph *graph, const GPtrArray *pairs,
			GError **error)
{
	for (guint i = 0; i < pairs->len; i++)
		if (!pair_write(db, graph, i + 1, pairs->pdata[i], error))
			return false;
	return true;
}

static bool link_all(struct db *db, const struct evidence *evidence, const GPtrArray *feeds,
		     GError **error)
{
	const struct graph *graph = evidence->graph;
	g_autoptr(GPtrArray) pairs = pairs_of(graph, feeds, evidence->invokes, evidence->cfg,
					      evidence->apis, evidence->era);
	g_autoptr(GPtrArray) forms = helper_clones_of(graph, feeds, evidence->invokes, pairs);
	const struct wrapping wrapping = { graph, feeds, pairs, evidence->invokes,
					   evidence->apis };
	g_autoptr(GPtrArray) wrappers = wrappers_of(&wrapping);

	return pairs_write(db, graph, pairs, error) && helper_clones_write(db, forms, error) &&
	       wrappers_write(db, &wrapping, wrappers, error) &&
	       decide(db, evidence, feeds, pairs, error) &&
	       findings_stage(db, evidence, feeds, error);
}

static bool link_within(struct db *db, const struct graph *graph, GError **error)
{
	struct api_table *apis = api_table_load(db, error);
	g_autofree char *era_text = db_meta_get(db, "era");
	g_autofree char *longterm = db_meta_get(db, "longterm");
	enum era era = era_of(era_text);
	GPtrArray *feeds = apis ? page_sources_of(graph, apis, era_traits(era)->pins) : NULL;
	struct call_graph *invokes = feeds ? call_graph_load(db, error) : NULL;
	struct cfg *cfg = invokes ? cfg_load(db, error) : NULL;
	struct lifetimes *lifetimes = cfg ? lifetimes_new(db, graph, invokes, cfg, error) : NULL;
	const struct evidence evidence = { graph, invokes, cfg, apis, lifetimes, era,
					   longterm ? strtoul(longterm, NULL, 10) : 0 };
	bool fine;

	if (cfg) {
		siblings_narrow(graph, cfg, apis, feeds);
		iterators_narrow(graph, cfg, feeds);
	}
	fine = lifetimes && db_exec(db, "link_clear", error) &&
	       link_all(db, &evidence, feeds, error);
	g_clear_pointer(&lifetimes, lifetimes_free);
	g_clear_pointer(&cfg, cfg_free);
	g_clear_pointer(&invokes, call_graph_free);
	g_clear_pointer(&feeds, g_ptr_array_unref);
	g_clear_pointer(&apis, api_table_free);
	return fine;
}

bool link_stage(struct db *db, GError **error)
{
	struct graph *graph;
	bool fine;

	if (!db_begin(db, error))
		return false;
	graph = graph_load(db, error);
	fine = graph && link_within(db, graph, error) &&
	       db_meta_set(db, "stage", "link", error) && db_commit(db, error);
	g_clear_pointer(&graph, graph_free);
	if (!fine)
		db_rollback(db);
	return fine;
}
