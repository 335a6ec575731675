/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_BASE_SCRATCH_H
#define GUPCONV_BASE_SCRATCH_H

#include <glib.h>
#include <stdbool.h>

/*
 * Temporary directories and files have the process in their names, so that
 * what one left that was killed can be told from what is in use.
 */

/* A new directory "gupconv-PID-XXXXXX" below TMPDIR; g_free() the name. */
char *scratch_make(GError **error);

/* Removes a directory and all below it. */
void remove_tree(const char *dir);

/*
 * Removes what dead processes of this user left: files and directories of dir
 * whose names are prefix, a process number, and nothing or '-' and anything.
 */
void scratch_clean(const char *dir, const char *prefix);
/* The same for all that scratch_make() makes. */
void scratch_clean_tmp(void);

#endif
