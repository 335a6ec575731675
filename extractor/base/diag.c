// SPDX-License-Identifier: GPL-2.0-only
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/diag.h"

GQuark gupconv_error_quark(void)
{
	return g_quark_from_static_string("gupconv");
}

static void diag_print(const char *kind, const char *fmt, va_list ap)
{
	g_autofree char *text = g_strdup_vprintf(fmt, ap);

	progress_end();
	fprintf(stderr, "gupconv: %s%s\n", kind, text);
}

#define DIAG_FUNCTION(name, kind)			\
	void name(const char *fmt, ...)			\
	{						\
		va_list ap;				\
							\
		va_start(ap, fmt);			\
		diag_print(kind, fmt, ap);		\
		va_end(ap);				\
	}

DIAG_FUNCTION(diag_error, "error: ")
DIAG_FUNCTION(diag_warn, "warning: ")
DIAG_FUNCTION(diag_note, "")

int diag_exit(GError *error)
{
	int code = error->domain == GUPCONV_ERROR ? error->code : EXIT_TOOL;

	if (error->domain == G_OPTION_ERROR)
		code = EXIT_USAGE;
	diag_error("%s", error->message);
	g_error_free(error);
	return code;
}

void progress(const char *stage, size_t done, size_t total)
{
	if (!isatty(STDERR_FILENO))
		return;
	fprintf(stderr, "\r\033[K%s %zu/%zu", stage, done, total);
	fflush(stderr);
}

void progress_end(void)
{
	if (!isatty(STDERR_FILENO))
		return;
	fputs("\r\033[K", stderr);
	fflush(stderr);
}
