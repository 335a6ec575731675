// SPDX-License-Identifier: GPL-2.0-only
#include "base/diag.h"
#include "decide/answers.h"

static void answered_free(void *data)
{
	struct answered *answered = data;

	g_free(answered->identity);
	g_free(answered->reason);
	g_free(answered);
}

static void take_row(GHashTable *answers, sqlite3_stmt *stmt, const char *path)
{
	struct answered *answered;

	if (sqlite3_column_type(stmt, 0) == SQLITE_NULL) {
		diag_warn("%s:%d: this tree has no acquire %s", path,
			     sqlite3_column_int(stmt, 4), db_text(stmt, 1));
		return;
	}
	answered = g_new0(struct answered, 1);
	answered->identity = g_strdup(db_text(stmt, 1));
	answered->answer = (enum answer)answer_find(db_text(stmt, 2));
	answered->reason = g_strdup(db_text(stmt, 3));
	g_hash_table_insert(answers, GINT_TO_POINTER(sqlite3_column_int(stmt, 0)), answered);
}

GHashTable *answers_load(struct db *db, GError **error)
{
	GHashTable *answers = g_hash_table_new_full(NULL, NULL, NULL, answered_free);
	g_autofree char *path = db_meta_get(db, "decisions");
	sqlite3_stmt *stmt = db_query(db, "decide_answers");
	GError *failure = NULL;

	while (db_step(db, stmt, &failure))
		take_row(answers, stmt, path ? path : "decisions");
	if (!failure)
		return answers;
	g_propagate_error(error, failure);
	g_hash_table_destroy(answers);
	return NULL;
}
