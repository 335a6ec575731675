// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>

#include "pipeline/check.h"
#include "base/diag.h"
#include "audit/finding.h"
#include "pipeline/incremental.h"
#include "base/scratch.h"
#include "kbuild/generated_headers.h"

static void add_paths(GHashTable *set, const struct source_overlay *change)
{
	g_autoptr(GPtrArray) paths = source_overlay_paths(change);

	for (guint i = 0; i < paths->len; i++)
		g_hash_table_add(set, paths->pdata[i]);
}

/* The database of the tree with that change; the one that is there, if it is the same. */
static struct db *database_of(struct check *check, const struct source_overlay *change,
			      const char *name, GHashTable *doubted, GError **error)
{
	g_autofree char *to = g_build_filename(check->folder, name, NULL);
	const struct incremental_options options = {
		.from = check->path, .tree = check->tree, .change = change, .doubted = doubted,
		.to = to, .workers = check->workers, .timeout = check->timeout,
		.tells = change && change == check->after,
	};
	bool same;

	if (!incremental_build(&options, &same, error))
		return NULL;
	return db_open(same ? check->path : to, false, error);
}

void side_clear(struct side *side)
{
	g_clear_pointer(&side->findings, g_ptr_array_unref);
	g_clear_pointer(&side->functions, g_hash_table_destroy);
}

bool side_load(struct side *side, struct db *db, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "check_functions");
	GError *failure = NULL;

	side->functions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	while (db_step(db, stmt, &failure))
		g_hash_table_add(side->functions,
				 g_strdup_printf("%s\t%s", db_text(stmt, 0), db_text(stmt, 1)));
	if (failure)
		g_propagate_error(error, failure);
	else
		side->findings = findings_load(db, error);
	return side->findings;
}

static bool side_before(struct side *side, struct check *check, GHashTable *doubted, GError **error)
{
	struct db *db = database_of(check, check->before, "before.db", doubted, error);
	bool fine = db && side_load(side, db, error);

	db_close(db);
	return fine;
}

static bool side_recorded(struct side *side, struct check *check, GError **error)
{
	struct db *db = db_open(check->path, false, error);
	bool fine = db && side_load(side, db, error);

	db_close(db);
	return fine;
}

static bool has_finding_in(const struct side *side, GHashTable *paths)
{
	for (guint i = 0; i < side->findings->len; i++) {
		const struct finding *finding = side->findings->pdata[i];

		if (g_hash_table_contains(paths, finding->path))
			return true;
		for (guint k = 0; k < finding->steps->len; k++) {
			const struct finding_step *step = finding->steps->pdata[k];

			if (g_hash_table_contains(paths, step->path))
				return true;
		}
	}
	return false;
}

/*
 * Whether the tree after the change has no finding but those that the index recorded, and none of
 * these has to do with a file that changes. The tree before the change need not be linked then:
 * what the index does not know of it (an edit since, a file that it has not read) lies in these
 * files.
 */
static bool is_as_recorded(const struct side *recorded, const struct side *after,
			   GHashTable *doubted)
{
	g_autoptr(GPtrArray) came = NULL;
	guint gone;

	if (has_finding_in(after, doubted) || has_finding_in(recorded, doubted))
		return false;
	came = finding_diff(recorded, after, &gone);
	return !came->len && !gone;
}

/* Takes the findings of the tree before the change away from those after it. */
static bool compare(struct check *check, GHashTable *doubted, GError **error)
{
	struct side recorded = { 0 }, before = { 0 }, after = { 0 };
	bool fine = side_recorded(&recorded, check, error) && side_load(&after, check->db, error);
	const struct side *base = &recorded;

	if (fine && !is_as_recorded(&recorded, &after, doubted)) {
		fine = side_before(&before, check, doubted, error);
		base = &before;
	}
	if (fine) {
		check->came = finding_diff(base, &after, &check->gone);
		check->findings = g_ptr_array_ref(after.findings);
	}
	side_clear(&recorded);
	side_clear(&before);
	side_clear(&after);
	return fine;
}

bool check_run(struct check *check, GError **error)
{
	g_autoptr(GHashTable) doubted = g_hash_table_new(g_str_hash, g_str_equal);

	add_paths(doubted, check->before);
	add_paths(doubted, check->after);
	check->folder = scratch_make(NULL);
	if (!check->folder) {
		fail(error, EXIT_TOOL, "no temporary directory: %s", g_strerror(errno));
		return false;
	}
	check->db = database_of(check, check->after, "after.db", doubted, error);
	return check->db && compare(check, doubted, error);
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
