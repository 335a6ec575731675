// SPDX-License-Identifier: GPL-2.0-only
#include "commands/command.h"
#include "base/diag.h"
#include "commands/listing.h"
#include "render/output.h"

/* The one place where SQL text comes from outside: from the user, read-only. */
static int sql_print(const struct listing *listing, const char *sql)
{
	enum output_format format;
	GError *error = NULL;
	sqlite3_stmt *stmt = NULL;
	struct db *db;

	if (!output_format_parse(listing->format, &format, &error))
		return diag_exit(error);
	db = db_open(listing->db ? listing->db : "gupconv.db", false, &error);
	if (!db)
		return diag_exit(error);
	if (sqlite3_prepare_v2(db->handle, sql, -1, &stmt, NULL) != SQLITE_OK)
		fail(&error, EXIT_USAGE, "sql: %s", sqlite3_errmsg(db->handle));
	else if (!stmt)
		fail(&error, EXIT_USAGE, "sql: the statement is empty");
	else
		output_rows(db, stmt, format, &error);
	sqlite3_finalize(stmt);
	db_close(db);
	return error ? diag_exit(error) : EXIT_DONE;
}

static int run(const void *listing, char **words)
{
	return sql_print(listing, words[0]);
}

static const GOptionEntry entries[] = { LISTING_OPTIONS, { NULL } };

const struct command command_sql = {
	.name = "sql",
	.summary = "query the database in SQL, read-only",
	.words = "STATEMENT",
	.about = "Runs one SQL statement on the database, which stays as it is.",
	.min = 1, .max = 1,
	.options = entries, .size = sizeof(struct listing),
	.run = run,
};
