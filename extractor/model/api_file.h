/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_API_FILE_H
#define GUPCONV_MODEL_API_FILE_H

#include "model/api.h"

/*
 * A user's file with functions of their own tree, a line each (gupconv-index(1)).
 * Its rows replace those of db/api.sql for the same name.
 */
struct api_file;

/* path NULL: an empty one. Fails with EXIT_USAGE and "FILE:LINE: ..." on a bad line. */
struct api_file *api_file_read(const char *path, GError **error);
/* The same from memory; path is for messages. */
struct api_file *api_file_parse(const char *path, const char *text, GError **error);
void api_file_free(struct api_file *file);

/* Absolute path, or "" when there is no file; and SHA-256 of its text. */
const char *api_file_path(const struct api_file *file);
const char *api_file_hash(const struct api_file *file);

/* Puts its lines into the tables api, param_role, api_target and knowledge. */
bool api_file_store(const struct api_file *file, struct db *db, GError **error);
/* Marks its functions in a table that was loaded from such a database. */
void api_file_mark(const struct api_file *file, struct api_table *table);
/* Adds the names (char *) of its releases: unlike put_page(), they make a file a candidate. */
void api_file_triggers(const struct api_file *file, GPtrArray *names);

#endif
