// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "cfg/cfg_edges.h"
#include "cfg/reaching_defs.h"
#include "convert/remedy/edit.h"
#include "convert/remedy/leak.h"
#include "ctext/statement.h"

/* The release of a leak's pages: by the acquire's arguments, or in the function's own words. */

/* -- values -- */

/* The acquire is given the variable to fill, and nothing fills it between that and the test. */
static bool is_filled(const struct leak *leak, const struct expr *variable)
{
	bool kills;

	if (!ir_defines(&leak->ir->nodes[leak->node], variable, &kills))
		return false;
	for (int i = 0; i < leak->ir->count; i++)
		if (i != leak->node && ir_defines(&leak->ir->nodes[i], variable, &kills) &&
		    ir_leads(leak->ir, i, leak->test, leak->node, IR_EDGES_CONTROL))
			return false;
	return true;
}

static bool same_value(const struct leak *leak, const struct expr *variable, int at)
{
	g_autoptr(GArray) here = ir_reaching_defs(leak->ir, leak->test, variable, IR_EDGES_CONTROL);
	g_autoptr(GArray) there = ir_reaching_defs(leak->ir, at, variable, IR_EDGES_CONTROL);

	return is_filled(leak, variable) ||
	       (here->len == there->len &&
		(!here->len || !memcmp(here->data, there->data, here->len * sizeof(int))));
}

bool leak_same_values_but(const struct leak *leak, int first, int last, int at, const char *but)
{
	for (int i = first; i <= last; i++) {
		g_autofree char *name = NULL;
		const struct expr *variable;

		if (tokens_at(leak->tokens, i)->kind != TOKEN_WORD ||
		    token_is_any(leak->tokens, i - 1, (const char *const[]){ "->", ".", NULL }) ||
		    token_is(leak->tokens, i + 1, "("))
			continue;
		name = token_text(leak->tokens, i);
		if (but && !strcmp(name, but))
			continue;
		variable = ir_local(leak->ir, name);
		if (variable && !same_value(leak, variable, at))
			return false;
	}
	return true;
}

bool leak_same_values(const struct leak *leak, int first, int last, int at)
{
	return leak_same_values_but(leak, first, last, at, NULL);
}

/* -- releases -- */

static bool is_pin(const struct remedy_context *context, const struct leak *leak)
{
	const struct api *api = remedy_api(context, leak->acquire->callee);

	return api && api->family == FAMILY_PIN;
}

const char *leak_release_of_one(struct remedy_context *context, const struct leak *leak)
{
	for (guint i = 0; i < leak->acquire->joined->len; i++) {
		const struct remedy_call *release =
			remedy_call(context, g_array_index(leak->acquire->joined, int, i));
		const char *plain = remedy_untarget(context, release->callee);
		const struct api *api = remedy_api(context, plain ? plain : release->callee);

		if (api && api->detail == DETAIL_PAGE && (plain != NULL) == is_pin(context, leak))
			return release->callee;
	}
	return NULL;
}

/* The array form for pages, which table api_target has; the acquire is one of that table. */
static const char *array_form(struct remedy_context *context, const struct leak *leak)
{
	GHashTableIter at;
	void *name, *target;
	const char *form = NULL;
	bool is_known = false;

	g_hash_table_iter_init(&at, context->targets);
	while (g_hash_table_iter_next(&at, &name, &target)) {
		const struct api *api = remedy_api(context, name);

		is_known |= !strcmp(leak->acquire->callee, name) ||
			    !strcmp(leak->acquire->callee, target);
		if (api_has_role(api, ROLE_RELEASE) && api->detail == DETAIL_ARRAY)
			form = is_pin(context, leak) ? target : name;
	}
	return is_known && form && remedy_declared(context, form) == 2 ? form : NULL;
}

const char *leak_release_of_many(struct remedy_context *context, const struct leak *leak)
{
	for (guint i = 0; i < leak->acquire->joined->len; i++) {
		const struct remedy_call *release =
			remedy_call(context, g_array_index(leak->acquire->joined, int, i));
		const struct api *api = remedy_api(context, release->callee), *many;
		g_autofree char *plural = g_strconcat(release->callee, "s", NULL);

		if (!api || (api->family == FAMILY_PIN) != is_pin(context, leak))
			continue;
		many = remedy_api(context, plural);
		if (api_has_role(many, ROLE_RELEASE) && many->family == api->family &&
		    remedy_declared(context, plural) == 2)
			return many->name;
	}
	return array_form(context, leak);
}

int leak_result(const struct leak *leak)
{
	return token_is(leak->tokens, leak->token - 1, "=") &&
	       tokens_at(leak->tokens, leak->token - 2)->kind == TOKEN_WORD ? leak->token - 2 : -1;
}

/* -- one page, by the acquire's own argument -- */

/* "&page", "&pages[i]", "pages + i": the page; NULL: another form. */
static char *page_of(const struct tokens *tokens, int first, int last)
{
	static const char *const parts[] = { "->", ".", "[", "]", NULL };
	g_autofree char *array = NULL, *index = NULL;
	int plus = -1;

	for (int i = first; i <= last; i++) {
		if (token_is(tokens, i, "+"))
			plus = plus < 0 ? i : last + 1;
		else if (tokens_at(tokens, i)->kind != TOKEN_WORD &&
			 !token_is_any(tokens, i, i == first ? (const char *const[]){ "&", NULL } : parts))
			return NULL;
	}
	if (token_is(tokens, first, "&"))
		return plus < 0 ? tokens_text(tokens, first + 1, last) : NULL;
	if (plus <= first || plus >= last)
		return NULL;
	array = tokens_text(tokens, first, plus - 1);
	index = tokens_text(tokens, plus + 1, last);
	return g_strdup_printf("%s[%s]", array, index);
}

char *leak_one_page(struct remedy_context *context, const struct leak *leak)
{
	int count = remedy_arg_index(leak->acquire, PARAM_COUNT);
	int pages = remedy_arg_index(leak->acquire, PARAM_PAGES), first, last;
	const char *release = leak_release_of_one(context, leak);
	g_autofree char *page = NULL;

	if (count < 0 || pages < 0 || !release ||
	    !token_is(leak->tokens, leak->token, leak->acquire->callee) ||
	    !remedy_argument(leak->tokens, leak->token, count, &first, &last) || first != last ||
	    !token_is(leak->tokens, first, "1") ||
	    !remedy_argument(leak->tokens, leak->token, pages, &first, &last) ||
	    !leak_same_values(leak, first, last, leak->node))
		return NULL;
	page = page_of(leak->tokens, first, last);
	return page ? g_strdup_printf("%s(%s);\n", release, page) : NULL;
}

/* -- as the function releases them elsewhere -- */

/* Every loop around the release is one around the branch, too. */
static bool is_in_no_other_loop(const struct leak *leak, int release)
{
	static const char *const branches[] = { "if", "else", NULL };

	for (int block = statement_block(leak->tokens, release); block > leak->function->open;
	     block = statement_block(leak->tokens, block)) {
		int head = edit_head(leak->tokens, block);

		if (head >= 0 && !token_is_any(leak->tokens, head, branches) &&
		    (leak->exit < block || leak->exit > tokens_match(leak->tokens, block)))
			return false;
	}
	return true;
}

/* The name is of a release that is linked to the acquire, or of a function around one. */
static bool is_release(struct remedy_context *context, const struct leak *leak, int token)
{
	for (guint i = 0; i < leak->acquire->joined->len; i++) {
		const struct remedy_call *release =
			remedy_call(context, g_array_index(leak->acquire->joined, int, i));

		if (strcmp(release->path, leak->acquire->path))
			continue;
		if (token_is(leak->tokens, token, release->function))
			return true;
		if (token_is(leak->tokens, token, release->callee) &&
		    token_is(leak->tokens, leak->function->name, release->function))
			return true;
	}
	return false;
}

/* A variable among its arguments is one of the statement that gives the pages. */
static bool is_of_these_pages(const struct leak *leak, int release)
{
	int from = statement_first(leak->tokens, leak->token);
	int to = tokens_match(leak->tokens, leak->token + 1);

	for (int i = release + 2; i < tokens_match(leak->tokens, release + 1); i++) {
		g_autofree char *word = token_text(leak->tokens, i);

		if (tokens_at(leak->tokens, i)->kind == TOKEN_WORD && ir_local(leak->ir, word) &&
		    tokens_find(leak->tokens, word, from, to) >= 0)
			return true;
	}
	return false;
}

/* The statement on one line, or the loop of two. */
static char *statement_text(const struct leak *leak, int first, int last, int loop)
{
	g_autofree char *text = tokens_text(leak->tokens, first, last), *head = NULL;
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	g_autofree char *one = NULL;

	for (char **line = lines; *line; line++)
		g_strstrip(*line);
	one = g_strjoinv(" ", lines);
	if (loop < 0)
		return g_strdup_printf("%s\n", one);
	head = tokens_text(leak->tokens, loop, first - 1);
	g_strchomp(head);
	return strchr(head, '\n') ? NULL : g_strdup_printf("%s\n\t%s\n", head, one);
}

/* "for (i = 0; ...": i, which the loop sets itself; NULL: another loop. */
static char *loop_variable(const struct leak *leak, int loop)
{
	if (!token_is(leak->tokens, loop, "for") || !token_is(leak->tokens, loop + 3, "=") ||
	    !token_is(leak->tokens, loop + 4, "0") || !token_is(leak->tokens, loop + 5, ";"))
		return NULL;
	return token_text(leak->tokens, loop + 2);
}

static char *release_text(struct remedy_context *context, const struct leak *leak, int token)
{
	int last = statement_last(leak->tokens, token), loop = edit_head(leak->tokens, token);
	int node = leak_node(leak, token);
	g_autofree char *counter = NULL;

	if (!is_release(context, leak, token) || !edit_is_statement(leak->tokens, token) ||
	    node < 0 || !is_in_no_other_loop(leak, token) || !is_of_these_pages(leak, token))
		return NULL;
	if (loop >= 0 && token_is(leak->tokens, loop, "if"))
		loop = -1;
	if (loop >= 0) {
		counter = loop_variable(leak, loop);
		/* Another loop around the branch may count by the same variable. */
		if (!counter || statement_block(leak->tokens, leak->guard) != leak->function->open)
			return NULL;
	}
	return leak_same_values_but(leak, loop < 0 ? token : loop, last, node, counter) ?
		       statement_text(leak, token, last, loop) : NULL;
}

char *leak_as_elsewhere(struct remedy_context *context, const struct leak *leak)
{
	for (int i = leak->function->open + 1; i < leak->function->close; i++) {
		char *text = tokens_at(leak->tokens, i)->kind == TOKEN_WORD &&
			     token_is(leak->tokens, i + 1, "(") && i != leak->token ?
				     release_text(context, leak, i) : NULL;

		if (text)
			return text;
	}
	return NULL;
}
