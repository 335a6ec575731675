// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "ctext/scanner_state.h"

static void argument_end(GPtrArray *arguments, GString *argument)
{
	g_ptr_array_add(arguments, g_strdup(g_strstrip(argument->str)));
	g_string_truncate(argument, 0);
}

static void argument_comma(struct lexer *lx, GPtrArray *arguments, GString *argument)
{
	argument_end(arguments, argument);
	lx->at++;
}

static void argument_blank(struct lexer *lx, GString *argument)
{
	if (argument->len && argument->str[argument->len - 1] != ' ')
		g_string_append_c(argument, ' ');
	if (lx->at < lx->end && *lx->at == '\n')
		lexer_advance(lx);
}

/* Copies a string, or one character, and keeps count of the brackets. */
static void argument_piece(struct lexer *lx, GString *argument, int *depth)
{
	const char *start = lx->at;

	if (*lx->at == '"' || *lx->at == '\'') {
		lexer_skip_quoted(lx, *lx->at);
	} else {
		*depth += strchr("([{", *lx->at) != NULL;
		*depth -= strchr(")]}", *lx->at) != NULL;
		lx->at++;
	}
	g_string_append_len(argument, start, lx->at - start);
}

GPtrArray *lexer_arguments(const char *text, size_t size, size_t offset)
{
	struct lexer lx = { .at = text + offset, .text = text, .end = text + size };
	GPtrArray *arguments = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GString) argument = g_string_new(NULL);
	int depth = 1;

	while (lx.at < lx.end && *lx.at != '(')
		lx.at++;
	if (lx.at < lx.end)
		lx.at++;
	while (lx.at < lx.end) {
		if (*lx.at == '\n' || lexer_skip_blank(&lx))
			argument_blank(&lx, argument);
		else if (depth == 1 && *lx.at == ')')
			break;
		else if (depth == 1 && *lx.at == ',')
			argument_comma(&lx, arguments, argument);
		else
			argument_piece(&lx, argument, &depth);
	}
	if (arguments->len || argument->len)
		argument_end(arguments, argument);
	return arguments;
}

static int compare_words(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *lexer_words(const char *text, size_t size, const char *prefix)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
	size_t length = strlen(prefix);

	for (size_t i = 0; i + length <= size; i++) {
		size_t end = i;
		char *word;

		if (!word_start(text[i]) || (i && word_char(text[i - 1])))
			continue;
		while (end < size && word_char(text[end]))
			end++;
		if (end - i > length && !memcmp(text + i, prefix, length)) {
			word = g_strndup(text + i, end - i);
			if (g_hash_table_contains(seen, word)) {
				g_free(word);
			} else {
				g_hash_table_add(seen, word);
				g_ptr_array_add(words, word);
			}
		}
		i = end - 1;
	}
	g_ptr_array_sort(words, compare_words);
	return words;
}
