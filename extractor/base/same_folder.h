/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_BASE_SAME_FOLDER_H
#define GUPCONV_BASE_SAME_FOLDER_H

#include <glib.h>
#include <stdbool.h>
#include <string.h>

/* Two paths of files are in one folder. Paths without one have none in common. */
static inline bool same_folder(const char *a, const char *b)
{
	const char *end_a = strrchr(a, '/'), *end_b = strrchr(b, '/');

	return end_a && end_b && end_a - a == end_b - b && !strncmp(a, b, end_a - a);
}

/* The same, but that those without a folder are together in the top one. */
static inline bool same_directory(const char *a, const char *b)
{
	g_autofree char *first = g_path_get_dirname(a), *second = g_path_get_dirname(b);

	return g_str_equal(first, second);
}

#endif
