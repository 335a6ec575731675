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
 * Findings in @after that are absent from @before, by fingerprint; *gone gets the number
 * of those that only @before has. A finding that is in the same function of another file
 * has moved, and one that is in a new function of the same file, where its old function is
 * gone, was renamed with it: neither counts. The result does not own its findings.
 */
GPtrArray *finding_diff(const struct side *before, const struct side *after, guint *gone);

#endif
