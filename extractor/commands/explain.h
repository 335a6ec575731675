/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_COMMANDS_EXPLAIN_H
#define GUPCONV_COMMANDS_EXPLAIN_H

#include "db/db.h"

/* Prints why a site (its id, or path:line) has its state. Returns an exit code. */
int explain_print(const char *db, const char *site, bool all);

/*
 * The calls of wrappers that are meant (by id, or on a line of a file), each with
 * the way down to the API. -1 for an error, else how many.
 */
int explain_wrappers(struct db *db, int id, const char *path, int line, GError **error);

/* The functions that make a call of the API for their callers. */
bool explain_wrapped(struct db *db, int call, GError **error);

#endif
