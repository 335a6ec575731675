/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_COMMANDS_LISTING_H
#define GUPCONV_COMMANDS_LISTING_H

#include "db/db.h"

/* --db and --format, as every listing command has them. */
struct listing {
	char *db;
	char *format;
};

#define LISTING_OPTIONS(listing)								\
	{ "db", 0, 0, G_OPTION_ARG_FILENAME, &(listing).db, "the database (default: gupconv.db)", "FILE" }, \
	{ "format", 0, 0, G_OPTION_ARG_STRING, &(listing).format, "text, tsv or json", "FORMAT" }

/*
 * Opens the database read-only, runs the query with the given texts bound to
 * ?1, ?2 ... (NULL binds NULL) and prints its rows. Returns an exit code.
 */
int listing_print(const struct listing *listing, const char *query, const char *const *texts,
		  int count);

#endif
