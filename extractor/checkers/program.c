// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "checkers/object_service.h"
#include "checkers/program.h"
#include "link/page_source.h"
#include "model/link_kind.h"

static void function_free(void *data)
{
	struct function *function = data;

	g_free(function->calls);
	g_free(function->args);
	g_free(function->callees);
	g_free(function);
}

void program_free(struct program *program)
{
	g_ptr_array_free(program->functions, TRUE);
	g_hash_table_destroy(program->by_key);
	g_hash_table_destroy(program->inlines);
	g_hash_table_destroy(program->calls);
	g_hash_table_destroy(program->params);
	g_hash_table_destroy(program->types);
	g_hash_table_destroy(program->pairs);
	g_hash_table_destroy(program->linked);
	g_hash_table_destroy(program->unreleased);
	g_hash_table_destroy(program->liveness);
	g_hash_table_destroy(program->runs);
	g_free(program);
}

static void function_add(struct program *program, const struct ir_function *ir, GHashTable *args)
{
	static const struct site_args none = { -1, -1, -1, -1, -1, false };
	struct function *function = g_new0(struct function, 1);

	function->info = graph_function(program->graph, ir->id);
	function->knowledge = program->graph->knowledge;
	function->ir = ir;
	function->calls = g_new0(const struct call_info *, ir->count);
	function->args = g_new(struct site_args, ir->count);
	for (int i = 0; i < ir->count; i++) {
		const struct site_args *known =
			g_hash_table_lookup(args, GINT_TO_POINTER(ir->nodes[i].call));

		function->calls[i] = ir->nodes[i].kind == IR_CALL && ir->nodes[i].call ?
			graph_call(program->graph, ir->nodes[i].call) : NULL;
		function->args[i] = known && function->calls[i] ? *known : none;
	}
	g_ptr_array_add(program->functions, function);
	if (!g_hash_table_contains(program->by_key, function->info->key))
		g_hash_table_insert(program->by_key, function->info->key, function);
}

/* A static function of a header is known to each file that may include it: by its name alone. */
static void index_inlines(struct program *program)
{
	for (guint i = 0; i < program->functions->len; i++) {
		const struct function *function = program->functions->pdata[i];
		const struct function_info *info = function->info;
		bool known = g_hash_table_contains(program->inlines, info->name);

		if (info->is_static && g_str_has_suffix(graph_path(program->graph, info->file), ".h"))
			g_hash_table_insert(program->inlines, info->name,
					    known ? NULL : (void *)function);
	}
}

static bool load_pairs(struct program *program, struct db *db, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "finding_pairs");
	GError *failure = NULL;

	while (db_step(db, stmt, &failure)) {
		int acquire = sqlite3_column_int(stmt, 0), release = sqlite3_column_int(stmt, 1);

		if (acquire)
			g_hash_table_add(program->pairs,
					 g_strdup_printf("%d:%d", acquire, release));
		if (!g_hash_table_contains(program->linked, GINT_TO_POINTER(release)))
			g_hash_table_insert(program->linked, GINT_TO_POINTER(release),
					    GINT_TO_POINTER(link_kind_find(db_text(stmt, 2)) + 1));
	}
	if (!failure)
		return true;
	g_propagate_error(error, failure);
	return false;
}

static bool load_unreleased(struct program *program, struct db *db, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "finding_no_release");
	GError *failure = NULL;

	while (db_step(db, stmt, &failure))
		g_hash_table_add(program->unreleased, GINT_TO_POINTER(sqlite3_column_int(stmt, 0)));
	if (!failure)
		return true;
	g_propagate_error(error, failure);
	return false;
}

static int index_of(sqlite3_stmt *stmt, int column)
{
	return sqlite3_column_type(stmt, column) == SQLITE_NULL ? -1
								: sqlite3_column_int(stmt, column);
}

/* Call id -> struct site_args; NULL with error set. */
static GHashTable *load_args(struct db *db, GError **error)
{
	GHashTable *all = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	sqlite3_stmt *stmt = db_query(db, "finding_args");
	GError *failure = NULL;

	while (db_step(db, stmt, &failure)) {
		struct site_args *args = g_new(struct site_args, 1);

		args->pages = index_of(stmt, 1);
		args->count = index_of(stmt, 2);
		args->flags = index_of(stmt, 3);
		args->bool_flags = sqlite3_column_int(stmt, 4);
		args->dirty = index_of(stmt, 5);
		args->direction = index_of(stmt, 6);
		g_hash_table_insert(all, GINT_TO_POINTER(sqlite3_column_int(stmt, 0)), args);
	}
	if (!failure)
		return all;
	g_propagate_error(error, failure);
	g_hash_table_destroy(all);
	return NULL;
}

static void index_nodes(struct program *program)
{
	const struct graph *graph = program->graph;

	for (guint i = 0; i < graph->nodes->len; i++) {
		const struct node *node = graph->nodes->pdata[i];
		const char *number = node->kind == PLACE_PARAM ? strstr(node->name, "(#") : NULL;

		if (node->kind == PLACE_LOCAL)
			g_hash_table_insert(program->types,
					    g_strconcat(node->name, "\t", node->scope, NULL),
					    (void *)node->type);
		if (number && graph_has_body(graph, node->owner))
			g_hash_table_insert(program->params,
					    g_strdup_printf("%s#%d", node->owner, atoi(number + 2)),
					    GINT_TO_POINTER(i + 1));
	}
}

const struct function *program_find(const struct program *program, const struct function *from,
				    const char *name)
{
	const char *path = graph_path(program->graph, from->info->file);
	g_autofree char *own = g_strdup_printf("%s\t%s", name, path);
	g_autofree char *public = g_strdup_printf("%s\t", name);
	const struct function *function = g_hash_table_lookup(program->by_key, own);

	if (!function)
		function = g_hash_table_lookup(program->by_key, public);
	return function ? function : g_hash_table_lookup(program->inlines, name);
}

static void add_call(struct program *program, const struct function *callee,
		     const struct function *caller, int node)
{
	GArray *calls = g_hash_table_lookup(program->calls, callee);
	struct program_call call = { caller, node };

	if (!calls) {
		calls = g_array_new(FALSE, FALSE, sizeof(struct program_call));
		g_hash_table_insert(program->calls, (void *)callee, calls);
	}
	g_array_append_val(calls, call);
}

/* Once all functions are there. */
static void resolve_callees(struct program *program, struct function *function)
{
	function->callees = g_new0(const struct function *, function->ir->count);
	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *node = function_node(function, i);

		if (!node->callee)
			continue;
		function->callees[i] = program_find(program, function, node->callee);
		if (function->callees[i] && node->kind == IR_CALL)
			add_call(program, function->callees[i], function, i);
	}
}

struct program *program_load(struct db *db, const struct graph *graph, const struct cfg *cfg,
			     GError **error)
{
	struct program *program = g_new0(struct program, 1);
	g_autoptr(GHashTable) args = NULL;

	program->graph = graph;
	program->pool = cfg->pool;
	program->functions = g_ptr_array_new_with_free_func(function_free);
	program->by_key = g_hash_table_new(g_str_hash, g_str_equal);
	program->inlines = g_hash_table_new(g_str_hash, g_str_equal);
	program->calls = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
	program->params = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	program->types = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	index_nodes(program);
	program->pairs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	program->linked = g_hash_table_new(NULL, NULL);
	program->unreleased = g_hash_table_new(NULL, NULL);
	program->liveness = g_hash_table_new_full(NULL, NULL, NULL, liveness_free);
	program->runs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					      (GDestroyNotify)path_result_free);
	args = load_args(db, error);
	for (guint i = 0; args && i < cfg->functions->len; i++)
		function_add(program, cfg->functions->pdata[i], args);
	index_inlines(program);
	for (guint i = 0; i < program->functions->len; i++)
		resolve_callees(program, program->functions->pdata[i]);
	if (args && load_pairs(program, db, error) && load_unreleased(program, db, error) &&
	    services_load(program, db, error))
		return program;
	program_free(program);
	return NULL;
}

int program_param(const struct program *program, const struct function *from, int node, int index)
{
	const char *callee = function_node(from, node)->callee;
	const char *path = graph_path(program->graph, from->info->file);
	g_autofree char *own = g_strdup_printf("%s\t%s#%d", callee ? callee : "", path, index);
	g_autofree char *public = g_strdup_printf("%s\t#%d", callee ? callee : "", index);
	void *found = g_hash_table_lookup(program->params, own);

	if (!callee)
		return -1;
	if (!found)
		found = g_hash_table_lookup(program->params, public);
	return GPOINTER_TO_INT(found) - 1;
}

const char *program_local_type(const struct program *program, const struct function *function,
			       const struct expr *name)
{
	g_autofree char *key = g_strdup_printf("%s.%s\t%s", function->info->name, name->name,
					       graph_path(program->graph, function->info->file));

	return name->op == EXPR_LOCAL ? g_hash_table_lookup(program->types, key) : NULL;
}

const struct function *program_caller(const struct program *program, const struct call_info *call,
				      int *node)
{
	for (guint f = 0; f < program->functions->len; f++) {
		const struct function *function = program->functions->pdata[f];

		if (function->info->id != call->function)
			continue;
		*node = cfg_call_node(function->ir, call->id);
		return *node < 0 ? NULL : function;
	}
	return NULL;
}

static bool takes_reference(const struct graph *graph, const struct page_source *feed)
{
	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];

		if (call->status != CALL_DEAD && reach_has(feed->reach, call->node) &&
		    knowledge_has(graph->knowledge, KNOW_REF, call->callee))
			return true;
	}
	return false;
}

void program_add_told_apart(struct program *program, const GPtrArray *feeds)
{
	const struct graph *graph = program->graph;

	for (guint f = 0; f < feeds->len; f++) {
		const struct page_source *feed = feeds->pdata[f];

		if (feed->kind != FEED_ACQUIRE || takes_reference(graph, feed))
			continue;
		for (guint i = 0; i < graph->calls->len; i++) {
			const struct call_info *call = graph->calls->pdata[i];

			if (call->role == ROLE_RELEASE && reach_has(feed->reach, call->node) &&
			    family_is_pinned(feed->call->family) !=
				    family_is_pinned(call->family))
				g_hash_table_add(program->pairs,
						 g_strdup_printf("%d:%d", feed->call->id, call->id));
		}
	}
}

bool program_paired(const struct program *program, int acquire, int release)
{
	g_autofree char *key = g_strdup_printf("%d:%d", acquire, release);

	return g_hash_table_contains(program->pairs, key);
}

int program_link_kind(const struct program *program, int release)
{
	return GPOINTER_TO_INT(g_hash_table_lookup(program->linked, GINT_TO_POINTER(release))) - 1;
}

const struct liveness *program_liveness(const struct program *program,
					const struct function *function)
{
	struct liveness *live = g_hash_table_lookup(program->liveness, function);

	if (!live) {
		live = liveness_new(program->pool, function);
		g_hash_table_insert(program->liveness, (void *)function, live);
	}
	return live;
}
