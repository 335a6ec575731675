// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "checkers/checkers.h"
#include "checkers/finding_writer.h"

static void line_clear(void *data)
{
	g_free(((struct finding_line *)data)->text);
}

static bool write_lines(struct report *report, const GArray *lines, GError **error)
{
	for (guint i = 0; lines && i < lines->len; i++) {
		const struct finding_line *line = &g_array_index(lines, struct finding_line, i);
		sqlite3_stmt *stmt = db_query(report->db, "finding_step_add");

		db_bind_int(stmt, 1, report->finding);
		db_bind_int(stmt, 2, i);
		db_bind_int(stmt, 3, line->file);
		db_bind_int(stmt, 4, line->line);
		db_bind_text(stmt, 5, line->text);
		if (!db_run(report->db, stmt, error))
			return false;
	}
	return true;
}

static bool write_row(struct report *report, const struct finding_row *row, GError **error)
{
	sqlite3_stmt *stmt = db_query(report->db, "finding_add");

	db_bind_text(stmt, 1, row->kind);
	db_bind_text(stmt, 2, row->detail);
	db_bind_id(stmt, 3, row->call ? row->call->id : 0);
	db_bind_id(stmt, 4, row->other ? row->other->id : 0);
	db_bind_int(stmt, 5, row->file);
	db_bind_int(stmt, 6, row->line);
	db_bind_text(stmt, 7, row->message);
	if (!db_run(report->db, stmt, error))
		return false;
	report->finding = sqlite3_last_insert_rowid(report->db->handle);
	return write_lines(report, row->steps, error);
}

void report_row(struct report *report, struct finding_row *row)
{
	char *key = g_strdup_printf("%s %s %d %d %d", row->kind, row->detail,
				    row->call ? row->call->id : 0, row->file, row->line);

	if (g_hash_table_add(report->said, key) && !report->error)
		write_row(report, row, &report->error);
	g_free(row->message);
	if (row->steps)
		g_array_free(row->steps, TRUE);
}

static void add_line(GArray *lines, int file, int line, char *text)
{
	struct finding_line item = { file, line, text };

	g_array_append_val(lines, item);
}

static char *trail_text(const struct step *step, const struct trail *trail)
{
	if (trail->outcome)
		return g_strdup_printf("%s() %s", step->lhs, trail->outcome);
	if (step->kind == STEP_TEST)
		return g_strdup_printf("%s %s %s is %s", step->lhs, step->op, step->rhs,
				       trail->taken ? "true" : "false");
	if (step->kind == STEP_CALL)
		return g_strdup_printf("%s() releases them", step->lhs);
	return g_strdup("a loop releases them");
}

/* A test of the text, not of a macro's inside. */
static bool is_telling(const struct step *step)
{
	return !strchr(step->lhs, '?') && !strchr(step->rhs, '?') && !g_ascii_isdigit(*step->lhs) &&
	       !strstr(step->lhs, "__UNIQUE");
}

GArray *report_path(const struct exploration *e, const struct mark *mark, const char *last)
{
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(struct finding_line));
	g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(int));
	int file = e->body->function->file;

	g_array_set_clear_func(lines, line_clear);
	for (int i = mark->trail; i >= 0; i = g_array_index(e->trails, struct trail, i).before) {
		g_array_prepend_val(order, i);
		if (g_array_index(e->trails, struct trail, i).outcome)
			break;	/* earlier rounds are about other pages */
	}
	for (guint i = 0; i < order->len; i++) {
		const struct trail *trail = &g_array_index(e->trails, struct trail,
							   g_array_index(order, int, i));
		const struct step *step = body_step(e->body, trail->step);

		if (step->kind != STEP_TEST || is_telling(step))
			add_line(lines, file, step->line, trail_text(step, trail));
	}
	add_line(lines, file, body_step(e->body, mark->step)->line, g_strdup(last));
	return lines;
}

bool path_findings(struct db *db, const struct graph *graph, const GPtrArray *feeds, GError **error)
{
	struct report report = {
		.db = db, .said = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
	};
	struct bodies *bodies = bodies_load(db, graph, &report.error);

	report.bodies = bodies;
	if (bodies) {
		find_on_paths(&report, feeds);
		find_hazards(&report, feeds);
		bodies_free(bodies);
	}
	g_hash_table_destroy(report.said);
	if (!report.error)
		return true;
	g_propagate_error(error, report.error);
	return false;
}
