/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_BASE_DIAG_H
#define GUPCONV_BASE_DIAG_H

#include <glib.h>

/*
 * Exit codes of every command, documented in README.md. A GError of
 * GUPCONV_ERROR carries one of them as its code, so an error that reaches
 * main() has its exit code with it.
 */
enum exit_code {
	EXIT_DONE = 0,
	EXIT_FINDINGS = 1,
	EXIT_USAGE = 2,
	EXIT_INPUT = 3,
	EXIT_TOOL = 4,
};

#define GUPCONV_ERROR (gupconv_error_quark())
GQuark gupconv_error_quark(void);

/* One line on stderr: "gupconv: error: ..." and so on. */
void diag_error(const char *fmt, ...) G_GNUC_PRINTF(1, 2);
void diag_warn(const char *fmt, ...) G_GNUC_PRINTF(1, 2);
void diag_note(const char *fmt, ...) G_GNUC_PRINTF(1, 2);

/* Progress on a terminal, nothing in a pipe. stage_end() takes the line away. */
void progress(const char *stage, size_t done, size_t total);
void progress_end(void);

/* Prints the error and returns its exit code; frees it. */
int diag_exit(GError *error);

#define fail(error, code, ...) g_set_error(error, GUPCONV_ERROR, code, __VA_ARGS__)

#endif
