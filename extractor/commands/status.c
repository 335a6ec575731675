// SPDX-License-Identifier: GPL-2.0-only
#include "audit/family_note.h"
#include "base/diag.h"
#include "commands/listing.h"

static int run(const void *given, char **words)
{
	const struct listing *listing = given;
	int code = listing_print(listing, "status", NULL, 0);
	struct db *db = code == EXIT_DONE ? db_open(listing_database(listing), false, NULL) : NULL;

	(void)words;
	if (db)
		family_note_count(db);
	db_close(db);
	return code;
}

static const GOptionEntry entries[] = { LISTING_OPTIONS, { NULL } };

const struct command command_status = {
	.name = "status",
	.summary = "how far the conversion is, subsystem by subsystem",
	.words = "",
	.about = "Counts sites by state, one row a subsystem.",
	.options = entries, .size = sizeof(struct listing),
	.run = run,
};
