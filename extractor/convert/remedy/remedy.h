/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_REMEDY_REMEDY_H
#define GUPCONV_CONVERT_REMEDY_REMEDY_H

#include "audit/finding.h"
#include "convert/remedy/remedy_context.h"

/*
 * A remedy mends one finding by an edit of one file, and changes nothing else. It is made from
 * the text of the tree and the graphs of the index, and refused wherever one of its conditions
 * is not known to hold: a finding that stays is better than a patch that is wrong. That it does
 * mend the finding is seen by indexing the new text (pipeline/remedies.h).
 */

/**
 * struct remedy - what mends a finding, or why nothing local does
 * @finding: not owned
 * @rule: a word of reports/templates/fix.txt.j2, static; NULL where there is none
 * @path: of the file that changes; @after: its new text
 * @why: a clause without a full stop; NULL where there is a remedy
 * @was, @became: the call or argument that changes; for the message, may be NULL
 * @line: of the fault, in the text before, from 1: what "Fixes:" is looked up by; 0: none
 */
struct remedy {
	const struct finding *finding;
	const char *rule;
	char *path, *after, *why, *was, *became;
	guint line;
};

/* Never NULL: it has either @after or @why. */
struct remedy *remedy_make(struct remedy_context *context, const struct finding *finding);
void remedy_free(void *data);
/* Is the finding one that something has to be done about: no hazard, and nothing unknown? */
bool remedy_is_due(const struct finding *finding);

/* -- for the files that make them -- */

typedef void (*remedy_fn)(struct remedy *remedy, struct remedy_context *context);

void remedy_mismatched(struct remedy *remedy, struct remedy_context *context);
void remedy_freed(struct remedy *remedy, struct remedy_context *context);
void remedy_boolean(struct remedy *remedy, struct remedy_context *context);
void remedy_longterm(struct remedy *remedy, struct remedy_context *context);
void remedy_no_write(struct remedy *remedy, struct remedy_context *context);
void remedy_clean(struct remedy *remedy, struct remedy_context *context);
void remedy_unlocked(struct remedy *remedy, struct remedy_context *context);
void remedy_unreleased(struct remedy *remedy, struct remedy_context *context);
void remedy_negative(struct remedy *remedy, struct remedy_context *context);
void remedy_short_count(struct remedy *remedy, struct remedy_context *context);
void remedy_compare(struct remedy *remedy, struct remedy_context *context);

/* Sets @why, unless it is set, and returns false. */
bool remedy_refuse(struct remedy *remedy, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Takes the new text of the file; NULL: the edit cannot be made there, which refuses it. */
void remedy_done(struct remedy *remedy, const char *rule, const char *path, char *after);

#endif
