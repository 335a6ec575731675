// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "model/facts.h"
#include "model/fact_loader.h"

struct fact_loader {
	struct db *db;
	bool draft;
	GHashTable *places;	/* "kind\tname\tscope" -> staging number */
	GArray *numbers;	/* place number in the text at hand -> staging number */
	GHashTable *paths;	/* path -> staging number */
	char *path;		/* of the lines at hand, and its number */
	int path_number;
	sqlite3_int64 call;	/* staging row of the last call */
	GHashTable *graphs;	/* text of a graph -> row of table cfg */
	GString *kept;		/* the text at hand, without its graphs */
};

bool fact_loader_is_draft(const struct fact_loader *load)
{
	return load->draft;
}

struct fact_loader *fact_loader_begin(struct db *db, bool draft, GError **error)
{
	struct fact_loader *load;

	if (!db_exec(db, "staging", error))
		return NULL;
	load = g_new0(struct fact_loader, 1);
	load->db = db;
	load->draft = draft;
	load->places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	load->numbers = g_array_new(FALSE, FALSE, sizeof(int));
	load->paths = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	load->graphs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	load->kept = g_string_new(NULL);
	load->path = g_strdup("");
	return load;
}

static bool insert(struct fact_loader *load, const char *query, const char *const *texts, int count,
		   GError **error)
{
	sqlite3_stmt *stmt = db_query(load->db, query);

	for (int i = 0; i < count; i++)
		db_bind_text(stmt, i + 1, texts[i]);
	return db_run(load->db, stmt, error);
}

/* A row that begins with the file that the lines speak of, and has count cells of the line. */
static bool insert_of_path(struct fact_loader *load, const char *query, char **cells, int count,
			   GError **error)
{
	sqlite3_stmt *stmt = db_query(load->db, query);

	db_bind_int(stmt, 1, load->path_number);
	for (int i = 1; i <= count; i++)
		db_bind_text(stmt, i + 1, cells[i]);
	return db_run(load->db, stmt, error);
}

static bool load_path(struct fact_loader *load, char **cells, GError **error)
{
	sqlite3_stmt *stmt;

	g_free(load->path);
	load->path = g_strdup(cells[1]);
	load->path_number = GPOINTER_TO_INT(g_hash_table_lookup(load->paths, load->path));
	if (load->path_number)
		return true;
	load->path_number = g_hash_table_size(load->paths) + 1;
	g_hash_table_insert(load->paths, g_strdup(load->path), GINT_TO_POINTER(load->path_number));
	stmt = db_query(load->db, "staging_path");
	db_bind_int(stmt, 1, load->path_number);
	db_bind_text(stmt, 2, load->path);
	return db_run(load->db, stmt, error);
}

bool fact_loader_file(struct fact_loader *load, const struct fact_loader_file *file, GError **error)
{
	const char *texts[] = { file->path, file->arch, file->subsystem, file->object,
				file->config, file->status, file->reason };

	return insert(load, "staging_file", texts, G_N_ELEMENTS(texts), error);
}

static bool load_place(struct fact_loader *load, char **cells, GError **error)
{
	char *key = g_strjoin("\t", cells[1], cells[2], cells[3], NULL);
	int number = GPOINTER_TO_INT(g_hash_table_lookup(load->places, key));
	sqlite3_stmt *stmt;

	if (number) {
		g_free(key);
		g_array_append_val(load->numbers, number);
		return true;
	}
	number = g_hash_table_size(load->places) + 1;
	g_hash_table_insert(load->places, key, GINT_TO_POINTER(number));
	g_array_append_val(load->numbers, number);
	stmt = db_query(load->db, "staging_place");
	db_bind_int(stmt, 1, number);
	for (int i = 1; i <= 4; i++)
		db_bind_text(stmt, i + 1, cells[i]);
	return db_run(load->db, stmt, error);
}

static int place_number(const struct fact_loader *load, const char *cell)
{
	int number = atoi(cell);

	if (number < 0 || (guint)number >= load->numbers->len)
		return 0;
	return g_array_index(load->numbers, int, number);
}

static bool load_call(struct fact_loader *load, char **cells, GError **error)
{
	sqlite3_stmt *stmt = db_query(load->db, "staging_call");

	db_bind_int(stmt, 1, load->path_number);
	for (int i = 1; i <= 8; i++)
		db_bind_text(stmt, i + 1, cells[i]);
	db_bind_id(stmt, 10, place_number(load, cells[9]));
	for (int i = 10; i <= 13; i++)
		db_bind_text(stmt, i + 1, cells[i]);
	if (!db_run(load->db, stmt, error))
		return false;
	load->call = sqlite3_last_insert_rowid(load->db->handle);
	return true;
}

static bool load_argument(struct fact_loader *load, char **cells, GError **error)
{
	sqlite3_stmt *stmt = db_query(load->db, "staging_arg");

	db_bind_int(stmt, 1, load->call);
	for (int i = 1; i <= 5; i++)
		db_bind_text(stmt, i + 1, cells[i]);
	return db_run(load->db, stmt, error);
}

static bool load_flow(struct fact_loader *load, const char *query, char **cells, GError **error)
{
	sqlite3_stmt *stmt = db_query(load->db, query);

	db_bind_int(stmt, 1, place_number(load, cells[1]));
	db_bind_int(stmt, 2, place_number(load, cells[2]));
	db_bind_text(stmt, 3, cells[3]);
	db_bind_int(stmt, 4, load->path_number);
	db_bind_text(stmt, 5, cells[4]);
	return db_run(load->db, stmt, error);
}

/* The row of table cfg that has this graph; a graph that several texts have is there once. */
static bool graph_number(struct fact_loader *load, const char *graph, int *number, GError **error)
{
	sqlite3_stmt *stmt;

	*number = GPOINTER_TO_INT(g_hash_table_lookup(load->graphs, graph));
	if (*number)
		return true;
	*number = g_hash_table_size(load->graphs) + 1;
	g_hash_table_insert(load->graphs, g_strdup(graph), GINT_TO_POINTER(*number));
	stmt = db_query(load->db, "cfg_add");
	db_bind_int(stmt, 1, *number);
	db_bind_text(stmt, 2, graph);
	return db_run(load->db, stmt, error);
}

static bool load_graph(struct fact_loader *load, char **cells, GError **error)
{
	sqlite3_stmt *stmt;
	int number;

	if (!graph_number(load, cells[3], &number, error))
		return false;
	stmt = db_query(load->db, "staging_graph");
	db_bind_int(stmt, 1, load->path_number);
	db_bind_text(stmt, 2, cells[1]);
	db_bind_text(stmt, 3, cells[2]);
	db_bind_int(stmt, 4, number);
	if (!db_run(load->db, stmt, error))
		return false;
	g_string_append_printf(load->kept, "G\t%s\t%s\t%d\n", cells[1], cells[2], number);
	return true;
}

static bool load_prototype(struct fact_loader *load, char **cells, GError **error)
{
	const char *texts[] = { cells[1], cells[2] };

	return insert(load, "staging_prototype", texts, G_N_ELEMENTS(texts), error);
}

/* How many cells each kind of line has; 0: the loader passes it over. */
static unsigned int cells_of_kind(char kind)
{
	switch (kind) {
	case '@':
		return 2;
	case 'T':
		return 3;
	case 'G':
	case 'K':
		return 4;
	case 'P':
	case 'W':
	case 'O':
		return 5;
	case 'F':
	case 'A':
		return 6;
	case 'C':
		return 14;
	default:
		return 0;
	}
}

static bool load_line(struct fact_loader *load, char **cells, GError **error)
{
	unsigned int expected = cells_of_kind(cells[0][0]);

	if (!expected)
		return true;
	if (g_strv_length(cells) != expected) {
		fail(error, EXIT_TOOL, "%s: a worker's answer has a malformed '%s' line",
		     load->path, cells[0]);
		return false;
	}
	switch (cells[0][0]) {
	case '@':
		return load_path(load, cells, error);
	case 'F':
		return insert_of_path(load, "staging_function", cells, 5, error);
	case 'K':
		return insert_of_path(load, "staging_invoke", cells, 3, error);
	case 'P':
		return load_place(load, cells, error);
	case 'W':
		return load_flow(load, "staging_flow", cells, error);
	case 'O':
		return load_flow(load, "staging_object", cells, error);
	case 'C':
		return load_call(load, cells, error);
	case 'G':
		return load_graph(load, cells, error);
	case 'A':
		return load_argument(load, cells, error);
	default:
		return load_prototype(load, cells, error);
	}
}

bool fact_loader_load(struct fact_loader *load, const char *facts, char **kept, GError **error)
{
	g_array_set_size(load->numbers, 0);
	g_string_set_size(load->kept, 0);
	while (*facts) {
		size_t length = strcspn(facts, "\n");
		g_auto(GStrv) cells = NULL;

		if (load->draft && !facts_is_for_draft(facts)) {
			facts += length + (facts[length] == '\n');
			continue;
		}
		cells = facts_cells(facts, length);
		if (!load_line(load, cells, error))
			return false;
		if (cells[0][0] != 'G')
			g_string_append_len(load->kept, facts, length + 1);
		facts += length + (facts[length] == '\n');
	}
	if (kept)
		*kept = g_strdup(load->kept->str);
	return true;
}

void fact_loader_free(struct fact_loader *load)
{
	if (!load)
		return;
	g_hash_table_destroy(load->places);
	g_hash_table_destroy(load->paths);
	g_hash_table_destroy(load->graphs);
	g_string_free(load->kept, TRUE);
	g_array_free(load->numbers, TRUE);
	g_free(load->path);
	g_free(load);
}

bool fact_loader_end(struct fact_loader *load, GError **error)
{
	bool fine = db_exec(load->db, "staging_publish", error) &&
		    db_exec(load->db, "staging_drop", error);

	fact_loader_free(load);
	return fine;
}
