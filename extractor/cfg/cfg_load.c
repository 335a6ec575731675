// SPDX-License-Identifier: GPL-2.0-only
#include "base/diag.h"
#include "cfg/cfg_load.h"

/*
 * Where a call of table call stands; the callee is interned in the pool, and NULL for whatever
 * stands there: a macro is called by its name in the table, and by its text's in the graph.
 */
struct call_place {
	int file, line, column;
	const char *callee;
};

static guint place_hash(const void *data)
{
	const struct call_place *place = data;

	return ((guint)place->file * 31 + (guint)place->line) * 31 + (guint)place->column;
}

static gboolean place_equal(const void *left, const void *right)
{
	const struct call_place *a = left, *b = right;

	return a->file == b->file && a->line == b->line && a->column == b->column &&
	       a->callee == b->callee;
}

struct cfg *cfg_new(void)
{
	struct cfg *cfg = g_new0(struct cfg, 1);

	cfg->pool = expr_pool_new();
	cfg->functions = g_ptr_array_new_with_free_func((GDestroyNotify)ir_function_free);
	cfg->by_id = g_hash_table_new(NULL, NULL);
	return cfg;
}

void cfg_free(struct cfg *cfg)
{
	if (!cfg)
		return;
	g_hash_table_destroy(cfg->by_id);
	g_ptr_array_unref(cfg->functions);
	expr_pool_free(cfg->pool);
	g_free(cfg);
}

void cfg_add(struct cfg *cfg, struct ir_function *function)
{
	g_ptr_array_add(cfg->functions, function);
	g_hash_table_insert(cfg->by_id, GINT_TO_POINTER(function->id), function);
}

/* Two of the table stand at the position: neither is meant. */
#define NOT_ONE (-1)

static void add_call(GHashTable *calls, struct call_place place, int id)
{
	g_hash_table_insert(calls, g_memdup2(&place, sizeof(place)), GINT_TO_POINTER(id));
	place.callee = NULL;
	if (g_hash_table_contains(calls, &place))
		id = NOT_ONE;
	g_hash_table_insert(calls, g_memdup2(&place, sizeof(place)), GINT_TO_POINTER(id));
}

/* struct call_place -> id */
static GHashTable *call_places(struct cfg *cfg, struct db *db, GError **error)
{
	GHashTable *calls = g_hash_table_new_full(place_hash, place_equal, g_free, NULL);
	sqlite3_stmt *stmt = db_query(db, "cfg_calls");
	GError *failure = NULL;

	while (db_step(db, stmt, &failure)) {
		struct call_place place = {
			.file = sqlite3_column_int(stmt, 1), .line = sqlite3_column_int(stmt, 2),
			.column = sqlite3_column_int(stmt, 3),
			.callee = expr_pool_name(cfg->pool, db_text(stmt, 4)),
		};

		add_call(calls, place, sqlite3_column_int(stmt, 0));
	}
	if (!failure)
		return calls;
	g_propagate_error(error, failure);
	g_hash_table_destroy(calls);
	return NULL;
}

/* No other call of the graph stands there. */
static bool is_alone(const struct ir_function *function, int number)
{
	const struct ir_node *node = &function->nodes[number];

	for (int i = 0; i < function->count; i++) {
		const struct ir_node *other = &function->nodes[i];

		if (i != number && other->kind == IR_CALL && other->line == node->line &&
		    other->column == node->column)
			return false;
	}
	return true;
}

static void find_calls(struct ir_function *function, GHashTable *calls)
{
	for (int i = 0; i < function->count; i++) {
		struct ir_node *node = &function->nodes[i];
		struct call_place place = { function->file, node->line, node->column,
					    node->callee };

		if (node->kind != IR_CALL || !node->callee)
			continue;
		node->call = GPOINTER_TO_INT(g_hash_table_lookup(calls, &place));
		place.callee = NULL;
		if (!node->call && g_hash_table_contains(calls, &place) && is_alone(function, i))
			node->call = GPOINTER_TO_INT(g_hash_table_lookup(calls, &place));
		if (node->call == NOT_ONE)
			node->call = 0;
	}
}

static bool load_functions(struct cfg *cfg, struct db *db, GHashTable *calls, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "cfg_functions");
	GError *failure = NULL;

	while (db_step(db, stmt, &failure)) {
		int id = sqlite3_column_int(stmt, 0), line = 0;
		struct ir_function *function = ir_parse(cfg->pool, db_text(stmt, 2), &line);

		if (!function) {
			sqlite3_reset(stmt);
			fail(error, EXIT_INPUT,
			     "%s: the graph of function %d is malformed at its line %d", db->path,
			     id, line);
			return false;
		}
		function->id = id;
		function->file = sqlite3_column_int(stmt, 1);
		find_calls(function, calls);
		cfg_add(cfg, function);
	}
	if (!failure)
		return true;
	g_propagate_error(error, failure);
	return false;
}

struct cfg *cfg_load(struct db *db, GError **error)
{
	struct cfg *cfg = cfg_new();
	GHashTable *calls = call_places(cfg, db, error);
	bool fine = calls && load_functions(cfg, db, calls, error);

	g_clear_pointer(&calls, g_hash_table_destroy);
	if (fine)
		return cfg;
	cfg_free(cfg);
	return NULL;
}

const struct ir_function *cfg_function(const struct cfg *cfg, int function_id)
{
	return g_hash_table_lookup(cfg->by_id, GINT_TO_POINTER(function_id));
}

int cfg_call_node(const struct ir_function *function, int call_id)
{
	for (int i = 0; call_id && i < function->count; i++)
		if (function->nodes[i].call == call_id)
			return i;
	return -1;
}
