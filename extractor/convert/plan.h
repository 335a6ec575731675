/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PLAN_H
#define GUPCONV_PLAN_H

#include "db.h"
#include "lex.h"

enum outcome { OUTCOME_OPEN, OUTCOME_CONVERTED, OUTCOME_KEPT, OUTCOME_REFUSED };

/**
 * struct site - an acquire or release that has a decision
 * @id: call.id
 * @group: decision.group_id
 * @chosen: --only does not leave it out
 * @wanted: it is to be converted
 * @outcome: what became of it
 * @rule: the rule that changes it, or ""
 * @reason: in words
 * @token: where it is in the work file's text, or -1
 * @first, @last: the tokens that the rule replaces
 * @left: a patch source left it as it is, for a reason
 * @plain: 1: no rule may be tried that takes a loop away; 2: only that for a single page
 */
struct site {
	gint64 id, group;
	char *path, *function, *callee, *state, *target, *subsystem, *macro, *status;
	guint line, column;
	bool acquire, chosen, wanted;
	enum outcome outcome;
	const char *rule;
	char *reason;
	int token, first, last;
	int plain;
	bool left;
};

/**
 * struct work_file - a file with sites to convert
 * @file_id: file.id
 * @tree: the tree's text
 * @before: the same after the core patches
 * @after: the converted text, or NULL
 */
struct work_file {
	gint64 file_id;
	char *path, *tree, *before, *after;
	GPtrArray *sites;
};

/**
 * struct plan - everything that one run has to do
 * @sites: struct site, all that have a decision, by id
 * @files: struct work_file, by path
 */
struct plan {
	GPtrArray *sites;
	GPtrArray *files;
};

/* only: a site's id, "path:line", a path or folder, or a subsystem; NULL for all. */
struct plan *plan_load(struct db *db, const char *only, GError **error);
void plan_free(struct plan *plan);
const char *outcome_word(enum outcome outcome);
/* Takes the formatted reason. */
void site_refuse(struct site *site, const char *format, ...) G_GNUC_PRINTF(2, 3);
void site_set_reason(struct site *site, const char *reason);

#endif
