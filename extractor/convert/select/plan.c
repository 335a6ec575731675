// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "convert/select/macro_sites.h"
#include "convert/select/plan.h"

void plan_free(struct plan *plan)
{
	if (!plan)
		return;
	g_ptr_array_free(plan->files, TRUE);
	g_ptr_array_free(plan->sites, TRUE);
	g_free(plan);
}

static struct site *site_read(sqlite3_stmt *stmt)
{
	struct site *site = g_new0(struct site, 1);

	site->id = sqlite3_column_int64(stmt, 0);
	site->file_id = sqlite3_column_int64(stmt, 1);
	site->path = g_strdup(db_text(stmt, 2));
	site->line = sqlite3_column_int(stmt, 3);
	site->column = sqlite3_column_int(stmt, 4);
	site->function = g_strdup(db_text(stmt, 5));
	site->callee = g_strdup(db_text(stmt, 6));
	site->takes = detail_of(db_text(stmt, 16));
	site->acquire = role_find(db_text(stmt, 7)) == ROLE_ACQUIRE;
	site->status = call_status_find(db_text(stmt, 8));
	site->state = state_find(db_text(stmt, 9));
	site->target = g_strdup(db_text(stmt, 10));
	site->group = sqlite3_column_int64(stmt, 11);
	site->reason = reason_load(db_text(stmt, 12), db_text(stmt, 15));
	site->macro = g_strdup(db_text(stmt, 13));
	site->subsystem = g_strdup(db_text(stmt, 14));
	site->flags = sqlite3_column_int(stmt, 17);
	site->adds = g_strdup(db_text(stmt, 18));
	site->truth = sqlite3_column_int(stmt, 19);
	site->guard = g_strdup(db_text(stmt, 20));
	site->outcome = OUTCOME_OPEN;
	site->token = -1;
	return site;
}

static bool path_matches(const char *path, const char *only)
{
	size_t length = strlen(only);

	return !strcmp(path, only) ||
	       (!strncmp(path, only, length) &&
		(only[length - 1] == '/' || path[length] == '/'));
}

static bool site_matches(const struct site *site, const char *only)
{
	g_autofree char *place = g_strdup_printf("%s:%u", site->path, site->line);
	char *end;

	if (!only || !strcmp(only, place) || !strcmp(only, site->subsystem))
		return true;
	if (strtoll(only, &end, 10) == site->id && !*end)
		return true;
	return *only && path_matches(site->path, only);
}

/* A chosen site brings its whole group. */
static void plan_choose(struct plan *plan, const char *only)
{
	g_autoptr(GHashTable) groups = g_hash_table_new(g_int64_hash, g_int64_equal);

	for (guint i = 0; i < plan->sites->len; i++) {
		struct site *site = plan->sites->pdata[i];

		if (site_matches(site, only))
			g_hash_table_add(groups, &site->group);
	}
	for (guint i = 0; i < plan->sites->len; i++) {
		struct site *site = plan->sites->pdata[i];

		site->chosen = g_hash_table_contains(groups, &site->group);
		site->wanted = site->chosen && site_wants(site);
		if (!site->wanted)
			site->outcome = OUTCOME_KEPT;
		if (!site->chosen)
			site_set_reason(site, reason_new(REASON_NOT_ASKED_FOR, ""));
	}
}

static struct work_file *plan_file(struct plan *plan, GHashTable *known, const struct site *site)
{
	struct work_file *file = g_hash_table_lookup(known, site->path);

	if (file)
		return file;
	file = g_new0(struct work_file, 1);
	file->path = g_strdup(site->path);
	file->file_id = site->file_id;
	file->sites = g_ptr_array_new();
	g_hash_table_insert(known, file->path, file);
	g_ptr_array_add(plan->files, file);
	return file;
}

struct plan *plan_load(struct db *db, const char *only, GError **error)
{
	g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
	sqlite3_stmt *stmt = db_query(db, "convert_sites");
	struct plan *plan = g_new0(struct plan, 1);
	GError *failure = NULL;

	plan->sites = g_ptr_array_new_with_free_func(site_free);
	plan->files = g_ptr_array_new_with_free_func(work_file_free);
	while (db_step(db, stmt, &failure))
		g_ptr_array_add(plan->sites, site_read(stmt));
	if (failure) {
		g_propagate_error(error, failure);
		plan_free(plan);
		return NULL;
	}
	macros_join(plan->sites);
	plan_choose(plan, only);
	for (guint i = 0; i < plan->sites->len; i++) {
		struct site *site = plan->sites->pdata[i];

		/* Calls of a macro's body are changed in its definition. */
		if (site->wanted && !site->body)
			g_ptr_array_add(plan_file(plan, known, site)->sites, site);
	}
	return plan;
}
