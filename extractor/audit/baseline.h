/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_AUDIT_BASELINE_H
#define GUPCONV_AUDIT_BASELINE_H

#include <glib.h>
#include <stdbool.h>

/*
 * Findings that a reader has accepted. A line of the file is a
 * fingerprint, white space and the reason; '#' begins a comment.
 */
struct baseline;

/* The file of that name at the top of a tree is read without an option. */
#define ACCEPTED_NAME ".gupconv-accepted"

struct baseline *baseline_new(void);
void baseline_free(struct baseline *accepted);
/* Adds a file's lines. Fails with EXIT_INPUT when it cannot be read or a line has no reason. */
bool baseline_read(struct baseline *accepted, const char *path, GError **error);
/* The same of a text; name is for messages. */
bool baseline_take(struct baseline *accepted, const char *name, const char *text, GError **error);
/* The tree's own, if it has one. tree may be NULL. */
bool baseline_read_tree(struct baseline *accepted, const char *tree, GError **error);
bool baseline_is_empty(const struct baseline *accepted);

/*
 * Sets the reason of each finding (struct finding) that is
 * accepted; it lives as long as this does.
 */
void baseline_apply(struct baseline *accepted, GPtrArray *findings);
/* Warns of each line that no finding has taken up to now; returns how many. */
guint baseline_warn_stale(const struct baseline *accepted);

/*
 * Writes a file that accepts the findings of these kinds (set of names), for
 * this reason, and what is accepted already, for the reason that it has.
 */
bool baseline_write(const char *path, GPtrArray *findings, GHashTable *kinds, const char *reason,
		    GError **error);

#endif
