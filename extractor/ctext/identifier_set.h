/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CTEXT_IDENTIFIER_SET_H
#define GUPCONV_CTEXT_IDENTIFIER_SET_H

#include <glib.h>
#include <stddef.h>

/*
 * A hash set of identifiers, short ones among them, that are searched for in
 * a text: one pass over it, however many they are. Comments and strings are
 * searched, too. For a few long ones multi_search.h is faster.
 */
struct identifier_set;

struct identifier_set *identifier_set_new(void);
void identifier_set_free(struct identifier_set *words);

/* value is handed to the visitor. The same word may be added again with another. */
void identifier_set_add(struct identifier_set *words, const char *word, void *value);

/* Calls visit() for each value at each place where its word stands in the text. */
void identifier_set_find(const struct identifier_set *words, const char *text, size_t size,
			 void (*visit)(void *value, void *data), void *data);

/* The identifiers of a text that begin with prefix and are longer, sorted, each once (char *). */
GPtrArray *identifiers_with_prefix(const char *text, size_t size, const char *prefix);

#endif
