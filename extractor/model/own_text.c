// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/diag.h"
#include "model/own_text.h"

char *own_text_read(const char *path, GError **error)
{
	GError *failure = NULL;
	char *text = NULL;
	gsize size;

	if (!g_file_get_contents(path, &text, &size, &failure)) {
		fail(error, EXIT_INPUT, "%s", failure->message);
		g_error_free(failure);
		return NULL;
	}
	if (!memchr(text, 0, size))
		return text;
	fail(error, EXIT_USAGE, "%s: this is no text: it has a zero byte in it", path);
	g_free(text);
	return NULL;
}
