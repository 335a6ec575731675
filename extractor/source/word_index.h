/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_SOURCE_WORD_INDEX_H
#define GUPCONV_SOURCE_WORD_INDEX_H

#include <glib.h>
#include <stddef.h>

/*
 * Which files of a tree may use a word as a function (before a bracket), as a member
 * (behind . or ->) or as the tag of a struct or union: a signature file, with a list of
 * hash codes for each source file. It never misses a user, but for files without a brace,
 * which have no function; of the files that it gives, a few have another word of the same code,
 * so that a caller has to look.
 */
struct word_index;

struct word_index *word_index_new(void);
void word_index_free(struct word_index *index);

/* Takes in the text of a file; the codes of its words, as word_index_put() has them. */
const char *word_index_add(struct word_index *index, const char *path, const char *text,
			   size_t size);
/* Takes in a file whose codes are known: printable, without a tab or a newline. */
void word_index_put(struct word_index *index, const char *path, const char *codes);

/*
 * Calls visit() for each file and each of the words (char *) that it may use, given by
 * its number; files in no set order, the words of one file together.
 */
void word_index_find(const struct word_index *index, const GPtrArray *words,
		     void (*visit)(const char *path, guint word, void *data), void *data);

#endif
