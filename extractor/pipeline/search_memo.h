/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PIPELINE_SEARCH_MEMO_H
#define GUPCONV_PIPELINE_SEARCH_MEMO_H

#include "ctext/tokens.h"
#include "pipeline/indexer.h"

/*
 * Facts about the tree that the rounds of one search (discover.h) have found so far: a tree
 * stays as it is within a run, so that no round has to find it out again.
 */
struct search_memo;

struct search_memo *search_memo_new(void);
void search_memo_free(struct search_memo *memo);

/* Tokens of a header; NULL when it cannot be read. */
const struct tokens *search_memo_tokens(struct indexer *ix, const char *header);
/* Whether a file, job or not, is or includes a header. */
bool search_memo_reaches(struct indexer *ix, const char *path, const char *header);
/* Whether a file of the word index, by its number, is a header of the whole kernel. */
bool search_memo_is_public(struct indexer *ix, guint file);

#endif
