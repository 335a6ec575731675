// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>
#include <unistd.h>

#include "source/path_escape.h"

char *path_escape(const char *path)
{
	GString *out;

	if (g_utf8_validate(path, -1, NULL))
		return NULL;
	out = g_string_new(NULL);
	while (*path) {
		const char *end;

		g_utf8_validate(path, -1, &end);
		for (; path < end; path++)
			if (*path == '\\')
				g_string_append(out, "\\x5c");
			else
				g_string_append_c(out, *path);
		if (*path)
			g_string_append_printf(out, "\\x%02x", (unsigned char)*path++);
	}
	return g_string_free(out, FALSE);
}

char *path_bytes(const char *path)
{
	GString *out = g_string_new(NULL);

	while (*path) {
		if (path[0] == '\\' && path[1] == 'x' && g_ascii_isxdigit(path[2]) &&
		    g_ascii_isxdigit(path[3])) {
			g_string_append_c(out, g_ascii_xdigit_value(path[2]) << 4 |
					       g_ascii_xdigit_value(path[3]));
			path += 4;
		} else {
			g_string_append_c(out, *path++);
		}
	}
	return g_string_free(out, FALSE);
}

bool path_is_escaped(const char *top, const char *path)
{
	g_autofree char *full = NULL;

	if (!strstr(path, "\\x"))
		return false;
	full = g_build_filename(top, path, NULL);
	return access(full, F_OK);
}

char *path_full(const char *top, const char *path)
{
	g_autofree char *bytes = path_is_escaped(top, path) ? path_bytes(path) : NULL;

	return g_build_filename(top, bytes ? bytes : path, NULL);
}
