// SPDX-License-Identifier: GPL-2.0-only
#include "base/diag.h"
#include "commands/unparsed.h"

/* A module in which nothing is found is more likely not understood than right. */
static bool nothing_tell(struct db *db)
{
	sqlite3_stmt *stmt = db_query(db, "module_without_calls");
	bool nothing = db_step(db, stmt, NULL);

	if (nothing)
		diag_warn(
			"no call that takes or releases pages was found in the %ld files of the module: there is nothing to judge",
			(long)sqlite3_column_int64(stmt, 0));
	sqlite3_reset(stmt);
	return nothing;
}

bool unparsed_tell(struct db *db)
{
	sqlite3_stmt *stmt = db_query(db, "files_unparsed");
	long files = db_step(db, stmt, NULL) ? sqlite3_column_int64(stmt, 0) : 0;

	if (files)
		diag_warn(
			"%ld file%s could not be parsed (%s%s): what is done with pages there is not known",
			files, files > 1 ? "s" : "", db_text(stmt, 1), files > 1 ? ", ..." : "");
	sqlite3_reset(stmt);
	return nothing_tell(db) || files;
}
