/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_FINDING_WRITER_H
#define GUPCONV_CHECKERS_FINDING_WRITER_H

#include "dataflow/graph.h"

/**
 * struct finding_writer - findings on their way into the database
 * @written: keys of what was written: one finding a kind, detail, call and line
 * @error: of the first row that failed; nothing is written after it
 */
struct finding_writer {
	struct db *db;
	GHashTable *written;
	GError *error;
};

/**
 * struct finding_line - a row of table finding_step
 */
struct finding_line {
	int file;
	int line;
	char *text;
};

/**
 * struct finding_row - a row of table finding
 * @detail: "" for none
 * @call: that it is about; @other: the site that it does not go with; either may be NULL
 * @steps: of struct finding_line, or NULL
 */
struct finding_row {
	const char *kind;
	const char *detail;
	const struct call_info *call;
	const struct call_info *other;
	int file;
	int line;
	char *message;
	GArray *steps;
};

void finding_writer_begin(struct finding_writer *writer, struct db *db);
/* False with error set when a row could not be written. */
bool finding_writer_end(struct finding_writer *writer, GError **error);
/* Takes message and steps. */
void finding_write(struct finding_writer *writer, struct finding_row *row);

#endif
