// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>

#include "check.h"
#include "compare.h"
#include "diag.h"
#include "finding.h"
#include "reindex.h"
#include "scratch.h"
#include "stubs.h"

static void add_paths(GHashTable *set, const struct change *change)
{
	g_autoptr(GPtrArray) paths = change_paths(change);

	for (guint i = 0; i < paths->len; i++)
		g_hash_table_add(set, paths->pdata[i]);
}

/* The database of the tree with that change; the one that is there, if it is the same. */
static struct db *database_of(struct check *check, const struct change *change, const char *name,
			      GHashTable *doubted, GError **error)
{
	g_autofree char *to = g_build_filename(check->folder, name, NULL);
	const struct reindex_options options = {
		.from = check->path, .tree = check->tree, .change = change, .doubted = doubted,
		.to = to, .workers = check->workers, .timeout = check->timeout,
	};
	bool same;

	if (!reindex_build(&options, &same, error))
		return NULL;
	return db_open(same ? check->path : to, false, error);
}

static GPtrArray *findings_before(struct check *check, GHashTable *doubted, GError **error)
{
	struct db *db = database_of(check, check->before, "before.db", doubted, error);
	GPtrArray *findings = db ? findings_load(db, error) : NULL;

	db_close(db);
	return findings;
}

bool check_run(struct check *check, GError **error)
{
	g_autoptr(GHashTable) doubted = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GPtrArray) before = NULL;

	add_paths(doubted, check->before);
	add_paths(doubted, check->after);
	check->folder = scratch_make(NULL);
	if (!check->folder) {
		fail(error, EXIT_TOOL, "no temporary directory: %s", g_strerror(errno));
		return false;
	}
	before = findings_before(check, doubted, error);
	if (before)
		check->db = database_of(check, check->after, "after.db", doubted, error);
	check->findings = check->db ? findings_load(check->db, error) : NULL;
	if (!check->findings)
		return false;
	check->came = findings_new(before, check->findings, &check->gone);
	return true;
}

void check_clear(struct check *check)
{
	g_clear_pointer(&check->came, g_ptr_array_unref);
	g_clear_pointer(&check->findings, g_ptr_array_unref);
	g_clear_pointer(&check->db, db_close);
	if (check->folder)
		remove_tree(check->folder);
	g_clear_pointer(&check->folder, g_free);
}
