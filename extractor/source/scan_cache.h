/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_SOURCE_SCAN_CACHE_H
#define GUPCONV_SOURCE_SCAN_CACHE_H

#include <stdbool.h>

#include "source/tree_files.h"
#include "source/word_index.h"

/*
 * Which files of a tree an earlier scan found to have one of the names, and the words
 * that each uses (word_index.h). As with git's index, a file with the size, inode and
 * dates that it had is taken to have the text that it had; one that was written within the
 * last seconds before the scan is not, since it may change once more in the same instant.
 */
struct scan_cache;

/*
 * Never fails: without the earlier one every file is new. names: char *; words: to which the
 * words of the files are added.
 */
struct scan_cache *scan_cache_open(const struct tree *tree, GPtrArray *names,
				   struct word_index *words);
/* true when it is as it was; then *hit is the result. The file lives as long as the words. */
bool scan_cache_known(struct scan_cache *scanned, const struct tree_file *file, bool *hit);
/* Of a file that was not known: its text, and the result. */
void scan_cache_note(struct scan_cache *scanned, const struct tree_file *file, bool hit,
		     const char *text, size_t size);
/* Keeps what was noted, when it is not what was there before but for few files. */
void scan_cache_close(struct scan_cache *scanned);

#endif
