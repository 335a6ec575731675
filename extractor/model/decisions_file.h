/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_DECISIONS_FILE_H
#define GUPCONV_MODEL_DECISIONS_FILE_H

#include "db/db.h"
#include "model/answer.h"

/*
 * Decisions of a person, a line each: the identity of an acquire (view acquire_identity), an answer
 * and the reason for it in words:
 *
 *	drivers/misc/weir.c:weir_take:get_user_pages_fast  pin  the firmware writes to these pages
 *
 * '#' begins a comment line; a blank line is none.
 */
struct decisions_file;

/* NULL as path: an empty one. NULL: @error says which line is wrong, and how to mend it. */
struct decisions_file *decisions_file_read(const char *path, GError **error);
/* Of a text; path is what messages name. */
struct decisions_file *decisions_file_parse(const char *path, const char *text, GError **error);
void decisions_file_free(struct decisions_file *file);

/* The absolute path, and a hash of the text; "" without a file. */
const char *decisions_file_path(const struct decisions_file *file);
const char *decisions_file_hash(const struct decisions_file *file);

/* Puts its lines into table answer. */
bool decisions_file_store(const struct decisions_file *file, struct db *db, GError **error);

#endif
