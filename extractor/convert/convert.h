/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_CONVERT_H
#define GUPCONV_CONVERT_CONVERT_H

#include "convert/context.h"

/* Reads the database's meta rows and makes the scratch tree. */
bool convert_open(struct convert *convert, GError **error);
/* The core patches that conversions rely on, into the scratch tree. */
bool convert_core(struct convert *convert, GError **error);
/* Converts what the plan holds. */
bool convert_files(struct convert *convert, GError **error);
/* Rows of edit_site, edit_file and edit_check, inside of the caller's transaction. */
bool convert_store(struct convert *convert, GError **error);
/* A warning for each file of which another number of sites changed than was to. */
bool convert_tell(struct convert *convert, GError **error);
/* One unified diff of the tree against edit_file and the core patches. */
bool convert_diff(struct convert *convert, GString *out, GError **error);
void convert_close(struct convert *convert);

/* Names everything that a result depends on: the same key, the same result. */
char *convert_key(struct convert *convert);

#endif
