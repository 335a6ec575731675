/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_RENDER_OUTPUT_H
#define GUPCONV_RENDER_OUTPUT_H

#include "db/db.h"

enum output_format { OUTPUT_TEXT, OUTPUT_TSV, OUTPUT_JSON };

/* Takes "text", "tsv" or "json" (NULL is text). */
bool output_format_parse(const char *word, enum output_format *format, GError **error);

/*
 * All rows of a statement on stdout, with its column names as header. TSV
 * escapes tab, newline and backslash as \t, \n and \\. Returns the number of
 * rows, or -1 with error set.
 */
long output_rows(struct db *db, sqlite3_stmt *stmt, enum output_format format, GError **error);

/* Appends a cell of TSV. */
void tsv_cell(GString *out, const char *text);

#endif
