/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_SOURCE_SCAN_CACHE_H
#define GUPCONV_SOURCE_SCAN_CACHE_H

#include <stdbool.h>
#include <sys/stat.h>

#include "source/tree.h"

/*
 * Which files of a tree an earlier scan found to have one of the names, and the words
 * that each uses (word_index.h). As with git's index, a file with the size, inode and
 * dates that it had is taken to have the text that it had; one that was written within the
 * last seconds before the scan is not, since it may change once more in the same instant.
 */
struct scan_cache;

/* Never fails: without the earlier one every file is new. names: char *. */
struct scan_cache *scan_cache_open(const struct tree *tree, GPtrArray *names);
/* true when it is as it was; then *hit is the result, *codes the signature of its words. */
bool scan_cache_known(struct scan_cache *scanned, const char *path, const struct stat *st,
		      bool *hit, const char **codes);
/* codes: as word_index_add() gives them */
void scan_cache_note(struct scan_cache *scanned, const char *path, const struct stat *st, bool hit,
		     const char *codes);
/* Keeps what was noted, when it is not what was there before. */
void scan_cache_close(struct scan_cache *scanned);

#endif
