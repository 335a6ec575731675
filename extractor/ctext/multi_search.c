// SPDX-License-Identifier: GPL-2.0-only
#include <stdint.h>
#include <string.h>

#include "ctext/multi_search.h"

#define BLOCK 3		/* bytes */
#define BLOCKS 16384	/* hashes of them: fewer than the first-level cache holds */

/**
 * struct multi_search - Wu and Manber's search for many words
 * @shortest: length of the shortest name
 * @shift: hash of the last block of a window -> how far the window may move
 */
struct multi_search {
	GPtrArray *names;
	size_t shortest;
	uint8_t shift[BLOCKS];
};

static unsigned int block_at(const char *text)
{
	const unsigned char *bytes = (const unsigned char *)text;

	return (bytes[0] << 8 ^ bytes[1] << 4 ^ bytes[2]) & (BLOCKS - 1);
}

struct multi_search *multi_search_new(const char *const *names, size_t count)
{
	struct multi_search *search = g_new0(struct multi_search, 1);

	search->names = g_ptr_array_new_with_free_func(g_free);
	search->shortest = UINT8_MAX;
	for (size_t i = 0; i < count; i++) {
		if (!*names[i])
			continue;
		g_ptr_array_add(search->names, g_strdup(names[i]));
		search->shortest = MIN(search->shortest, strlen(names[i]));
	}
	/* With a name of less than a block every place is looked at. */
	if (search->shortest < BLOCK)
		return search;
	memset(search->shift, search->shortest - BLOCK + 1, BLOCKS);
	for (guint i = 0; i < search->names->len; i++) {
		const char *name = search->names->pdata[i];

		for (size_t end = BLOCK; end <= search->shortest; end++) {
			uint8_t *shift = &search->shift[block_at(name + end - BLOCK)];

			*shift = MIN(*shift, search->shortest - end);
		}
	}
	return search;
}

void multi_search_free(struct multi_search *search)
{
	if (!search)
		return;
	g_ptr_array_free(search->names, TRUE);
	g_free(search);
}

static bool is_word(char c)
{
	return g_ascii_isalnum(c) || c == '_';
}

static bool name_at(const struct multi_search *search, const char *text, size_t size, size_t start)
{
	if (start && is_word(text[start - 1]))
		return false;
	for (guint i = 0; i < search->names->len; i++) {
		const char *name = search->names->pdata[i];
		size_t length = strlen(name);

		if (start + length <= size && !memcmp(text + start, name, length) &&
		    (start + length == size || !is_word(text[start + length])))
			return true;
	}
	return false;
}

bool multi_search_hit(const struct multi_search *search, const char *text, size_t size)
{
	size_t end = search->shortest;

	if (!search->names->len)
		return false;
	if (search->shortest < BLOCK) {
		for (size_t start = 0; start < size; start++)
			if (name_at(search, text, size, start))
				return true;
		return false;
	}
	while (end <= size) {
		uint8_t shift = search->shift[block_at(text + end - BLOCK)];

		if (!shift && name_at(search, text, size, end - search->shortest))
			return true;
		end += shift ? shift : 1;
	}
	return false;
}
