/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PIPELINE_WISH_KEY_H
#define GUPCONV_PIPELINE_WISH_KEY_H

#include <glib.h>

/*
 * A hash of what the wishes of a round (wish.h) depend on in the facts of all files: of the
 * lines that a draft (draft.h) takes.
 *
 * Text may move in its file without another key. A line number of the file itself counts by its
 * rank among all of them: a flow or a call lies in a function, behind another, or on the same
 * line, and nothing is counted in lines. Places may have a line in their names, and are hashed in
 * the order of their true names, with whether two of them are the same: equal keys mean facts
 * that differ by a renaming at most, which keeps every order and every equality.
 */
struct wish_key;

/* @base: all else that the wishes depend on */
struct wish_key *wish_key_new(const char *base);
void wish_key_free(struct wish_key *key);
/* Takes in the facts (model/facts.h) of one more file; @more: what else is known of it. */
void wish_key_add(struct wish_key *key, const char *path, const char *more, const char *facts);
/* Of all files so far. Caller frees. */
char *wish_key_text(const struct wish_key *key);

#endif
