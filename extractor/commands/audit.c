// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "diag.h"
#include "listing.h"
#include "output.h"

/* The counts below the rows; that they add up is checked, not hoped for. */
static bool counts_print(struct db *db, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "audit_counts");
	long acquires = 0, releases = 0;
	GError *failure = NULL;
	bool adds_up = true;

	printf("\n%-12s %9s %9s\n", "", "acquires", "releases");
	while (db_step(db, stmt, &failure)) {
		long a = sqlite3_column_int64(stmt, 1), r = sqlite3_column_int64(stmt, 2);

		if (!strcmp(db_text(stmt, 0), "total"))
			adds_up = a == acquires && r == releases;
		acquires += a;
		releases += r;
		printf("%-12s %9ld %9ld\n", db_text(stmt, 0), a, r);
	}
	if (!failure && !adds_up)
		fail(&failure, EXIT_INPUT, "%s: the parts do not add up to the total", db->path);
	if (failure)
		g_propagate_error(error, failure);
	return !failure;
}

static bool rows_print(struct db *db, const char *kind, enum output_format format, long *rows,
		       GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "audit");

	db_bind_text(stmt, 1, kind);
	*rows = output_rows(db, stmt, format, error);
	return *rows >= 0 && (format != OUTPUT_TEXT || counts_print(db, error));
}

/* Findings here: calls that the text has and no parse has seen. */
static bool completeness_print(struct db *db, enum output_format format, long *unseen,
			       GError **error)
{
	sqlite3_stmt *stmt;

	if (output_rows(db, db_query(db, "audit_completeness"), format, error) < 0)
		return false;
	stmt = db_query(db, "audit_unseen");
	*unseen = db_step(db, stmt, NULL) ? sqlite3_column_int64(stmt, 0) : 0;
	sqlite3_reset(stmt);
	return true;
}

static bool kind_known(const char *kind)
{
	static const char *const kinds[] = { "missed", "mismatched", "mixed", "unknown", NULL };

	if (!kind || g_strv_contains(kinds, kind))
		return true;
	diag_error("--kind %s: give one of missed, mismatched, mixed, unknown", kind);
	return false;
}

int command_audit(int argc, char **argv)
{
	g_autofree char *kind = NULL;
	gboolean completeness = FALSE;
	struct listing listing = { 0 };
	const GOptionEntry entries[] = {
		LISTING_OPTIONS(listing),
		{ "kind", 0, 0, G_OPTION_ARG_STRING, &kind, "missed, mismatched, mixed or unknown only", "KIND" },
		{ "completeness", 0, 0, G_OPTION_ARG_NONE, &completeness,
		  "compare the calls in the text with those that were parsed", NULL },
		{ NULL },
	};
	enum output_format format;
	GError *error = NULL;
	struct db *db = NULL;
	long findings = 0;

	if (!command_options(&argc, &argv, entries, "",
			     "Lists what is wrong or not known about each site; exit 1 when there is anything.",
			     0, 0) || !kind_known(kind))
		return EXIT_USAGE;
	if (output_format_parse(listing.format, &format, &error))
		db = db_open(listing.db ? listing.db : "gupconv.db", false, &error);
	if (db && completeness)
		completeness_print(db, format, &findings, &error);
	else if (db)
		rows_print(db, kind, format, &findings, &error);
	db_close(db);
	if (error)
		return diag_exit(error);
	return findings ? EXIT_FINDINGS : EXIT_DONE;
}
