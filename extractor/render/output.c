// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/json.h"
#include "render/output.h"

bool output_format_parse(const char *word, enum output_format *format, GError **error)
{
	static const char *const names[] = {
		[OUTPUT_TEXT] = "text", [OUTPUT_TSV] = "tsv", [OUTPUT_JSON] = "json",
	};

	*format = OUTPUT_TEXT;
	if (!word)
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		if (!strcmp(word, names[i])) {
			*format = i;
			return true;
		}
	}
	fail(error, EXIT_USAGE, "--format %s: give text, tsv or json", word);
	return false;
}

void tsv_cell(GString *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '\t')
			g_string_append(out, "\\t");
		else if (*text == '\n')
			g_string_append(out, "\\n");
		else if (*text == '\\')
			g_string_append(out, "\\\\");
		else
			g_string_append_c(out, *text);
	}
}

static void tsv_row(sqlite3_stmt *stmt, int columns)
{
	g_autoptr(GString) line = g_string_new(NULL);

	for (int i = 0; i < columns; i++) {
		if (i)
			g_string_append_c(line, '\t');
		tsv_cell(line, db_text(stmt, i));
	}
	puts(line->str);
}

static void json_row(sqlite3_stmt *stmt, int columns, bool first)
{
	g_autoptr(GString) line = g_string_new(first ? "{" : ",\n{");

	for (int i = 0; i < columns; i++) {
		if (i)
			g_string_append(line, ", ");
		json_string(line, sqlite3_column_name(stmt, i));
		g_string_append(line, ": ");
		if (sqlite3_column_type(stmt, i) == SQLITE_NULL)
			g_string_append(line, "null");
		else if (sqlite3_column_type(stmt, i) == SQLITE_INTEGER)
			g_string_append(line, db_text(stmt, i));
		else
			json_string(line, db_text(stmt, i));
	}
	g_string_append_c(line, '}');
	fputs(line->str, stdout);
}

static void text_table_print(GPtrArray *cells, int columns)
{
	g_autofree size_t *width = g_new0(size_t, columns);

	for (guint i = 0; i < cells->len; i++)
		width[i % columns] = MAX(width[i % columns], strlen(cells->pdata[i]));
	for (guint i = 0; i < cells->len; i++) {
		int column = i % columns;

		if (column == columns - 1)
			puts(cells->pdata[i]);
		else
			printf("%-*s  ", (int)width[column], (char *)cells->pdata[i]);
	}
}

static GPtrArray *text_table_new(sqlite3_stmt *stmt, int columns)
{
	GPtrArray *cells = g_ptr_array_new_with_free_func(g_free);

	for (int i = 0; i < columns; i++)
		g_ptr_array_add(cells, g_strdup(sqlite3_column_name(stmt, i)));
	return cells;
}

long output_rows(struct db *db, sqlite3_stmt *stmt, enum output_format format, GError **error)
{
	int columns = sqlite3_column_count(stmt);
	g_autoptr(GPtrArray) cells = text_table_new(stmt, columns);
	GError *failure = NULL;
	long rows = 0;

	if (format == OUTPUT_TSV)
		for (int i = 0; i < columns; i++)
			printf("%s%c", (char *)cells->pdata[i], i + 1 < columns ? '\t' : '\n');
	if (format == OUTPUT_JSON)
		putchar('[');
	for (; db_step(db, stmt, &failure); rows++) {
		if (format == OUTPUT_TSV)
			tsv_row(stmt, columns);
		else if (format == OUTPUT_JSON)
			json_row(stmt, columns, !rows);
		else
			for (int i = 0; i < columns; i++)
				g_ptr_array_add(cells, g_strdup(db_text(stmt, i)));
	}
	if (format == OUTPUT_JSON)
		puts("]");
	if (format == OUTPUT_TEXT && rows)
		text_table_print(cells, columns);
	if (!failure)
		return rows;
	g_propagate_error(error, failure);
	return -1;
}
