// SPDX-License-Identifier: GPL-2.0-only
#include "audit/family_note.h"
#include "base/diag.h"

void family_note(struct db *db)
{
	sqlite3_stmt *stmt = db_query(db, "family_members");
	g_autoptr(GString) names = g_string_new(NULL);

	while (db_step(db, stmt, NULL))
		g_string_append_printf(names, "%s%s() (new, %s by its body)",
				       names->len ? ", " : "", db_text(stmt, 0), db_text(stmt, 3));
	if (names->len)
		diag_note("functions of the API that are read from the tree alone: %s", names->str);
}

void family_note_count(struct db *db)
{
	sqlite3_stmt *stmt = db_query(db, "family_members");
	unsigned int count = 0, sites = 0;

	while (db_step(db, stmt, NULL)) {
		count++;
		sites += sqlite3_column_int(stmt, 5) != 0;
	}
	if (count)
		diag_note("functions of the API that are read from the tree alone: %u, of which %u"
			  " have sites; gupconv audit names them", count, sites);
}
