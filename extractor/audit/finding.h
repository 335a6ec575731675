/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_AUDIT_FINDING_H
#define GUPCONV_AUDIT_FINDING_H

#include "checkers/checker.h"
#include "db/db.h"

/* One place on the path that shows a finding. */
struct finding_step {
	char *path;
	int line;
	char *text;
};

/**
 * struct finding - a row of table finding, with what its readers print
 * @site: id of the call, 0 for a finding at none
 * @column: in bytes, 0 when there is no call; @character the same in characters
 * @group: of the decision, or 0
 * @other_path: of the site that it does not go with, or NULL
 * @fingerprint: names it as long as no code of its function changes; has no line numbers
 * @reason: why it is accepted, or NULL
 * @steps: of struct finding_step
 */
struct finding {
	int id;
	char *kind, *detail;
	char *path;
	int line, column, character;
	char *function, *callee, *role, *subsystem;
	int group;
	char *message;
	int site;
	char *other_path;
	int other_line, other_column, other_character;
	char *other_function, *other_callee;
	char *fingerprint;
	const char *reason;
	GPtrArray *steps;
};

/* All of the database, in order; of struct finding. NULL with error set. */
GPtrArray *findings_load(struct db *db, GError **error);

/*
 * A set of kinds out of words like "missed,mixed" (NULL: all of them but one,
 * which may be NULL). NULL with EXIT_USAGE for a word that is none.
 */
GHashTable *finding_kinds_parse(char **words, const struct finding_kind *but, GError **error);

#endif
