/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PIPELINE_CHECK_H
#define GUPCONV_PIPELINE_CHECK_H

#include "audit/finding_diff.h"
#include "source/source_overlay.h"
#include "db/db.h"

/**
 * struct check - what a change does to a tree's findings
 * @path: database of the tree
 * @tree: where it is
 * @before: how the tree differs from what it was before the change, or NULL
 * @after: and from what it is after it
 * @folder: for what is made on the way, "" for none yet
 * @db: of the tree after the change
 * @findings: that it has, of struct finding
 * @came: those of them that the change brings in; does not own them
 * @gone: how many it takes away
 */
struct check {
	const char *path;
	const char *tree;
	const struct source_overlay *before, *after;
	unsigned int workers, timeout;
	char *folder;
	struct db *db;
	GPtrArray *findings;
	GPtrArray *came;
	guint gone;
};

/* Fills @db and what follows. check_clear() in any case. */
bool check_run(struct check *check, GError **error);
void check_clear(struct check *check);

/* Findings and functions of a database. */
bool side_load(struct side *side, struct db *db, GError **error);
void side_clear(struct side *side);

#endif
