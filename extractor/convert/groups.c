// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/groups.h"

static bool is_pin(const struct convert *convert)
{
	return era_traits(convert->era)->pins;
}

/*
 * In the eras before pins, an acquire is what it was, and a release that is not
 * to change must not be one of these pages: else half of them would go back the
 * one way, half the other. A site that a patch source changed or left has its reason from there.
 */
static bool is_sound(const struct convert *convert, const struct site *site)
{
	if (site->outcome == OUTCOME_REFUSED)
		return false;
	if (site->wanted || site->rule || site->source || site->left ||
	    site->state == STATE_CONVERTED)
		return true;
	if (is_pin(convert))
		return false;
	return site->acquire || (site->state != STATE_MIXED && site->state != STATE_UNKNOWN);
}

/* The first site of each group that stops it: group -> site. */
static GHashTable *groups_stopped(const struct convert *convert)
{
	GHashTable *stopped = g_hash_table_new(g_int64_hash, g_int64_equal);

	for (guint i = 0; i < convert->plan->sites->len; i++) {
		struct site *site = convert->plan->sites->pdata[i];

		if (!is_sound(convert, site) && !g_hash_table_contains(stopped, &site->group))
			g_hash_table_insert(stopped, &site->group, site);
	}
	return stopped;
}

/* Refuses what belongs to a stopped group; the files to convert again without it. */
GPtrArray *groups_close(struct convert *convert)
{
	g_autoptr(GHashTable) stopped = groups_stopped(convert);
	GPtrArray *again = g_ptr_array_new();

	for (guint i = 0; i < convert->plan->files->len; i++) {
		struct work_file *file = convert->plan->files->pdata[i];
		bool changed = false;

		for (guint k = 0; k < file->sites->len; k++) {
			struct site *site = file->sites->pdata[k];
			const struct site *cause = g_hash_table_lookup(stopped, &site->group);

			if (!cause || site->outcome == OUTCOME_REFUSED)
				continue;
			site_refuse(site,
				    reason_new(REASON_GROUP_STAYS, "sdsr", cause->path, cause->line,
					       cause->callee, reason_copy(cause->reason)));
			changed = true;
		}
		if (changed)
			g_ptr_array_add(again, file);
	}
	return again;
}

bool groups_doubt(struct convert *convert, GError **error)
{
	sqlite3_stmt *stmt = db_query(convert->db, "convert_loose");
	GError *failure = NULL;

	while (db_step(convert->db, stmt, &failure)) {
		for (guint i = 0; i < convert->plan->sites->len; i++) {
			struct site *site = convert->plan->sites->pdata[i];

			if (site->wanted && !strcmp(site->path, db_text(stmt, 0)))
				site_refuse(site,
					    reason_new(REASON_LOOSE_RELEASE, "sd", db_text(stmt, 2),
						       sqlite3_column_int(stmt, 1)));
		}
	}
	if (!failure)
		return true;
	g_propagate_error(error, failure);
	return false;
}
