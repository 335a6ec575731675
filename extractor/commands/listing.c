// SPDX-License-Identifier: GPL-2.0-only
#include "base/diag.h"
#include "commands/listing.h"
#include "render/output.h"

const char *listing_database(const struct listing *listing)
{
	return listing->db ? listing->db : "gupconv.db";
}

int listing_print(const struct listing *listing, const char *query, const char *const *texts,
		  int count)
{
	enum output_format format;
	GError *error = NULL;
	sqlite3_stmt *stmt;
	struct db *db;

	if (!output_format_parse(listing->format, &format, &error))
		return diag_exit(error);
	db = db_open(listing_database(listing), false, &error);
	if (!db)
		return diag_exit(error);
	stmt = db_query(db, query);
	for (int i = 0; i < count; i++)
		db_bind_text(stmt, i + 1, texts[i]);
	output_rows(db, stmt, format, &error);
	db_close(db);
	return error ? diag_exit(error) : EXIT_DONE;
}
