// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "dataflow/call_graph.h"

struct call_graph *call_graph_load(struct db *db, GError **error)
{
	struct call_graph *invokes = g_new0(struct call_graph, 1);
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
	call_graph_free(invokes);
	return NULL;
}

void call_graph_free(struct call_graph *invokes)
{
	g_hash_table_destroy(invokes->by_callee);
	g_free(invokes);
}

const GArray *call_graph_of(const struct call_graph *invokes, const char *key)
{
	return g_hash_table_lookup(invokes->by_callee, key);
}

bool call_graph_are_open(const struct call_graph *invokes, const struct function_info *function)
{
	return !function->is_static || !call_graph_of(invokes, function->key);
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
