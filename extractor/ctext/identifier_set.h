/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CTEXT_IDENTIFIER_SET_H
#define GUPCONV_CTEXT_IDENTIFIER_SET_H

#include <stddef.h>

/*
 * A set of identifiers, short ones among them, of which a text is asked which
 * it has: one pass over the text, however many they are. For a few long ones
 * search.h is faster.
 */
struct words;

struct words *words_new(void);
void words_free(struct words *words);

/* value is handed to words_find()'s visitor. The same word may be added again with another. */
void words_add(struct words *words, const char *word, void *value);

/* Calls visit() for each value at each place where its word stands in the text. */
void words_find(const struct words *words, const char *text, size_t size,
		void (*visit)(void *value, void *data), void *data);

#endif
