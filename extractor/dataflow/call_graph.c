// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "dataflow/call_graph.h"

struct invokes *invokes_load(struct db *db, GError **error)
{
	struct invokes *invokes = g_new0(struct invokes, 1);
	sqlite3_stmt *stmt = db_query(db, "link_invokes");
	GError *failure = NULL;

	invokes->by_callee = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						   (GDestroyNotify)g_array_unref);
	while (db_step(db, stmt, &failure)) {
		struct invoked call = { sqlite3_column_int(stmt, 0), sqlite3_column_int(stmt, 1) };
		g_autofree char *key = g_strjoin("\t", db_text(stmt, 2), db_text(stmt, 3), NULL);
		GArray *calls = g_hash_table_lookup(invokes->by_callee, key);

		if (!calls) {
			calls = g_array_new(FALSE, FALSE, sizeof(struct invoked));
			g_hash_table_insert(invokes->by_callee, g_steal_pointer(&key), calls);
		}
		g_array_append_val(calls, call);
	}
	if (!failure)
		return invokes;
	g_propagate_error(error, failure);
	invokes_free(invokes);
	return NULL;
}

void invokes_free(struct invokes *invokes)
{
	g_hash_table_destroy(invokes->by_callee);
	g_free(invokes);
}

const GArray *invokes_of(const struct invokes *invokes, const char *key)
{
	return g_hash_table_lookup(invokes->by_callee, key);
}

bool invokes_are_open(const struct invokes *invokes, const struct function_info *function)
{
	return !function->is_static || !invokes_of(invokes, function->key);
}

bool function_has_object(const struct function_info *function, const char *tag, size_t length,
			 bool result_too)
{
	const char *at = function->objects;

	if (!at || !length)
		return false;
	at += *at == '=';
	if (!result_too)
		at += strcspn(at, ",");
	while (*at) {
		at += *at == ',';
		if (strcspn(at, ",") == length && !strncmp(at, tag, length))
			return true;
		at += strcspn(at, ",");
	}
	return false;
}
