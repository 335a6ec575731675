/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_BASE_FILE_KIND_H
#define GUPCONV_BASE_FILE_KIND_H

#include <glib.h>
#include <stdbool.h>

/* The kind of a C file (source or header), by its name. */

static inline bool file_is_source(const char *path)
{
	return g_str_has_suffix(path, ".c");
}

static inline bool file_is_header(const char *path)
{
	return g_str_has_suffix(path, ".h");
}

static inline bool file_is_c(const char *path)
{
	return file_is_source(path) || file_is_header(path);
}

#endif
