// SPDX-License-Identifier: GPL-2.0-only
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ctext/presence_condition.h"
#include "ctext/call_scanner.h"
#include "ctext/conditional_stack.h"
#include "ctext/identifier_set.h"
#include "ctext/tokens.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static GHashTable *names(void)
{
	GHashTable *set = g_hash_table_new(g_str_hash, g_str_equal);

	g_hash_table_add(set, (char *)"put_page");
	g_hash_table_add(set, (char *)"get_user_pages");
	g_hash_table_add(set, (char *)"x");
	return set;
}

/* An invariant that holds for any text. */
static void check(bool fine)
{
	if (!fine)
		abort();
}

static void look_at_call(const char *text, size_t size, const struct text_call *call)
{
	g_autoptr(GPtrArray) arguments = call_scanner_arguments(text, size, call->offset);
	g_autofree char *guard = conditional_guard(text, size, call->offset);
	g_autofree char *forced = conditional_force(text, size, call->offset);

	check(call->offset + strlen(call->name) <= size);
	check(!memcmp(text + call->offset, call->name, strlen(call->name)));
	check(!strcmp(guard, call->guard));
	for (size_t i = 0; forced && i < size; i++)
		check((forced[i] == '\n') == (text[i] == '\n'));
	guard_version(call->guard, version_code("5.3.0"));
}

/* Tokens are in the order of the text and do not overlap; brackets belong together by twos. */
static void look_at_tokens(const char *text, size_t size)
{
	g_autoptr(tokens_t) tokens = tokens_new(text, size);
	guint end = 0;

	for (int i = 0; i < tokens_count(tokens); i++) {
		const struct token *token = tokens_at(tokens, i);
		int match = tokens_match(tokens, i);

		check(token->start >= end && token->end > token->start && token->end <= size);
		check(match < 0 || tokens_match(tokens, match) == i);
		check(token->line && token->line <= tokens->lines->len);
		check(tokens_index_at(tokens, token->start) == i);
		end = token->end;
	}
	for (guint i = 0; i < tokens->functions->len; i++) {
		const struct token_function *function =
			&g_array_index(tokens->functions, struct token_function, i);

		check(function->name < function->params && function->params < function->open &&
		      function->open < function->close);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GHashTable) set = names();
	/* A byte too many would be read behind it. */
	g_autofree char *text = g_malloc(size + 1);
	g_autoptr(GPtrArray) calls = NULL, words = NULL;

	memcpy(text, data, size);
	text[size] = 0;
	calls = call_scanner_find(text, size, set);
	for (guint i = 0; i < calls->len && i < 8; i++)
		look_at_call(text, size, calls->pdata[i]);
	words = identifiers_with_prefix(text, size, "CONFIG_");
	look_at_tokens(text, size);
	return 0;
}
