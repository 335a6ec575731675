/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_AUDIT_REPORT_H
#define GUPCONV_AUDIT_REPORT_H

#include "db/db.h"

enum report_format { REPORT_TEXT, REPORT_TSV, REPORT_JSON, REPORT_SARIF };

/* Takes "text", "tsv", "json" or "sarif" (NULL is text). */
bool report_format_parse(const char *word, enum report_format *format, GError **error);

/**
 * struct report - what is to be printed
 * @db: that the findings are of
 * @findings: of struct finding
 * @kinds: set of the kinds that are wanted
 * @suppressing: accepted findings were looked for
 * @is_new: a change brought these findings in
 */
struct report {
	struct db *db;
	GPtrArray *findings;
	GHashTable *kinds;
	bool suppressing;
	bool is_new;
};

/*
 * On stdout, all but SARIF: text has the findings that are not accepted, a
 * line each; TSV and JSON have all of them, and the reason of the accepted.
 */
void report_rows(const struct report *report, enum report_format format);
/*
 * A table: the sites by what they are, the findings by kind. Each column adds up to its last row.
 */
bool report_counts(const struct report *report, enum report_format format, GError **error);
/* How many of the wanted kinds are not accepted. */
guint report_open(const struct report *report);

/* SARIF 2.1.0 of the wanted kinds on stdout, with the table as properties of the run. */
bool report_sarif(const struct report *report, GError **error);

/**
 * struct report_count - a row of the table
 * @what: kind of finding, or state of sites that are none
 */
struct report_count {
	char *what;
	long acquires, releases, findings, accepted;
};

/* Of struct report_count, the total last. Fails when the parts do not add up to it. */
GPtrArray *report_counted(const struct report *report, GError **error);

#endif
