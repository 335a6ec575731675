// SPDX-License-Identifier: GPL-2.0-only
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/ctype_word.h"
#include "source/word_index.h"

/*
 * A code has 24 bits, six in a printable character: a file of 300 words has a given one by
 * chance once in 50000.
 */
#define CODE_CHARS 4
#define CODE_BITS 24
#define CODES (1u << CODE_BITS)
#define FIRST_CHAR '0'
/* Fits into a first-level cache. */
#define RECENT 1024
#define NEAR_BITS 17

/**
 * struct word_index - signatures of files
 * @files: path -> codes; both are of @strings
 * @seen: one bit a code, all 0 but within word_index_add()
 * @codes: of the file at hand
 * @recent: codes of that file, plus 1, each at its remainder: most words come again soon
 */
struct word_index {
	GStringChunk *strings;
	GHashTable *files;
	guint8 *seen;
	GArray *codes;
	uint32_t recent[RECENT];
};

struct word_index *word_index_new(void)
{
	struct word_index *index = g_new0(struct word_index, 1);

	index->strings = g_string_chunk_new(1 << 16);
	index->files = g_hash_table_new(g_str_hash, g_str_equal);
	index->seen = g_malloc0(CODES / 8);
	index->codes = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	return index;
}

void word_index_free(struct word_index *index)
{
	if (!index)
		return;
	g_hash_table_destroy(index->files);
	g_string_chunk_free(index->strings);
	g_array_unref(index->codes);
	g_free(index->seen);
	g_free(index);
}

/* Fowler, Noll and Vo's hash, folded. */
static uint32_t code_of(const char *word, size_t length)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)word[i]) * 16777619u;
	return (hash >> CODE_BITS) ^ (hash & (CODES - 1));
}

/* -- a file's signature -- */

static void note(struct word_index *index, const char *word, size_t length)
{
	uint32_t code, *recent;

	if (length <= 2)
		return;
	code = code_of(word, length);
	recent = &index->recent[code % RECENT];
	if (*recent == code + 1)
		return;
	*recent = code + 1;
	if (index->seen[code / 8] & (1 << code % 8))
		return;
	index->seen[code / 8] |= 1 << code % 8;
	g_array_append_val(index->codes, code);
}

/* The word that begins at a byte. */
static void note_at(struct word_index *index, const char *word, const char *end)
{
	const char *at = word;

	while (at < end && text_word_char(*at))
		at++;
	note(index, word, at - word);
}

/* name( */
static void note_functions(struct word_index *index, const char *text, const char *end)
{
	for (const char *at = text; (at = memchr(at, '(', end - at)); at++) {
		const char *word = at;

		while (word > text && text_word_char(word[-1]))
			word--;
		note(index, word, at - word);
	}
}

/* .name and ->name */
static void note_members(struct word_index *index, const char *text, const char *end)
{
	for (const char *at = text; (at = memchr(at, '.', end - at)); at++)
		note_at(index, at + 1, end);
	for (const char *at = text; (at = memchr(at, '>', end - at)); at++)
		if (at > text && at[-1] == '-')
			note_at(index, at + 1, end);
}

/* struct name */
static void note_tags(struct word_index *index, const char *text, const char *end,
		      const char *keyword)
{
	size_t length = strlen(keyword);

	for (const char *at = text; (at = memmem(at, end - at, keyword, length));) {
		const char *word = at += length;

		while (word < end && (*word == ' ' || *word == '\t'))
			word++;
		if (word > at)
			note_at(index, word, end);
	}
}

static void note_words(struct word_index *index, const char *text, size_t size)
{
	/* Without a brace there is no function: a third of a kernel is numbers of registers. */
	if (!memchr(text, '{', size))
		return;
	memset(index->recent, 0, sizeof(index->recent));
	note_functions(index, text, text + size);
	note_members(index, text, text + size);
	note_tags(index, text, text + size, "struct");
	note_tags(index, text, text + size, "union");
}

static char *codes_text(struct word_index *index)
{
	GString *text = g_string_sized_new(index->codes->len * CODE_CHARS + 1);

	for (guint i = 0; i < index->codes->len; i++) {
		uint32_t code = g_array_index(index->codes, uint32_t, i);

		index->seen[code / 8] = 0;
		for (int shift = CODE_BITS - 6; shift >= 0; shift -= 6)
			g_string_append_c(text, FIRST_CHAR + (code >> shift & 63));
	}
	return g_string_free(text, FALSE);
}

void word_index_put(struct word_index *index, const char *path, const char *codes)
{
	g_hash_table_insert(index->files, g_string_chunk_insert(index->strings, path),
			    g_string_chunk_insert(index->strings, codes));
}

const char *word_index_add(struct word_index *index, const char *path, const char *text,
			   size_t size)
{
	g_autofree char *codes = NULL;

	g_array_set_size(index->codes, 0);
	note_words(index, text, size);
	codes = codes_text(index);
	word_index_put(index, path, codes);
	return g_hash_table_lookup(index->files, path);
}

/* -- search -- */

static uint32_t code_read(const char *codes)
{
	uint32_t code = 0;

	for (int i = 0; i < CODE_CHARS; i++)
		code = code << 6 | (uint32_t)(codes[i] - FIRST_CHAR);
	return code & (CODES - 1);
}

/**
 * struct word_query - words that are looked for
 * @near: one bit for all codes of the same last NEAR_BITS: most codes of files end there
 * @wanted: one bit a code
 * @numbers: code -> numbers of the words that have it (GArray of guint)
 */
struct word_query {
	guint8 near[(1 << NEAR_BITS) / 8];
	guint8 *wanted;
	GHashTable *numbers;
};

static bool bit_is_set(const guint8 *bits, uint32_t bit)
{
	return bits[bit / 8] & (1 << bit % 8);
}

static void bit_set(guint8 *bits, uint32_t bit)
{
	bits[bit / 8] |= 1 << bit % 8;
}

static void query_add(struct word_query *query, const char *word, guint number)
{
	uint32_t code = code_of(word, strlen(word));
	GArray *numbers = g_hash_table_lookup(query->numbers, GUINT_TO_POINTER(code));

	if (!numbers) {
		numbers = g_array_new(FALSE, FALSE, sizeof(guint));
		g_hash_table_insert(query->numbers, GUINT_TO_POINTER(code), numbers);
	}
	g_array_append_val(numbers, number);
	bit_set(query->near, code % (1 << NEAR_BITS));
	bit_set(query->wanted, code);
}

static void query_file(const struct word_query *query, const char *path, const char *codes,
		       void (*visit)(const char *path, guint word, void *data), void *data)
{
	for (; *codes; codes += CODE_CHARS) {
		uint32_t code = code_read(codes);
		const GArray *numbers;

		if (!bit_is_set(query->near, code % (1 << NEAR_BITS)) ||
		    !bit_is_set(query->wanted, code))
			continue;
		numbers = g_hash_table_lookup(query->numbers, GUINT_TO_POINTER(code));
		for (guint i = 0; i < numbers->len; i++)
			visit(path, g_array_index(numbers, guint, i), data);
	}
}

void word_index_find(const struct word_index *index, const GPtrArray *words,
		     void (*visit)(const char *path, guint word, void *data), void *data)
{
	struct word_query query = {
		.wanted = g_malloc0(CODES / 8),
		.numbers = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref),
	};
	GHashTableIter iter;
	void *path, *codes;

	for (guint i = 0; i < words->len; i++)
		query_add(&query, words->pdata[i], i);
	g_hash_table_iter_init(&iter, index->files);
	while (g_hash_table_iter_next(&iter, &path, &codes))
		query_file(&query, path, codes, visit, data);
	g_hash_table_destroy(query.numbers);
	g_free(query.wanted);
}
