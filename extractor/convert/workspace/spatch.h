/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_REWRITE_SPATCH_H
#define GUPCONV_CONVERT_REWRITE_SPATCH_H

#include <glib.h>
#include <stdbool.h>

/**
 * struct spatch - one run of Coccinelle over files that are named one by one
 * @rules: the semantic patch, a file
 * @defines: virtual modes and NAME=IDENTIFIER, NULL at the end; may be NULL
 * @files: copies that are changed in place, absolute, NULL at the end
 * @macros: a --macro-file, or NULL
 * @scratch: a folder of our own, for its temporary files
 * @timeout: CPU seconds a file; spatch counts them itself (ITIMER_VIRTUAL), and the kernel
 *           kills it (RLIMIT_CPU) where it does not come to that. It waits for nothing, so
 *           there is no limit of wall time.
 */
struct spatch {
	const char *rules;
	const char *const *defines;
	const char *const *files;
	const char *macros;
	const char *scratch;
	int timeout;
};

#define SPATCH_TIMEOUT 60

/* Runs it. *said gets what it had to say (caller frees; may be NULL). An exit
 * status, a timeout or a missing spatch is an error of EXIT_TOOL. */
bool spatch_run(const struct spatch *spatch, char **said, GError **error);

/* The lines that spatch cannot parse ("" for none): it leaves their functions
 * out and exits 0. */
char *spatch_bad_lines(const struct spatch *spatch, const char *file);

#endif
