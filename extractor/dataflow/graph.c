// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "dataflow/graph.h"
#include "dataflow/graph_load.h"
#include "model/path_class.h"
#include "ctext/presence_condition.h"
#include "dataflow/caller_member.h"
#include "dataflow/container_drop.h"
#include "dataflow/indirect_call.h"
#include "dataflow/heap_clone.h"
#include "dataflow/inline_copies.h"

struct place_info {
	int id;
	enum place_kind kind;
	const char *name;
	const char *scope;
	const char *owner;
	const char *type;
	bool number;
	bool copied;	/* of a function that each file which calls it has a copy of */
};

static const char *function_key(struct graph *graph, const char *name, size_t length,
				const char *scope)
{
	g_autofree char *key = g_strdup_printf("%.*s\t%s", (int)length, name, scope);

	return graph_intern(graph, key);
}

/* "f(#2)" and "f()" are of f; a local's owner is not needed. */
static const char *place_owner(struct graph *graph, enum place_kind kind, const char *name,
			       const char *scope)
{
	if (kind != PLACE_PARAM && kind != PLACE_RETURN)
		return NULL;
	return function_key(graph, name, graph_function_length(name), scope);
}

/* "unsigned long *", "kvm_pfn_t *": where a function leaves a pfn. */
static bool is_number_pointer(const char *type)
{
	return !strncmp(type, "unsigned long", strlen("unsigned long")) ?
		       g_str_has_suffix(type, "*") : g_str_has_suffix(type, "_t *");
}

/* A variable, parameter or result of a function that each file has a copy of. */
static bool is_of_copy(const struct graph *graph, const struct place_info *place)
{
	return *place->scope && *place->name != '*' && place->kind != PLACE_FIELD &&
	       place->kind != PLACE_GLOBAL && place->kind != PLACE_OTHER && !graph->module &&
	       path_is_public(graph->knowledge, place->scope);
}

static bool load_places(struct graph *graph, struct db *db, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "link_places");
	GError *failure = NULL;

	while (db_step(db, stmt, &failure)) {
		struct place_info *place = g_new0(struct place_info, 1);

		place->id = sqlite3_column_int(stmt, 0);
		place->kind = place_kind_find(db_text(stmt, 1));
		place->name = graph_intern(graph, db_text(stmt, 2));
		place->scope = graph_intern(graph, db_text(stmt, 3));
		place->owner = place_owner(graph, place->kind, place->name, place->scope);
		place->type = graph_intern(graph, db_text(stmt, 4));
		place->number = is_number_pointer(place->type);
		place->copied = is_of_copy(graph, place);
		g_hash_table_insert(graph->places, GINT_TO_POINTER(place->id), place);
		if (place->owner)
			g_hash_table_insert(graph->place_by_name,
					    g_strjoin("\t", place->name, place->scope, NULL),
					    place);
	}
	if (failure)
		g_propagate_error(error, failure);
	return !failure;
}

static void function_free(void *data)
{
	struct function_info *function = data;

	g_free(function->name);
	g_free(function->key);
	g_free(function);
}

static bool load_functions(struct graph *graph, struct db *db, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "link_functions");
	GError *failure = NULL;

	while (db_step(db, stmt, &failure)) {
		struct function_info *function = g_new0(struct function_info, 1);

		function->id = sqlite3_column_int(stmt, 0);
		function->file = sqlite3_column_int(stmt, 1);
		function->name = g_strdup(db_text(stmt, 2));
		function->line = sqlite3_column_int(stmt, 3);
		function->end_line = sqlite3_column_int(stmt, 4);
		function->is_static = sqlite3_column_int(stmt, 5);
		if (sqlite3_column_type(stmt, 6) != SQLITE_NULL)
			function->objects = graph_intern(graph, db_text(stmt, 6));
		function->listed = sqlite3_column_int(stmt, 7);
		function->key = g_strdup_printf("%s\t%s", function->name, function->is_static ?
						graph_path(graph, function->file) : "");
		g_ptr_array_add(graph->functions, function);
		g_hash_table_insert(graph->bodies, function->key,
				    (char *)graph_path(graph, function->file));
		g_hash_table_insert(graph->function_by_id, GINT_TO_POINTER(function->id), function);
	}
	if (failure)
		g_propagate_error(error, failure);
	return !failure;
}

/* A function's address in an initialiser outside of functions: in a table that others read. */
static bool load_taken(struct graph *graph, struct db *db, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "link_taken");
	g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	GError *failure = NULL;

	while (db_step(db, stmt, &failure))
		if (!graph_function_at(graph, sqlite3_column_int(stmt, 2),
				       sqlite3_column_int(stmt, 3)))
			g_hash_table_add(taken, g_strjoin("\t", db_text(stmt, 0) + 1,
							  db_text(stmt, 1), NULL));
	for (guint i = 0; i < graph->functions->len; i++) {
		struct function_info *function = graph->functions->pdata[i];

		function->taken = g_hash_table_contains(taken, function->key);
	}
	if (failure)
		g_propagate_error(error, failure);
	return !failure;
}

static bool load_files(struct graph *graph, struct db *db, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "link_files");
	GError *failure = NULL;

	while (db_step(db, stmt, &failure))
		g_hash_table_insert(graph->paths, GINT_TO_POINTER(sqlite3_column_int(stmt, 0)),
				    (char *)graph_intern(graph, db_text(stmt, 1)));
	if (failure)
		g_propagate_error(error, failure);
	return !failure;
}

/* A struct that holds any pages of anybody: one user is one file. */
static bool is_container(const struct graph *graph, const char *field)
{
	g_autofree char *record = g_strndup(field, strcspn(field, "."));

	return knowledge_details(graph->knowledge, KNOW_CONTAINER, record) & KNOWN(SHARED);
}

/* The share of a node that a user's file has: 0 for the whole. */
static int share_of(const struct graph *graph, const struct place_info *place, int file)
{
	g_autofree char *dir = NULL;

	bool pointer = place->name[0] == '*';

	if (place->copied)
		return strcmp(graph_path(graph, file), place->scope) ? file : 0;
	if ((place->kind != PLACE_FIELD && !pointer) ||
	    !path_is_public(graph->knowledge, place->scope))
		return 0;
	if (is_container(graph, place->name + pointer))
		return file;
	/* Negative: a directory, by the address of its interned name. */
	dir = g_path_get_dirname(graph_path(graph, file));
	return -(int)(g_str_hash(dir) & 0x3fffffff) - 1;
}

/* Holds pages that a function may have put there for another one. */
static bool is_array(const struct graph *graph, const char *type)
{
	return strstr(type, "**") || strstr(type, "*[") || strstr(type, "* [") ||
	       knowledge_of_type(graph->knowledge, type) & KNOWN(ARRAY);
}

static int node_add(struct graph *graph, const struct place_info *place, int share, int context)
{
	struct node *node = g_new0(struct node, 1);

	node->place = place->id;
	node->kind = place->kind;
	node->name = place->name;
	node->owner = place->owner;
	node->number = place->number;
	node->scope = place->scope;
	node->type = place->type;
	node->array = place->number || is_array(graph, place->type);
	node->share = share;
	node->shared = share > 0 && !place->copied;
	node->context = context;
	node->out = g_array_new(FALSE, FALSE, sizeof(struct edge));
	g_ptr_array_add(graph->nodes, node);
	return graph->nodes->len - 1;
}

struct node_key {
	int place;
	int share;
	int context;
};

static guint node_key_hash(gconstpointer key)
{
	const struct node_key *node = key;

	return (guint)node->place * 31 + (guint)node->share + (guint)node->context * 65599;
}

static gboolean node_key_equal(gconstpointer a, gconstpointer b)
{
	return !memcmp(a, b, sizeof(struct node_key));
}

int graph_node_of(struct graph *graph, int place_id, int file, int context)
{
	const struct place_info *place = g_hash_table_lookup(graph->places,
							     GINT_TO_POINTER(place_id));
	struct node_key key = { .place = place_id, .context = context };
	void *found;

	if (!place)
		return -1;
	key.share = share_of(graph, place, file);
	found = g_hash_table_lookup(graph->node_by_key, &key);
	if (!found) {
		found = GINT_TO_POINTER(node_add(graph, place, key.share, context) + 1);
		g_hash_table_insert(graph->node_by_key, g_memdup2(&key, sizeof(key)), found);
	}
	return GPOINTER_TO_INT(found) - 1;
}

int graph_node_in(const struct graph *graph, int place_id, int file)
{
	const struct place_info *place = g_hash_table_lookup(graph->places,
							     GINT_TO_POINTER(place_id));
	struct node_key key = { .place = place_id, .share = share_of(graph, place, file) };

	return GPOINTER_TO_INT(g_hash_table_lookup(graph->node_by_key, &key)) - 1;
}

const char *graph_place_owner(const struct graph *graph, int place_id)
{
	const struct place_info *place = g_hash_table_lookup(graph->places,
							     GINT_TO_POINTER(place_id));

	return place ? place->owner : NULL;
}

int graph_node_between(struct graph *graph, int place_id)
{
	return node_add(graph, g_hash_table_lookup(graph->places, GINT_TO_POINTER(place_id)), 0, 0);
}

void graph_edge_add(struct graph *graph, int from, struct edge edge)
{
	struct node *to = graph_node(graph, edge.to);

	g_array_append_val(graph_node(graph, from)->out, edge);
	if (edge.kind == EDGE_ENTER && to->kind == PLACE_PARAM)
		to->entered = true;
	to->fed = true;
}

static void node_free(void *data)
{
	struct node *node = data;

	g_array_unref(node->out);
	g_free(node);
}

struct graph *graph_load(struct db *db, GError **error)
{
	struct graph *graph = g_new0(struct graph, 1);
	g_autofree char *kernel = db_meta_get(db, "kernel");
	g_autofree char *version = db_meta_get(db, "tree_version");

	graph->strings = g_string_chunk_new(1 << 16);
	graph->nodes = g_ptr_array_new_with_free_func(node_free);
	graph->calls = g_ptr_array_new_with_free_func(g_free);
	graph->functions = g_ptr_array_new_with_free_func(function_free);
	graph->bodies = g_hash_table_new(g_str_hash, g_str_equal);
	graph->function_by_id = g_hash_table_new(NULL, NULL);
	graph->paths = g_hash_table_new(NULL, NULL);
	graph->node_by_key = g_hash_table_new_full(node_key_hash, node_key_equal, g_free, NULL);
	graph->places = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	graph->sites = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	graph->module = kernel ? version_code(version) : 0;
	graph->place_by_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	graph->site_info = g_array_new(FALSE, FALSE, sizeof(struct call_site));
	graph->pointers = g_array_new(FALSE, FALSE, sizeof(struct side_flow));
	graph->iterators = g_array_new(FALSE, FALSE, sizeof(struct side_flow));
	graph->knowledge = knowledge_load(db, error);
	if (graph->knowledge && load_files(graph, db, error) && load_functions(graph, db, error) &&
	    load_taken(graph, db, error) &&
	    load_places(graph, db, error) && (graph->clones = heap_clones_load(db, graph, error)) &&
	    graph_load_flows(graph, db, error) && graph_load_calls(graph, db, error)) {
		container_drops_join(graph);
		members_join_callers(graph);
		indirect_resolve(graph);
		return graph;
	}
	graph_free(graph);
	return NULL;
}

void graph_free(struct graph *graph)
{
	g_ptr_array_unref(graph->nodes);
	g_ptr_array_unref(graph->calls);
	g_hash_table_destroy(graph->bodies);
	g_hash_table_destroy(graph->function_by_id);
	g_ptr_array_unref(graph->functions);
	g_hash_table_destroy(graph->paths);
	g_hash_table_destroy(graph->node_by_key);
	g_hash_table_destroy(graph->places);
	g_hash_table_destroy(graph->sites);
	g_hash_table_destroy(graph->place_by_name);
	g_array_unref(graph->pointers);
	g_array_unref(graph->site_info);
	g_clear_pointer(&graph->clones, heap_clones_free);
	g_clear_pointer(&graph->copies, inline_copies_free);
	knowledge_free(graph->knowledge);
	g_array_unref(graph->iterators);
	g_string_chunk_free(graph->strings);
	g_free(graph);
}

int graph_find(const struct graph *graph, const char *name, const char *scope)
{
	g_autofree char *key = g_strjoin("\t", name, scope, NULL);
	const struct place_info *place = g_hash_table_lookup(graph->place_by_name, key);
	struct node_key node = { .place = place ? place->id : 0 };

	return place ? GPOINTER_TO_INT(g_hash_table_lookup(graph->node_by_key, &node)) - 1 : -1;
}

void graph_join(struct graph *graph, int dst, int src, bool array, int file, int line)
{
	struct edge forward = {
		dst, EDGE_WITHIN, array ? TURN_FORWARD : TURN_NONE, 0, file, line, 0, 0
	};
	struct edge reverse = { src, EDGE_WITHIN, TURN_BACK, 0, file, line, 0, 0 };

	graph_edge_add(graph, src, forward);
	if (array)
		graph_edge_add(graph, dst, reverse);
}
