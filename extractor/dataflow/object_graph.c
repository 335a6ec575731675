// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "dataflow/object_graph.h"

static void place_free(void *data)
{
	struct object_place *place = data;

	g_array_unref(place->in);
	g_array_unref(place->out);
	g_free(place);
}

static const char *intern(struct object_graph *objects, const char *text)
{
	return g_string_chunk_insert_const(objects->strings, text);
}

static bool load_places(struct object_graph *objects, struct db *db, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "link_object_places");
	GError *failure = NULL;

	while (db_step(db, stmt, &failure)) {
		struct object_place *place = g_new0(struct object_place, 1);

		place->id = sqlite3_column_int(stmt, 0);
		place->kind = place_kind_find(db_text(stmt, 1));
		place->name = intern(objects, db_text(stmt, 2));
		place->scope = intern(objects, db_text(stmt, 3));
		place->in = g_array_new(FALSE, FALSE, sizeof(int));
		place->out = g_array_new(FALSE, FALSE, sizeof(int));
		if (place->kind == PLACE_PARAM || place->kind == PLACE_RETURN) {
			g_autofree char *key = g_strdup_printf("%.*s\t%s",
				(int)graph_function_length(place->name), place->name, place->scope);

			place->owner = intern(objects, key);
		}
		g_ptr_array_add(objects->places, place);
		g_hash_table_insert(objects->by_id, GINT_TO_POINTER(place->id),
				    GINT_TO_POINTER(objects->places->len));
		g_hash_table_insert(objects->by_name,
				    g_strjoin("\t", place->name, place->scope, NULL),
				    GINT_TO_POINTER(objects->places->len));
	}
	if (failure)
		g_propagate_error(error, failure);
	return !failure;
}

static int index_of(const struct object_graph *objects, int id)
{
	return GPOINTER_TO_INT(g_hash_table_lookup(objects->by_id, GINT_TO_POINTER(id))) - 1;
}

static bool load_rows(struct object_graph *objects, struct db *db, const struct graph *graph,
		      GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "link_objects");
	GError *failure = NULL;

	while (db_step(db, stmt, &failure)) {
		struct object_row row = {
			.dst = index_of(objects, sqlite3_column_int(stmt, 0)),
			.src = index_of(objects, sqlite3_column_int(stmt, 1)),
			.kind = object_kind_find(db_text(stmt, 2)),
			.file = sqlite3_column_int(stmt, 3),
			.line = sqlite3_column_int(stmt, 4),
		};
		const struct function_info *function = graph_function_at(graph, row.file, row.line);
		int number = objects->rows->len;

		row.function = function ? function->id : 0;
		g_array_append_val(objects->rows, row);
		g_array_append_val(object_place(objects, row.dst)->in, number);
		g_array_append_val(object_place(objects, row.src)->out, number);
	}
	if (failure)
		g_propagate_error(error, failure);
	return !failure;
}

struct object_graph *object_graph_load(struct db *db, const struct graph *graph, GError **error)
{
	struct object_graph *objects = g_new0(struct object_graph, 1);

	objects->strings = g_string_chunk_new(1 << 14);
	objects->places = g_ptr_array_new_with_free_func(place_free);
	objects->rows = g_array_new(FALSE, FALSE, sizeof(struct object_row));
	objects->by_id = g_hash_table_new(NULL, NULL);
	objects->by_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	if (load_places(objects, db, error) && load_rows(objects, db, graph, error))
		return objects;
	object_graph_free(objects);
	return NULL;
}

void object_graph_free(struct object_graph *objects)
{
	g_ptr_array_unref(objects->places);
	g_array_unref(objects->rows);
	g_hash_table_destroy(objects->by_id);
	g_hash_table_destroy(objects->by_name);
	g_string_chunk_free(objects->strings);
	g_free(objects);
}

int object_graph_find(const struct object_graph *objects, const char *name, const char *scope)
{
	g_autofree char *key = g_strjoin("\t", name, scope, NULL);

	return GPOINTER_TO_INT(g_hash_table_lookup(objects->by_name, key)) - 1;
}

int object_graph_param_of(const struct object_graph *objects, const struct object_place *function,
			  int index)
{
	g_autofree char *name = g_strdup_printf("%s(#%d)", function->name + 1, index);

	return object_graph_find(objects, name, function->scope);
}
