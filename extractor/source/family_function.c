// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "source/family_function.h"

static void param_clear(void *data)
{
	g_free(((struct family_param *)data)->name);
}

static void call_clear(void *data)
{
	g_free(((struct family_call *)data)->callee);
}

/* The form of a declaration: struct page ** */
static enum page_form form_of(const struct family_function *function, int first, int last)
{
	const struct tokens *tokens = function->tokens;
	g_autofree char *type = NULL;
	unsigned int details;
	int stars = 0;

	for (int i = first; i <= last; i++)
		stars += token_is(tokens, i, "*") || token_is(tokens, i, "[");
	if (!stars || tokens_find(tokens, "struct", first, last) < 0)
		return FORM_NONE;
	type = tokens_text(tokens, first, last);
	details = knowledge_of_type(function->knowledge, type);
	if (details & KNOWN(ONE))
		return stars > 1 ? FORM_PAGES : FORM_PAGE;
	if (details & KNOWN(ITER))
		return FORM_ITER;
	return details & KNOWN(MANY) && details & KNOWN(ARRAY) ? FORM_VECTORS : FORM_NONE;
}

/* The last word of the declaration is its name. */
static void add_param(struct family_function *function, int first, int last)
{
	struct family_param param = { NULL, form_of(function, first, last) };
	int name = last;

	while (name > first && tokens_at(function->tokens, name)->kind != TOKEN_WORD)
		name--;
	if (param.form == FORM_NONE || name <= first)
		return;
	param.name = token_text(function->tokens, name);
	g_array_append_val(function->params, param);
}

static void add_params(struct family_function *function, int open)
{
	int close = tokens_match(function->tokens, open), first = open + 1;

	for (int i = open + 1; i <= close; i++) {
		if (tokens_match(function->tokens, i) > i) {
			i = tokens_match(function->tokens, i);
			continue;
		}
		if (i < close && !token_is(function->tokens, i, ","))
			continue;
		add_param(function, first, i - 1);
		first = i + 1;
	}
}

/* The token behind the statement that an if has as its body. */
static int statement_end(const struct tokens *tokens, int first, int close)
{
	if (token_is(tokens, first, "{"))
		return tokens_match(tokens, first);
	while (first < close && !token_is(tokens, first, ";"))
		first = tokens_match(tokens, first) > first ? tokens_match(tokens, first) + 1 :
							      first + 1;
	return first;
}

/* Some function is called in the condition: the test is not of a value alone. */
static bool has_call(const struct tokens *tokens, int first, int last)
{
	for (int i = first; i < last; i++)
		if (tokens_at(tokens, i)->kind == TOKEN_WORD && token_is(tokens, i + 1, "(") &&
		    !token_is(tokens, i, "likely") && !token_is(tokens, i, "unlikely"))
			return true;
	return false;
}

/* if (put_same_page) put_page(page); marks the calls of the statement. */
static void mark_by_value(struct family_function *function, int open, int close)
{
	const struct tokens *tokens = function->tokens;

	for (int i = open; i < close; i++) {
		int condition = i + 1, behind = tokens_match(tokens, condition), end;

		if (!token_is(tokens, i, "if") || behind < condition ||
		    has_call(tokens, condition + 1, behind))
			continue;
		end = statement_end(tokens, behind + 1, close);
		for (guint c = 0; c < function->calls->len; c++) {
			struct family_call *call =
				&g_array_index(function->calls, struct family_call, c);

			call->by_value |= call->first > behind && call->first < end;
		}
	}
}

static void add_flag(struct family_function *function, int at)
{
	const struct tokens *tokens = function->tokens;
	bool get = token_is(tokens, at, "FOLL_GET"), pin = token_is(tokens, at, "FOLL_PIN");

	if (!get && !pin)
		return;
	if (token_is(tokens, at - 1, "&") || token_is(tokens, at - 1, "~")) {
		function->tests_flags = true;
		return;
	}
	function->has_get |= get;
	function->has_pin |= pin;
}

/* pages[i] = page, *pages = page */
static bool is_store(const struct family_function *function, int at)
{
	const struct tokens *tokens = function->tokens;

	for (guint i = 0; i < function->params->len; i++) {
		const struct family_param *param =
			&g_array_index(function->params, struct family_param, i);

		if (param->form != FORM_PAGES || !token_is(tokens, at, param->name))
			continue;
		if (token_is(tokens, at + 1, "["))
			return token_is(tokens, tokens_match(tokens, at + 1) + 1, "=");
		return token_is(tokens, at - 1, "*") && token_is(tokens, at + 1, "=");
	}
	return false;
}

static void add_body(struct family_function *function, int open, int close)
{
	const struct tokens *tokens = function->tokens;

	for (int i = open; i < close; i++) {
		struct family_call call = { NULL, i + 2, tokens_match(tokens, i + 1) - 1, false };

		add_flag(function, i);
		function->fills |= is_store(function, i);
		if (tokens_at(tokens, i)->kind != TOKEN_WORD || !token_is(tokens, i + 1, "(") ||
		    call.last < i)
			continue;
		call.callee = token_text(tokens, i);
		g_array_append_val(function->calls, call);
	}
	mark_by_value(function, open, close);
}

struct family_function *family_function_new(const struct tokens *tokens,
					    const struct token_function *function,
					    const char *path,
					    const struct knowledge *knowledge)
{
	struct family_function *f = g_new0(struct family_function, 1);
	bool is_static = false;
	int start = function->name;

	f->tokens = tokens;
	f->knowledge = knowledge;
	f->name = token_text(tokens, function->name);
	f->path = path;
	f->line = tokens_at(tokens, function->name)->line;
	f->params = g_array_new(FALSE, FALSE, sizeof(struct family_param));
	f->calls = g_array_new(FALSE, FALSE, sizeof(struct family_call));
	g_array_set_clear_func(f->params, param_clear);
	g_array_set_clear_func(f->calls, call_clear);
	while (start > 0 && !token_is(tokens, start - 1, ";") && !token_is(tokens, start - 1, "}") &&
	       !token_is(tokens, start - 1, ")")) {
		start--;
		is_static |= token_is(tokens, start, "static");
	}
	f->returns = form_of(f, start, function->name - 1);
	f->is_public = !is_static || g_str_has_suffix(path, ".h");
	add_params(f, function->params);
	add_body(f, function->open, function->close);
	return f;
}

void family_function_free(void *data)
{
	struct family_function *function = data;

	g_free(function->name);
	g_array_free(function->params, TRUE);
	g_array_free(function->calls, TRUE);
	g_free(function);
}

const struct family_param *family_call_param(const struct family_function *function,
					     const struct family_call *call, enum page_form form)
{
	for (guint i = 0; i < function->params->len; i++) {
		const struct family_param *param =
			&g_array_index(function->params, struct family_param, i);

		if (param->form == form &&
		    tokens_find(function->tokens, param->name, call->first, call->last) >= 0)
			return param;
	}
	return NULL;
}

bool family_function_has(const struct family_function *function, enum page_form form)
{
	for (guint i = 0; i < function->params->len; i++)
		if (g_array_index(function->params, struct family_param, i).form == form)
			return true;
	return false;
}
