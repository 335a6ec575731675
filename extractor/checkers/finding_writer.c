// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/finding_writer.h"

void finding_writer_begin(struct finding_writer *writer, struct db *db)
{
	*writer = (struct finding_writer){
		.db = db, .written = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
	};
}

bool finding_writer_end(struct finding_writer *writer, GError **error)
{
	g_hash_table_destroy(writer->written);
	if (!writer->error)
		return true;
	g_propagate_error(error, writer->error);
	return false;
}

static bool write_lines(struct finding_writer *writer, const GArray *lines)
{
	sqlite3_int64 finding = sqlite3_last_insert_rowid(writer->db->handle);

	for (guint i = 0; lines && i < lines->len; i++) {
		const struct finding_line *line = &g_array_index(lines, struct finding_line, i);
		sqlite3_stmt *stmt = db_query(writer->db, "finding_step_add");

		db_bind_int(stmt, 1, finding);
		db_bind_int(stmt, 2, i);
		db_bind_int(stmt, 3, line->file);
		db_bind_int(stmt, 4, line->line);
		db_bind_text(stmt, 5, line->text);
		if (!db_run(writer->db, stmt, &writer->error))
			return false;
	}
	return true;
}

static bool write_row(struct finding_writer *writer, const struct finding_row *row)
{
	sqlite3_stmt *stmt = db_query(writer->db, "finding_add");

	db_bind_text(stmt, 1, row->kind);
	db_bind_text(stmt, 2, row->detail);
	db_bind_id(stmt, 3, row->call ? row->call->id : 0);
	db_bind_id(stmt, 4, row->other ? row->other->id : 0);
	db_bind_int(stmt, 5, row->file);
	db_bind_int(stmt, 6, row->line);
	db_bind_text(stmt, 7, row->message);
	return db_run(writer->db, stmt, &writer->error) && write_lines(writer, row->steps);
}

void finding_write(struct finding_writer *writer, struct finding_row *row)
{
	char *key = g_strdup_printf("%s %s %d %d %d", row->kind, row->detail,
				    row->call ? row->call->id : 0, row->file, row->line);

	if (g_hash_table_add(writer->written, key) && !writer->error)
		write_row(writer, row);
	g_free(row->message);
	if (row->steps)
		g_array_free(row->steps, TRUE);
}
