// SPDX-License-Identifier: GPL-2.0-only
#include "model/api.h"

static void api_free(void *data)
{
	struct api *api = data;

	g_free(api->name);
	g_free(api->taker);
	g_free(api);
}

struct api_table *api_table_load(struct db *db, GError **error)
{
	struct api_table *table = g_new0(struct api_table, 1);
	GError *failure = NULL;
	sqlite3_stmt *stmt;

	table->by_name = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, api_free);
	table->param_roles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	stmt = db_query(db, "api_all");
	while (db_step(db, stmt, &failure)) {
		struct api *api = g_new0(struct api, 1);

		api->name = g_strdup(db_text(stmt, 0));
		api->role = role_find(db_text(stmt, 1));
		api->family = family_find(db_text(stmt, 2));
		api->detail = detail_of(db_text(stmt, 3));
		if (api->detail == DETAIL_FUNCTION)
			api->taker = g_strdup(db_text(stmt, 3));
		g_hash_table_insert(table->by_name, api->name, api);
	}
	stmt = db_query(db, "param_role_all");
	while (!failure && db_step(db, stmt, &failure))
		g_hash_table_insert(table->param_roles, g_strdup(db_text(stmt, 0)),
				    GINT_TO_POINTER(param_role_find(db_text(stmt, 1))));
	table->knowledge = failure ? NULL : knowledge_load(db, &failure);
	if (!failure)
		return table;
	g_propagate_error(error, failure);
	api_table_free(table);
	return NULL;
}

void api_table_free(struct api_table *table)
{
	if (!table)
		return;
	g_hash_table_destroy(table->by_name);
	g_hash_table_destroy(table->param_roles);
	knowledge_free(table->knowledge);
	g_free(table);
}

const struct api *api_find(const struct api_table *table, const char *name)
{
	return g_hash_table_lookup(table->by_name, name);
}

enum param_role api_param_role(const struct api_table *table, const char *name)
{
	return GPOINTER_TO_INT(g_hash_table_lookup(table->param_roles, name));
}

bool api_has_role(const struct api *api, enum role role)
{
	return api && api->role == role;
}

bool api_is_site(const struct api *api)
{
	return api_has_role(api, ROLE_ACQUIRE) || api_has_role(api, ROLE_RELEASE);
}

bool api_is_harmless(const struct api_table *table, const char *function)
{
	const struct knowledge *knowledge = table->knowledge;
	const struct api *api = api_find(table, function);

	return knowledge_has(knowledge, KNOW_PRINT, function) ||
	       knowledge_has(knowledge, KNOW_ERROR, function) ||
	       knowledge_has(knowledge, KNOW_FREE, function) ||
	       (api_has_role(api, ROLE_USE) && api->detail == DETAIL_STATE);
}
