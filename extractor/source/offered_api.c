// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "ctext/tokens.h"
#include "source/offered_api.h"

#define LONGTERM "FOLL_LONGTERM"

static void function_free(void *data)
{
	struct offered_function *function = data;

	g_free(function->name);
	g_free(function->params);
	g_free(function);
}

/* The last word of the declaration is the parameter's name. */
static void append_param(GString *params, const struct tokens *tokens, int first, int last)
{
	g_autofree char *name = NULL;

	while (last > first && tokens_at(tokens, last)->kind != TOKEN_WORD)
		last--;
	if (last <= first)
		return;
	name = token_text(tokens, last);
	g_string_append_printf(params, "%s%s", params->len ? "," : "", name);
}

static char *params_text(const struct tokens *tokens, int open, int close)
{
	GString *params = g_string_new(NULL);
	int first = open + 1;

	for (int i = first; i <= close; i++) {
		if (i < close && !token_is(tokens, i, ",")) {
			if (tokens_match(tokens, i) > i)
				i = tokens_match(tokens, i);
			continue;
		}
		append_param(params, tokens, first, i - 1);
		first = i + 1;
	}
	return g_string_free(params, FALSE);
}

/* A type stands before the name and nothing but a list of parameters behind it: not a call. */
static bool is_declared(const struct tokens *tokens, int name)
{
	static const char *const words[] = { "return", "else", "do", "case", "goto", NULL };
	int close = tokens_match(tokens, name + 1);

	if (name < 1 || !token_is(tokens, name + 1, "(") || close < 0 ||
	    tokens_function_index(tokens, name) >= 0 ||
	    (tokens_at(tokens, name - 1)->kind != TOKEN_WORD && !token_is(tokens, name - 1, "*")))
		return false;
	return !token_is_any(tokens, name - 1, words);
}

static bool is_definition(const struct tokens *tokens, int name)
{
	const struct token_function *function = tokens_function(tokens, name);

	return function && function->name == name;
}

static void add_functions(struct offered_api *offered, const struct tokens *tokens,
			  const struct api_table *apis)
{
	for (int i = 0; i < tokens_count(tokens); i++) {
		struct offered_function *function;
		g_autofree char *name = NULL;

		if (tokens_at(tokens, i)->kind != TOKEN_WORD || !token_is(tokens, i + 1, "("))
			continue;
		name = token_text(tokens, i);
		if (!api_is_site(api_find(apis, name)) ||
		    (!is_declared(tokens, i) && !is_definition(tokens, i)))
			continue;
		function = g_new0(struct offered_function, 1);
		function->name = g_steal_pointer(&name);
		function->params = params_text(tokens, i + 1, tokens_match(tokens, i + 1));
		g_ptr_array_add(offered->functions, function);
	}
}

/* "#define FOLL_LONGTERM 0x10000", or of an enum "FOLL_LONGTERM = 1 << 8"; 0 for none. */
static unsigned long longterm_of(const char *text)
{
	for (const char *at = strstr(text, LONGTERM); at; at = strstr(at, LONGTERM)) {
		char *end;
		unsigned long value;

		at += strlen(LONGTERM);
		value = strtoul(at + strspn(at, " \t="), &end, 0);
		end += strspn(end, " \t");
		if (value && !strncmp(end, "<<", 2))
			value <<= strtoul(end + 2, NULL, 0);
		if (value)
			return value;
	}
	return 0;
}

struct offered_api *offered_api_read(const struct tree *kernel, const struct api_table *apis)
{
	struct offered_api *offered = g_new0(struct offered_api, 1);
	g_autoptr(GPtrArray) paths = knowledge_names(apis->knowledge, KNOW_PATH, KNOWN(HEADERS));

	offered->functions = g_ptr_array_new_with_free_func(function_free);
	for (guint i = 0; i < paths->len; i++) {
		size_t size;
		g_autofree char *text = tree_read(kernel, paths->pdata[i], &size, NULL);
		g_autoptr(tokens_t) tokens = text ? tokens_new(text, size) : NULL;

		if (!tokens)
			continue;
		add_functions(offered, tokens, apis);
		if (!offered->longterm)
			offered->longterm = longterm_of(text);
	}
	return offered;
}

void offered_api_free(struct offered_api *offered)
{
	if (!offered)
		return;
	g_ptr_array_unref(offered->functions);
	g_free(offered);
}

char *offered_api_text(const struct offered_api *offered)
{
	GString *text = g_string_new(NULL);

	g_string_append_printf(text, "%lx\n", offered->longterm);
	for (guint i = 0; i < offered->functions->len; i++) {
		const struct offered_function *function = offered->functions->pdata[i];

		g_string_append_printf(text, "%s(%s)\n", function->name, function->params);
	}
	return g_string_free(text, FALSE);
}

bool offered_api_store(const struct offered_api *offered, struct db *db, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "prototype_add");
	g_autofree char *longterm = g_strdup_printf("%lu", offered->longterm);

	for (guint i = 0; i < offered->functions->len; i++) {
		const struct offered_function *function = offered->functions->pdata[i];

		db_bind_text(stmt, 1, function->name);
		db_bind_text(stmt, 2, function->params);
		if (!db_run(db, stmt, error))
			return false;
	}
	return !offered->longterm || db_meta_set(db, "longterm", longterm, error);
}
