/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_BASE_SUBPROCESS_H
#define GUPCONV_BASE_SUBPROCESS_H

#include <glib.h>

/**
 * struct subprocess - another program's run
 * @folder: where
 * @args: program and arguments, ends with NULL
 * @input: on stdin, or NULL for nothing
 * @ceiling: git looks for no repository above this folder; or NULL
 */
struct subprocess {
	const char *folder;
	const char *const *args;
	GBytes *input;
	const char *ceiling;
};

/*
 * Returns its stdout, NULL when it could not be started (EXIT_TOOL) or
 * was killed. *status is its exit status, *said the first line on stderr.
 */
GBytes *subprocess_run(const struct subprocess *program, int *status, char **said, GError **error);

#endif
