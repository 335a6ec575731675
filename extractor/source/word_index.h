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
/*
 * Takes in a file whose codes are known: printable, without a tab or a newline. Paths and
 * codes live as long as the index: it may have the text that they are of to free.
 */
void word_index_put(struct word_index *index, const char *path, const char *codes);
void word_index_keep(struct word_index *index, char *text);

/* The files have numbers below this. */
guint word_index_size(const struct word_index *index);
const char *word_index_path(const struct word_index *index, guint file);

/* Looks for words (char *): the files are gone through once for all that are new. */
void word_index_find(struct word_index *index, const GPtrArray *words);
/* The numbers of the files that may use a word that was looked for (of guint), ascending. */
const GArray *word_index_users(const struct word_index *index, const char *word);

#endif
