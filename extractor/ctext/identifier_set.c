// SPDX-License-Identifier: GPL-2.0-only
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/text_order.h"
#include "base/ctype_word.h"
#include "ctext/identifier_set.h"

#define BUCKETS 4096

/* One word and value; the next of its bucket. */
struct word {
	struct word *next;
	char *text;
	size_t length;
	void *value;
};

struct identifier_set {
	struct word *buckets[BUCKETS];
};

static const uint32_t hash_start = 2166136261u;

/* Fowler, Noll and Vo's hash, a byte at a time. */
static uint32_t hash_step(uint32_t hash, char c)
{
	return (hash ^ (unsigned char)c) * 16777619u;
}

static unsigned int bucket_of(uint32_t hash)
{
	return (hash ^ hash >> 16) % BUCKETS;
}

struct identifier_set *identifier_set_new(void)
{
	return g_new0(struct identifier_set, 1);
}

void identifier_set_free(struct identifier_set *words)
{
	if (!words)
		return;
	for (size_t i = 0; i < BUCKETS; i++) {
		while (words->buckets[i]) {
			struct word *word = words->buckets[i];

			words->buckets[i] = word->next;
			g_free(word->text);
			g_free(word);
		}
	}
	g_free(words);
}

void identifier_set_add(struct identifier_set *words, const char *text, void *value)
{
	struct word *word = g_new0(struct word, 1);
	uint32_t hash = hash_start;
	struct word **bucket;

	for (const char *c = text; *c; c++)
		hash = hash_step(hash, *c);
	bucket = &words->buckets[bucket_of(hash)];
	word->text = g_strdup(text);
	word->length = strlen(text);
	word->value = value;
	word->next = *bucket;
	*bucket = word;
}

void identifier_set_find(const struct identifier_set *words, const char *text, size_t size,
			 void (*visit)(void *value, void *data), void *data)
{
	for (size_t i = 0; i < size; i++) {
		uint32_t hash = hash_start;
		size_t start = i;

		for (; i < size && text_word_char(text[i]); i++)
			hash = hash_step(hash, text[i]);
		for (const struct word *word = i > start ? words->buckets[bucket_of(hash)] : NULL;
		     word; word = word->next)
			if (word->length == i - start &&
			    !memcmp(word->text, text + start, i - start))
				visit(word->value, data);
	}
}

GPtrArray *identifiers_with_prefix(const char *text, size_t size, const char *prefix)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
	const char *end = text + size;
	size_t length = strlen(prefix);

	for (const char *at = text; (at = memmem(at, end - at, prefix, length));) {
		const char *start = at;
		char *word;

		for (at += length; at < end && text_word_char(*at); at++)
			;
		if (at == start + length || (start > text && text_word_char(start[-1])))
			continue;
		word = g_strndup(start, at - start);
		if (g_hash_table_contains(seen, word)) {
			g_free(word);
			continue;
		}
		g_hash_table_add(seen, word);
		g_ptr_array_add(found, word);
	}
	g_ptr_array_sort(found, text_order);
	return found;
}
