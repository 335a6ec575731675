/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_FINDING_WRITER_H
#define GUPCONV_CHECKERS_FINDING_WRITER_H

#include "checkers/path_engine.h"

/**
 * struct report - findings on their way into the database
 * @said: what was said already: one finding a place and kind
 */
struct report {
	struct db *db;
	const struct bodies *bodies;
	GHashTable *said;
	sqlite3_int64 finding;
	GError *error;
};

/**
 * struct finding_row - a row of table finding to be
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

struct finding_line {
	int file;
	int line;
	char *text;
};

/* Frees message and steps. Nothing is written after an error. */
void report_row(struct report *report, struct finding_row *row);
/* The path that led to a mark, of struct finding_line; from the acquire on. */
GArray *report_path(const struct exploration *e, const struct mark *mark, const char *last);

/* Findings of each kind. */
void find_on_paths(struct report *report, const GPtrArray *feeds);
void find_hazards(struct report *report, const GPtrArray *feeds);

#endif
