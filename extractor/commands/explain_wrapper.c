// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "commands/explain.h"

static char *head_words(sqlite3_stmt *stmt)
{
	return g_strdup_printf("#%s %s:%s %s(): %s()\n  %s, wrapper: %s\n", db_text(stmt, 0),
			       db_text(stmt, 1), db_text(stmt, 2), db_text(stmt, 3),
			       db_text(stmt, 4), db_text(stmt, 5), db_text(stmt, 6));
}

/* One wrapper on the way down, or the call of the API at its end. */
static void step_print(sqlite3_stmt *stmt)
{
	g_autofree char *at = g_strdup_printf("%s:%s", db_text(stmt, 0), db_text(stmt, 1));

	if (*db_text(stmt, 3))
		printf("      %-52s %s(), by %s\n", at, db_text(stmt, 2), db_text(stmt, 3));
	else
		printf("      %-52s %s()\n", at, db_text(stmt, 2));
}

static bool chain_print(struct db *db, int wrapper, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "explain_wrapper_chain");
	GError *failure = NULL;

	db_bind_int(stmt, 1, wrapper);
	while (db_step(db, stmt, &failure))
		step_print(stmt);
	if (failure)
		g_propagate_error(error, failure);
	return !failure;
}

int explain_wrappers(struct db *db, int id, const char *path, int line, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "explain_wrapper_calls");
	g_autoptr(GPtrArray) heads = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GArray) wrappers = g_array_new(FALSE, FALSE, sizeof(int));
	GError *failure = NULL;

	db_bind_id(stmt, 1, id);
	db_bind_text(stmt, 2, path);
	db_bind_int(stmt, 3, line);
	while (db_step(db, stmt, &failure)) {
		int wrapper = sqlite3_column_int(stmt, 7);

		g_ptr_array_add(heads, head_words(stmt));
		g_array_append_val(wrappers, wrapper);
	}
	if (failure) {
		g_propagate_error(error, failure);
		return -1;
	}
	for (guint i = 0; i < heads->len; i++) {
		fputs(heads->pdata[i], stdout);
		if (!chain_print(db, g_array_index(wrappers, int, i), error))
			return -1;
	}
	return heads->len;
}

bool explain_wrapped(struct db *db, int call, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "explain_wrapped");
	GError *failure = NULL;

	db_bind_int(stmt, 1, call);
	while (db_step(db, stmt, &failure))
		printf("  wrapped by %s() at %s:%s, round %s, by %s\n", db_text(stmt, 0),
		       db_text(stmt, 1), db_text(stmt, 2), db_text(stmt, 3), db_text(stmt, 4));
	if (failure)
		g_propagate_error(error, failure);
	return !failure;
}
