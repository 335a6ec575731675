// SPDX-License-Identifier: GPL-2.0-only
#include "pipeline/search_memo.h"
#include "model/path_class.h"

/* A text with its tokens, or NULL for both. */
struct header_tokens {
	char *text;
	struct tokens *tokens;
};

enum memo_answer { MEMO_NONE, MEMO_NO, MEMO_YES };

/**
 * struct search_memo - answers of the rounds before
 * @headers: path -> struct header_tokens
 * @reaches: "path\theader" -> whether it does
 * @is_public: enum memo_answer of each file of the word index (guint8), or NULL
 */
struct search_memo {
	GHashTable *headers;
	GHashTable *reaches;
	guint8 *is_public;
};

static void header_tokens_free(void *data)
{
	struct header_tokens *header = data;

	g_clear_pointer(&header->tokens, tokens_free);
	g_free(header->text);
	g_free(header);
}

struct search_memo *search_memo_new(void)
{
	struct search_memo *memo = g_new0(struct search_memo, 1);

	memo->headers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, header_tokens_free);
	memo->reaches = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return memo;
}

void search_memo_free(struct search_memo *memo)
{
	g_hash_table_destroy(memo->headers);
	g_hash_table_destroy(memo->reaches);
	g_free(memo->is_public);
	g_free(memo);
}

const struct tokens *search_memo_tokens(struct indexer *ix, const char *header)
{
	struct header_tokens *known = g_hash_table_lookup(ix->memo->headers, header);
	size_t size = 0;

	if (!known) {
		known = g_new0(struct header_tokens, 1);
		known->text = tree_read(ix->tree, header, &size, NULL);
		known->tokens = known->text ? tokens_new(known->text, size) : NULL;
		g_hash_table_insert(ix->memo->headers, g_strdup(header), known);
	}
	return known->tokens;
}

bool search_memo_reaches(struct indexer *ix, const char *path, const char *header)
{
	g_autofree char *key = g_strdup_printf("%s\t%s", path, header);
	void *known;

	if (!g_hash_table_lookup_extended(ix->memo->reaches, key, NULL, &known)) {
		known = GINT_TO_POINTER(indexer_reaches(ix, path, header));
		g_hash_table_insert(ix->memo->reaches, g_steal_pointer(&key), known);
	}
	return known;
}

bool search_memo_is_public(struct indexer *ix, guint file)
{
	guint8 *answer;

	if (!ix->memo->is_public)
		ix->memo->is_public = g_malloc0(word_index_size(ix->words));
	answer = &ix->memo->is_public[file];
	if (*answer == MEMO_NONE)
		*answer = path_is_public(ix->apis->knowledge, word_index_path(ix->words, file)) ?
			  MEMO_YES : MEMO_NO;
	return *answer == MEMO_YES;
}
