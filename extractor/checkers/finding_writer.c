// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/checker.h"
#include "checkers/finding_writer.h"

static bool write_lines(struct db *db, const GArray *lines, GError **error)
{
	sqlite3_int64 finding = sqlite3_last_insert_rowid(db->handle);

	for (guint i = 0; lines && i < lines->len; i++) {
		const struct finding_line *line = &g_array_index(lines, struct finding_line, i);
		sqlite3_stmt *stmt = db_query(db, "finding_step_add");

		db_bind_int(stmt, 1, finding);
		db_bind_int(stmt, 2, i);
		db_bind_int(stmt, 3, line->file);
		db_bind_int(stmt, 4, line->line);
		reason_bind(stmt, 5, line->text);
		if (!db_run(db, stmt, error))
			return false;
	}
	return true;
}

static bool write_row(struct db *db, const struct finding_row *row, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "finding_add");

	db_bind_text(stmt, 1, row->kind);
	db_bind_text(stmt, 2, row->detail);
	db_bind_id(stmt, 3, row->call ? row->call->id : 0);
	db_bind_id(stmt, 4, row->other ? row->other->id : 0);
	db_bind_int(stmt, 5, row->file);
	db_bind_int(stmt, 6, row->line);
	reason_bind(stmt, 7, row->message);
	return db_run(db, stmt, error) && write_lines(db, row->steps, error);
}

bool finding_kinds_write(struct db *db, GError **error)
{
	const struct finding_kind *kind;

	for (int i = 0; (kind = finding_kind_at(i)); i++) {
		sqlite3_stmt *stmt = db_query(db, "finding_kind_add");

		db_bind_text(stmt, 1, kind->word);
		db_bind_int(stmt, 2, i);
		db_bind_text(stmt, 3, kind->title);
		db_bind_text(stmt, 4, kind->help);
		db_bind_text(stmt, 5, kind->level);
		db_bind_int(stmt, 6, kind->marks_site);
		if (!db_run(db, stmt, error))
			return false;
	}
	return true;
}

bool findings_write(struct db *db, const struct finding_list *list, GError **error)
{
	for (guint i = 0; i < list->rows->len; i++)
		if (!write_row(db, list->rows->pdata[i], error))
			return false;
	return true;
}
