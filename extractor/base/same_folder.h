/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_BASE_SAME_FOLDER_H
#define GUPCONV_BASE_SAME_FOLDER_H

#include <glib.h>
#include <stdbool.h>

/* Two paths of files are in one folder; those without one are together in the top one. */
static inline bool same_directory(const char *a, const char *b)
{
	g_autofree char *first = g_path_get_dirname(a), *second = g_path_get_dirname(b);

	return g_str_equal(first, second);
}

#endif
