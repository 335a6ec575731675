// SPDX-License-Identifier: GPL-2.0-only
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "ctext/identifier_set.h"

#define BUCKETS 4096

/* One word and value; the next of its bucket. */
struct word {
	struct word *next;
	char *text;
	size_t length;
	void *value;
};

struct words {
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

struct words *words_new(void)
{
	return g_new0(struct words, 1);
}

void words_free(struct words *words)
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

void words_add(struct words *words, const char *text, void *value)
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

static bool is_word(char c)
{
	return g_ascii_isalnum(c) || c == '_';
}

void words_find(const struct words *words, const char *text, size_t size,
		void (*visit)(void *value, void *data), void *data)
{
	for (size_t i = 0; i < size; i++) {
		uint32_t hash = hash_start;
		size_t start = i;

		for (; i < size && is_word(text[i]); i++)
			hash = hash_step(hash, text[i]);
		for (const struct word *word = i > start ? words->buckets[bucket_of(hash)] : NULL; word;
		     word = word->next)
			if (word->length == i - start && !memcmp(word->text, text + start, i - start))
				visit(word->value, data);
	}
}
