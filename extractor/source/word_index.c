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

/* A file and the codes of its words. */
struct signature {
	const char *path, *codes;
};

/**
 * struct word_index - signatures of files
 * @strings: codes of files that were read; @kept: texts that hold those of the others
 * @files: of struct signature
 * @users: word -> numbers of the files that may use it (GArray of guint), as far as asked for
 * @seen: one bit a code, all 0 but within word_index_add()
 * @codes: of the file at hand
 * @recent: codes of that file, plus 1, each at its remainder: most words come again soon
 */
struct word_index {
	GStringChunk *strings;
	GPtrArray *kept;
	GArray *files;
	GHashTable *users;
	guint8 *seen;
	GArray *codes;
	uint32_t recent[RECENT];
};

struct word_index *word_index_new(void)
{
	struct word_index *index = g_new0(struct word_index, 1);

	index->strings = g_string_chunk_new(1 << 16);
	index->kept = g_ptr_array_new_with_free_func(g_free);
	index->files = g_array_new(FALSE, FALSE, sizeof(struct signature));
	index->users = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					     (GDestroyNotify)g_array_unref);
	index->seen = g_malloc0(CODES / 8);
	index->codes = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	return index;
}

void word_index_free(struct word_index *index)
{
	if (!index)
		return;
	g_hash_table_destroy(index->users);
	g_array_unref(index->files);
	g_ptr_array_unref(index->kept);
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
	struct signature signature = { path, codes };

	g_array_append_val(index->files, signature);
}

const char *word_index_add(struct word_index *index, const char *path, const char *text,
			   size_t size)
{
	g_autofree char *codes = NULL;
	const char *kept;

	g_array_set_size(index->codes, 0);
	note_words(index, text, size);
	codes = codes_text(index);
	kept = g_string_chunk_insert(index->strings, codes);
	word_index_put(index, path, kept);
	return kept;
}

void word_index_keep(struct word_index *index, char *text)
{
	g_ptr_array_add(index->kept, text);
}

guint word_index_size(const struct word_index *index)
{
	return index->files->len;
}

const char *word_index_path(const struct word_index *index, guint file)
{
	return g_array_index(index->files, struct signature, file).path;
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
 * @users: code -> the lists of the words that have it (GPtrArray of GArray)
 */
struct word_query {
	guint8 near[(1 << NEAR_BITS) / 8];
	guint8 *wanted;
	GHashTable *users;
};

static bool bit_is_set(const guint8 *bits, uint32_t bit)
{
	return bits[bit / 8] & (1 << bit % 8);
}

static void bit_set(guint8 *bits, uint32_t bit)
{
	bits[bit / 8] |= 1 << bit % 8;
}

static void query_add(struct word_query *query, const char *word, GArray *users)
{
	uint32_t code = code_of(word, strlen(word));
	GPtrArray *lists = g_hash_table_lookup(query->users, GUINT_TO_POINTER(code));

	if (!lists) {
		lists = g_ptr_array_new();
		g_hash_table_insert(query->users, GUINT_TO_POINTER(code), lists);
	}
	g_ptr_array_add(lists, users);
	bit_set(query->near, code % (1 << NEAR_BITS));
	bit_set(query->wanted, code);
}

static void query_file(const struct word_query *query, guint file, const char *codes)
{
	const char *end = codes + strlen(codes) / CODE_CHARS * CODE_CHARS;

	for (; codes < end; codes += CODE_CHARS) {
		uint32_t code = code_read(codes);
		const GPtrArray *lists;

		if (!bit_is_set(query->near, code % (1 << NEAR_BITS)) ||
		    !bit_is_set(query->wanted, code))
			continue;
		lists = g_hash_table_lookup(query->users, GUINT_TO_POINTER(code));
		for (guint i = 0; i < lists->len; i++)
			g_array_append_val((GArray *)lists->pdata[i], file);
	}
}

void word_index_find(struct word_index *index, const GPtrArray *words)
{
	struct word_query query = {
		.users = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref),
	};

	for (guint i = 0; i < words->len; i++) {
		GArray *users;

		if (g_hash_table_contains(index->users, words->pdata[i]))
			continue;
		if (!query.wanted)
			query.wanted = g_malloc0(CODES / 8);
		users = g_array_new(FALSE, FALSE, sizeof(guint));
		g_hash_table_insert(index->users, g_strdup(words->pdata[i]), users);
		query_add(&query, words->pdata[i], users);
	}
	for (guint i = 0; query.wanted && i < index->files->len; i++)
		query_file(&query, i, g_array_index(index->files, struct signature, i).codes);
	g_hash_table_destroy(query.users);
	g_free(query.wanted);
}

const GArray *word_index_users(const struct word_index *index, const char *word)
{
	return g_hash_table_lookup(index->users, word);
}
