/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_SOURCE_PATH_ESCAPE_H
#define GUPCONV_SOURCE_PATH_ESCAPE_H

#include <glib.h>
#include <stdbool.h>

/*
 * A file's name may be any bytes; the database, libclang's names and what is
 * printed are UTF-8. So a path that is not is known by its escaped form, with
 * "\\xff" for each byte that does not belong (and for its backslashes).
 */

/* The escaped form of a name that is not UTF-8, or NULL. */
char *path_escape(const char *path);
/* The bytes of an escaped form; a copy of any other path. g_free() it. */
char *path_bytes(const char *path);
/* true when only an escaped form makes it a file below top */
bool path_is_escaped(const char *top, const char *path);
/* top/path as the file system has it: by its bytes when there is nothing else of that name. */
char *path_full(const char *top, const char *path);

#endif
