/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_AUDIT_BASELINE_H
#define GUPCONV_AUDIT_BASELINE_H

#include <glib.h>
#include <stdbool.h>

/*
 * Findings that somebody has looked at and accepts. A line of the file is a
 * fingerprint, white space and the reason; '#' begins a comment.
 */
struct accepted;

/* The file of that name at the top of a tree is read without being asked for. */
#define ACCEPTED_NAME ".gupconv-accepted"

struct accepted *accepted_new(void);
void accepted_free(struct accepted *accepted);
/* Adds a file's lines. Fails with EXIT_INPUT when it cannot be read or a line has no reason. */
bool accepted_read(struct accepted *accepted, const char *path, GError **error);
/* The same of a text; name is for messages. */
bool accepted_take(struct accepted *accepted, const char *name, const char *text, GError **error);
/* The tree's own, if it has one. tree may be NULL. */
bool accepted_read_tree(struct accepted *accepted, const char *tree, GError **error);
bool accepted_is_empty(const struct accepted *accepted);

/* Sets the reason of each finding (struct finding) that is accepted; it lives as long as this does. */
void accepted_apply(struct accepted *accepted, GPtrArray *findings);
/* Warns of each line that no finding has taken up to now; returns how many. */
guint accepted_warn_stale(const struct accepted *accepted);

/*
 * Writes a file that accepts the findings of these kinds (set of names), for
 * this reason, and what is accepted already, for the reason that it has.
 */
bool accepted_write(const char *path, GPtrArray *findings, GHashTable *kinds, const char *reason,
		    GError **error);

#endif
