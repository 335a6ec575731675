/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_REWRITE_VERIFY_EDIT_H
#define GUPCONV_CONVERT_REWRITE_VERIFY_EDIT_H

#include "convert/rewrite/text_edit.h"
#include "convert/select/plan.h"
#include "convert/rewrite/template.h"

/*
 * Holds the new text against the old one, token by token: each site (in the
 * order of the text) has become the call that its rule makes, the edits are made, comments are the
 * same, and nothing else differs. NULL, or what is wrong in words; then *at is
 * the old token where the texts part.
 */
struct reason *verify_edit(const struct tokens *old, const struct tokens *new,
			   const GPtrArray *sites, const GArray *edits,
			   const struct templates *templates, int *at);

/* The new text with each hunk taken back that touches no function with a site, and no edit. */
char *verify_edit_reject_strays(const struct work_file *file, const char *new,
				const GPtrArray *sites, const GArray *edits);

/*
 * How many calls of what the file's sites call the new text has less than the
 * one that the rules started from: counted in the texts, whatever became of the sites.
 */
guint verify_edit_count(const struct work_file *file);
/* The outcome of the sites that did not change, in words; "" when all have. Caller frees. */
struct reason *verify_edit_note(const struct work_file *file);

/* The name of the call that a site's rule makes. */
const char *site_becomes(const struct site *site, const struct templates *templates);
bool site_is_collapsed(const struct site *site);

#endif
