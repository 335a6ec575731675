// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "checkers/function_body.h"
#include "checkers/liveness.h"
#include "checkers/expr_text.h"

static void step_clear(void *data)
{
	g_strfreev(((struct step *)data)->args);
}

static void body_free(void *data)
{
	struct body *body = data;

	g_array_free(body->steps, TRUE);
	g_strfreev(body->params);
	g_free(body);
}

void bodies_free(struct bodies *bodies)
{
	g_ptr_array_free(bodies->list, TRUE);
	g_hash_table_destroy(bodies->by_key);
	g_hash_table_destroy(bodies->params);
	g_hash_table_destroy(bodies->pairs);
	g_hash_table_destroy(bodies->linked);
	g_hash_table_destroy(bodies->args);
	g_hash_table_destroy(bodies->lives);
	g_string_chunk_free(bodies->strings);
	g_free(bodies);
}

static enum step_kind kind_of(const char *word)
{
	static const char *const words[] = { "entry", "call", "set", "test", "loop", "join", "return" };

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (!strcmp(words[i], word))
			return i;
	return STEP_JOIN;
}

static const struct call_info *call_of_id(const struct graph *graph, int id)
{
	guint low = 0, high = graph->calls->len;

	while (low < high) {
		guint middle = (low + high) / 2;
		const struct call_info *call = graph->calls->pdata[middle];

		if (call->id == id)
			return call;
		if (call->id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static struct body *body_new(struct bodies *bodies, int function)
{
	struct body *body = g_new0(struct body, 1);

	body->function = graph_function(bodies->graph, function);
	body->steps = g_array_new(FALSE, TRUE, sizeof(struct step));
	g_array_set_clear_func(body->steps, step_clear);
	g_ptr_array_add(bodies->list, body);
	if (!g_hash_table_contains(bodies->by_key, body->function->key))
		g_hash_table_insert(bodies->by_key, body->function->key, body);
	return body;
}

static const char *text_of(struct bodies *bodies, sqlite3_stmt *stmt, int column)
{
	return g_string_chunk_insert_const(bodies->strings, db_text(stmt, column));
}

static int next_of(sqlite3_stmt *stmt, int column)
{
	return sqlite3_column_type(stmt, column) == SQLITE_NULL ? -1 : sqlite3_column_int(stmt, column);
}

static bool load_steps(struct db *db, struct bodies *bodies, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "finding_nodes");
	GError *failure = NULL;
	struct body *body = NULL;

	while (db_step(db, stmt, &failure)) {
		int function = sqlite3_column_int(stmt, 0);
		struct step step = {
			.kind = kind_of(db_text(stmt, 1)), .line = sqlite3_column_int(stmt, 2),
			.call = call_of_id(bodies->graph, sqlite3_column_int(stmt, 3)),
			.yes = next_of(stmt, 4), .no = next_of(stmt, 5),
			.lhs = text_of(bodies, stmt, 6), .op = text_of(bodies, stmt, 7),
			.rhs = text_of(bodies, stmt, 8), .type = text_of(bodies, stmt, 9),
		};

		if (!body || body->function->id != function)
			body = body_new(bodies, function);
		if (step.kind == STEP_CALL)
			step.args = words_arguments(step.rhs);
		if (step.kind == STEP_ENTRY)
			body->params = words_arguments(step.rhs);
		g_array_append_val(body->steps, step);
	}
	if (!failure)
		return true;
	g_propagate_error(error, failure);
	return false;
}

static bool load_pairs(struct db *db, struct bodies *bodies, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "finding_pairs");
	GError *failure = NULL;

	while (db_step(db, stmt, &failure)) {
		int acquire = sqlite3_column_int(stmt, 0), release = sqlite3_column_int(stmt, 1);

		if (acquire)
			g_hash_table_add(bodies->pairs, g_strdup_printf("%d:%d", acquire, release));
		if (!g_hash_table_contains(bodies->linked, GINT_TO_POINTER(release)))
			g_hash_table_insert(bodies->linked, GINT_TO_POINTER(release),
					    (void *)text_of(bodies, stmt, 2));
	}
	if (!failure)
		return true;
	g_propagate_error(error, failure);
	return false;
}

static bool load_args(struct db *db, struct bodies *bodies, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "finding_args");
	GError *failure = NULL;

	while (db_step(db, stmt, &failure)) {
		struct site_args *args = g_new(struct site_args, 1);

		args->pages = next_of(stmt, 1);
		args->count = next_of(stmt, 2);
		g_hash_table_insert(bodies->args, GINT_TO_POINTER(sqlite3_column_int(stmt, 0)), args);
	}
	if (!failure)
		return true;
	g_propagate_error(error, failure);
	return false;
}

static void index_params(struct bodies *bodies)
{
	const struct graph *graph = bodies->graph;

	for (guint i = 0; i < graph->nodes->len; i++) {
		const struct node *node = graph->nodes->pdata[i];
		const char *number = node->kind == PLACE_PARAM ? strstr(node->name, "(#") : NULL;

		if (number && graph_has_body(graph, node->owner))
			g_hash_table_insert(bodies->params,
					    g_strdup_printf("%s#%d", node->owner, atoi(number + 2)),
					    GINT_TO_POINTER(i + 1));
	}
}

int bodies_param(const struct bodies *bodies, const struct body *from, const char *callee, int index)
{
	const char *path = graph_path(bodies->graph, from->function->file);
	g_autofree char *own = g_strdup_printf("%s\t%s#%d", callee, path, index);
	g_autofree char *public = g_strdup_printf("%s\t#%d", callee, index);
	void *node = g_hash_table_lookup(bodies->params, own);

	if (!node)
		node = g_hash_table_lookup(bodies->params, public);
	return GPOINTER_TO_INT(node) - 1;
}

struct bodies *bodies_load(struct db *db, const struct graph *graph, GError **error)
{
	struct bodies *bodies = g_new0(struct bodies, 1);

	bodies->graph = graph;
	bodies->strings = g_string_chunk_new(4096);
	bodies->list = g_ptr_array_new_with_free_func(body_free);
	bodies->by_key = g_hash_table_new(g_str_hash, g_str_equal);
	bodies->params = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	index_params(bodies);
	bodies->pairs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	bodies->linked = g_hash_table_new(NULL, NULL);
	bodies->args = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	bodies->lives = g_hash_table_new_full(NULL, NULL, NULL, live_free);
	if (load_steps(db, bodies, error) && load_pairs(db, bodies, error) &&
	    load_args(db, bodies, error))
		return bodies;
	bodies_free(bodies);
	return NULL;
}

const struct body *bodies_callee(const struct bodies *bodies, const struct body *from,
				 const char *callee)
{
	const char *path = graph_path(bodies->graph, from->function->file);
	g_autofree char *own = g_strdup_printf("%s\t%s", callee, path);
	g_autofree char *public = g_strdup_printf("%s\t", callee);
	const struct body *body = g_hash_table_lookup(bodies->by_key, own);

	return body ? body : g_hash_table_lookup(bodies->by_key, public);
}

bool bodies_paired(const struct bodies *bodies, int acquire, int release)
{
	g_autofree char *key = g_strdup_printf("%d:%d", acquire, release);

	return g_hash_table_contains(bodies->pairs, key);
}

struct site_args bodies_args(const struct bodies *bodies, const struct call_info *call)
{
	const struct site_args *args = g_hash_table_lookup(bodies->args, GINT_TO_POINTER(call->id));

	return args ? *args : (struct site_args){ -1, -1 };
}

static const char *argument(const struct step *step, int index)
{
	if (index < 0 || (guint)index >= g_strv_length(step->args))
		return NULL;
	return step->args[index];
}

const char *step_pages(const struct bodies *bodies, const struct step *step)
{
	int index = step->call ? bodies_args(bodies, step->call).pages : -1;

	/* release_pages() has a union there, whose name says nothing */
	return argument(step, index < 0 && step_has_role(step, ROLE_RELEASE) ? 0 : index);
}

const char *step_count(const struct bodies *bodies, const struct step *step)
{
	return step->call ? argument(step, bodies_args(bodies, step->call).count) : NULL;
}

bool step_has_role(const struct step *step, enum role role)
{
	return step->kind == STEP_CALL && step->call && step->call->role == role &&
	       step->call->status != CALL_HOMONYM;
}

bool body_is_local(const struct body *body, const char *name)
{
	if (g_strv_contains((const char *const *)body->params, name))
		return false;
	for (guint i = 0; i < body->steps->len; i++) {
		const struct step *step = body_step(body, i);

		if (step->kind == STEP_SET && !strcmp(step->lhs, name))
			return true;
	}
	return false;
}
