/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PIPELINE_REMEDIES_H
#define GUPCONV_PIPELINE_REMEDIES_H

#include "convert/remedy/remedy.h"

/*
 * Remedies for the findings of a tree, each seen to work: in rounds, at most one remedy of a file
 * is put into the text, the files are indexed again, and the remedy stands only if its finding is
 * gone and no other, be it a hazard, has come. The next round begins with the new text and its
 * graphs. It ends, as no remedy is tried twice.
 */

/**
 * struct mended - a patch
 * @remedy: its finding is of the text before this patch
 * @before: that text
 * @line: of the finding in the tree's own text, and @fault that of @remedy->line; 0: not there
 * @others: findings of the tree that went away with it, of struct finding *, not owned
 */
struct mended {
	struct remedy *remedy;
	char *before;
	guint line, fault;
	GPtrArray *others;
};

/**
 * struct unmended - a finding without a patch
 * @finding: as the tree has it, not owned
 * @why: a clause
 */
struct unmended {
	const struct finding *finding;
	char *why;
};

/**
 * struct remedies - a run
 * @path: database of the tree, which is not written
 * @kinds: set of kinds of findings to mend
 * @only: a path, a folder, PATH:LINE or a subsystem; NULL: all
 * @made: of struct mended, in the order of the patches
 * @left: of struct unmended
 * @rounds: each round's findings, which the others refer to
 * @folder: for databases on the way
 */
struct remedies {
	const char *path, *tree, *only;
	GHashTable *kinds;
	unsigned int workers, timeout;
	GPtrArray *made, *left, *rounds;
	char *folder;
};

/* Fills @made and @left; remedies_clear() in any case. */
bool remedies_run(struct remedies *remedies, GError **error);
void remedies_clear(struct remedies *remedies);

#endif
