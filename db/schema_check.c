// SPDX-License-Identifier: GPL-2.0-only
#include <glib.h>

#include "db/query.h"
#include "db/schema_check.h"

/* Set of "name\tdefinition"; NULL when the schema cannot be read. */
static GHashTable *definitions(sqlite3 *handle)
{
	GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v2(handle, query_text("schema_definitions"), -1, &stmt, NULL);

	while (rc == SQLITE_OK || rc == SQLITE_ROW) {
		rc = sqlite3_step(stmt);
		if (rc == SQLITE_ROW)
			g_hash_table_add(set, g_strdup_printf("%s\t%s", sqlite3_column_text(stmt, 0),
							      sqlite3_column_text(stmt, 1)));
	}
	sqlite3_finalize(stmt);
	if (rc == SQLITE_DONE)
		return set;
	g_hash_table_destroy(set);
	return NULL;
}

/* Those of this version, from a database in memory. */
static GHashTable *wanted_definitions(void)
{
	GHashTable *set = NULL;
	sqlite3 *handle = NULL;

	if (sqlite3_open(":memory:", &handle) == SQLITE_OK &&
	    sqlite3_exec(handle, query_text("schema"), NULL, NULL, NULL) == SQLITE_OK &&
	    sqlite3_exec(handle, query_text("views"), NULL, NULL, NULL) == SQLITE_OK)
		set = definitions(handle);
	sqlite3_close(handle);
	return set;
}

bool schema_is_complete(sqlite3 *handle)
{
	GHashTable *wanted = wanted_definitions(), *have = definitions(handle);
	bool complete = wanted && have;
	GHashTableIter iter;
	void *definition;

	if (complete) {
		g_hash_table_iter_init(&iter, wanted);
		while (complete && g_hash_table_iter_next(&iter, &definition, NULL))
			complete = g_hash_table_contains(have, definition);
	}
	g_clear_pointer(&wanted, g_hash_table_destroy);
	g_clear_pointer(&have, g_hash_table_destroy);
	return complete;
}
