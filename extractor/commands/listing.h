/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_COMMANDS_LISTING_H
#define GUPCONV_COMMANDS_LISTING_H

#include "commands/command.h"
#include "db/db.h"

/* --db and --format, as every listing command has them. */
struct listing {
	char *db;
	char *format;
};

/* The entries; the first member of the command's options is a struct listing. */
#define LISTING_OPTIONS										\
	{ "db", 0, 0, G_OPTION_ARG_FILENAME, OPTION_FIELD(struct listing, db),			\
	  "the database (default: gupconv.db)", "FILE" },					\
	{ "format", 0, 0, G_OPTION_ARG_STRING, OPTION_FIELD(struct listing, format),		\
	  "text, tsv or json", "FORMAT" }

/* The path of the database. */
const char *listing_database(const struct listing *listing);

/*
 * Opens the database read-only, runs the query with the given texts bound to
 * ?1, ?2 ... (NULL binds NULL) and prints its rows. Returns an exit code.
 */
int listing_print(const struct listing *listing, const char *query, const char *const *texts,
		  int count);

#endif
