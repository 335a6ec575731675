/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_AUDIT_FINDING_DIFF_H
#define GUPCONV_AUDIT_FINDING_DIFF_H

#include <glib.h>

/**
 * struct side - a tree before or after a change
 * @findings: of struct finding
 * @functions: set of "path TAB name"
 */
struct side {
	GPtrArray *findings;
	GHashTable *functions;
};

/*
 * The findings of after that before has not, by fingerprint; gone gets the number
 * of those that only before has. What was in a file and is now in the same
 * function of another one has moved, and what was in a function that is not there
 * any more and is now in a new one of the same file was renamed with it: it is
 * neither. The result does not own its findings.
 */
GPtrArray *finding_diff(const struct side *before, const struct side *after, guint *gone);

#endif
