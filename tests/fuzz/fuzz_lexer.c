// SPDX-License-Identifier: GPL-2.0-only
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ctext/presence_condition.h"
#include "ctext/call_scanner.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static GHashTable *names(void)
{
	GHashTable *set = g_hash_table_new(g_str_hash, g_str_equal);

	g_hash_table_add(set, (char *)"put_page");
	g_hash_table_add(set, (char *)"get_user_pages");
	g_hash_table_add(set, (char *)"x");
	return set;
}

/* What must hold whatever the text is. */
static void check(bool fine)
{
	if (!fine)
		abort();
}

static void look_at_call(const char *text, size_t size, const struct text_call *call)
{
	g_autoptr(GPtrArray) arguments = lexer_arguments(text, size, call->offset);
	g_autofree char *guard = lexer_guard(text, size, call->offset);
	g_autofree char *forced = lexer_force(text, size, call->offset);

	check(call->offset + strlen(call->name) <= size);
	check(!memcmp(text + call->offset, call->name, strlen(call->name)));
	check(!strcmp(guard, call->guard));
	for (size_t i = 0; forced && i < size; i++)
		check((forced[i] == '\n') == (text[i] == '\n'));
	guard_version(call->guard, version_code("5.3.0"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GHashTable) set = names();
	/* A byte too many would be read behind it. */
	g_autofree char *text = g_malloc(size + 1);
	g_autoptr(GPtrArray) calls = NULL, words = NULL;

	memcpy(text, data, size);
	text[size] = 0;
	calls = lexer_calls(text, size, set);
	for (guint i = 0; i < calls->len && i < 8; i++)
		look_at_call(text, size, calls->pdata[i]);
	words = lexer_words(text, size, "CONFIG_");
	return 0;
}
