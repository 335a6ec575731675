// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "cfg/reaching_defs.h"
#include "convert/remedy/condition.h"
#include "convert/remedy/edit.h"
#include "ctext/statement.h"

/**
 * struct chosen - where an acquire's condition stands
 * @acquire: the call; @tokens of its file
 * @function: that it stands in
 * @first, @last: tokens of the condition; @first is -1: always
 */
struct chosen {
	const struct remedy_call *acquire;
	const struct tokens *tokens;
	const struct token_function *function;
	int first, last;
};

static bool is_flag(const struct tokens *tokens, int token)
{
	return g_str_has_prefix(tokens->text + tokens_at(tokens, token)->start, "FOLL_");
}

/* FOLL_WRITE is one of the operands of | at the top of the expression. */
static bool has_write(const struct tokens *tokens, int first, int last)
{
	bool found = false;

	for (int i = first; i <= last; i++) {
		int match = tokens_match(tokens, i);

		if (token_is(tokens, i, "FOLL_WRITE"))
			found = true;
		else if (!token_is(tokens, i, "|") && !is_flag(tokens, i))
			return false;
		if (match > i)
			i = match;
	}
	return found;
}

/* Without the flags that are added to it, and without its brackets. */
static void strip_flags(const struct tokens *tokens, int *first, int *last)
{
	/* Without brackets, the flags would be of the last branch alone. */
	while (*last - *first > 2 && is_flag(tokens, *last) && token_is(tokens, *last - 1, "|") &&
	       (token_is(tokens, *last - 2, ")") || is_flag(tokens, *last - 2)))
		*last -= 2;
	while (*last - *first > 2 && is_flag(tokens, *first) && token_is(tokens, *first + 1, "|") &&
	       token_is(tokens, *first + 2, "("))
		*first += 2;
	if (token_is(tokens, *first, "(") && tokens_match(tokens, *first) == *last) {
		(*first)++;
		(*last)--;
	}
}

/* "E ? FOLL_WRITE : 0" */
static bool is_choice(const struct tokens *tokens, int first, int *last)
{
	if (*last - first < 4 || !token_is(tokens, *last, "0") ||
	    !token_is(tokens, *last - 1, ":") || !token_is(tokens, *last - 2, "FOLL_WRITE") ||
	    !token_is(tokens, *last - 3, "?"))
		return false;
	*last -= 4;
	for (int i = first; i <= *last; i++) {
		if (token_is_any(tokens, i, (const char *const[]){ "?", ",", "=", NULL }))
			return false;
		/* A call may say something else the next time. */
		if (token_is(tokens, i, "(") && i > first &&
		    tokens_at(tokens, i - 1)->kind == TOKEN_WORD)
			return false;
	}
	return true;
}

/*
 * A local variable as the flags: its only value is set where it is declared, or once before the
 * call, outside of any if, and has FOLL_WRITE; it may be given more flags.
 */
static bool variable_has_write(const struct chosen *chosen, int word, int call)
{
	g_autofree char *name = token_text(chosen->tokens, word);
	int sets = 0;
	bool write = false;

	for (int i = chosen->function->open; i < call; i++) {
		int last = i;

		if (!token_is(chosen->tokens, i, name) || token_is(chosen->tokens, i + 1, "|="))
			continue;
		if (!token_is(chosen->tokens, i + 1, "="))
			return false;
		while (last < call && !token_is_any(chosen->tokens, last + 1,
						    (const char *const[]){ ",", ";", NULL }))
			last++;
		sets++;
		write = has_write(chosen->tokens, i + 2, last) &&
			statement_block(chosen->tokens, i) == chosen->function->open &&
			!edit_is_bare(chosen->tokens, statement_first(chosen->tokens, i));
	}
	return sets == 1 && write;
}

static bool choice_find(struct remedy *remedy, struct remedy_context *context,
			struct chosen *chosen)
{
	const struct remedy_call *acquire = chosen->acquire;
	int index = remedy_arg_index(acquire, PARAM_FLAGS), token = remedy_token(context, acquire);
	bool old = index < 0;

	if (old)
		index = remedy_arg_index(acquire, PARAM_WRITE);
	if (token < 0 || index < 0)
		return remedy_refuse(remedy, "whether %s() acquires for writing is not in its text",
				     acquire->callee);
	chosen->tokens = remedy_source(context, acquire->path)->tokens;
	chosen->function = tokens_function(chosen->tokens, token);
	if (!remedy_argument(chosen->tokens, token, index, &chosen->first, &chosen->last))
		return remedy_refuse(remedy, "the flags of %s() are not in the text", acquire->callee);
	if (has_write(chosen->tokens, chosen->first, chosen->last) ||
	    (old && chosen->first == chosen->last &&
	     token_is_any(chosen->tokens, chosen->first, (const char *const[]){ "1", "true", NULL })) ||
	    (!old && chosen->first == chosen->last &&
	     variable_has_write(chosen, chosen->first, token))) {
		chosen->first = -1;
		return true;
	}
	strip_flags(chosen->tokens, &chosen->first, &chosen->last);
	if (is_choice(chosen->tokens, chosen->first, &chosen->last))
		return true;
	return remedy_refuse(remedy, "whether the pages were taken for writing is not known where they "
				     "are released");
}

/* -- the condition at the release -- */

/* The word is a variable of the graph's function: not a constant, a member or a type. */
static const struct expr *variable_of(const struct ir_function *ir, const struct tokens *tokens,
				      int word)
{
	g_autofree char *name = token_text(tokens, word);

	if (tokens_at(tokens, word)->kind != TOKEN_WORD ||
	    token_is_any(tokens, word - 1, (const char *const[]){ "->", ".", NULL }))
		return NULL;
	return ir_local(ir, name);
}

static bool same_defs(const struct ir_function *ir, int a, int b, const struct expr *variable)
{
	g_autoptr(GArray) at_a = ir_reaching_defs(ir, a, variable, IR_EDGES_CONTROL);
	g_autoptr(GArray) at_b = ir_reaching_defs(ir, b, variable, IR_EDGES_CONTROL);

	return at_a->len == at_b->len &&
	       (!at_a->len || !memcmp(at_a->data, at_b->data, at_a->len * sizeof(int)));
}

/* The function sets that member of that object: "tow.way". */
static bool sets_member(const struct chosen *chosen, int member)
{
	static const char *const sets[] = { "=", "+=", "-=", "|=", "&=", "^=", "++", "--", NULL };

	for (int i = chosen->function->open; i < chosen->function->close; i++)
		if (tokens_equal(chosen->tokens, i - 2, i, chosen->tokens, member - 2, member) &&
		    token_is_any(chosen->tokens, i + 1, sets))
			return true;
	return false;
}

/* All words are constants, or variables with the same value at both calls. */
static bool holds_at(struct remedy_context *context, const struct chosen *chosen,
		     const struct remedy_call *release)
{
	struct fact_place from = site_facts_call(context->facts, chosen->acquire->id, 0);
	struct fact_place to = site_facts_call(context->facts, release->id, 0);

	if (!from.function || from.function != to.function)
		return false;
	for (int i = chosen->first; i <= chosen->last; i++) {
		const struct expr *variable = variable_of(from.function, chosen->tokens, i);

		if (variable && !same_defs(from.function, from.node, to.node, variable))
			return false;
		/* An object behind a pointer may be written by anybody. */
		if (token_is(chosen->tokens, i, "->") ||
		    (token_is(chosen->tokens, i, ".") && sets_member(chosen, i + 1)))
			return false;
	}
	return true;
}

/* "struct TYPE *NAME" among the parameters or in the body: the token of TYPE; or -1. */
static int type_of(const struct tokens *tokens, const struct token_function *function,
		   const char *name)
{
	for (int i = function->params; i < function->close; i++)
		if (token_is(tokens, i, name) && token_is(tokens, i - 1, "*") &&
		    token_is(tokens, i - 3, "struct"))
			return i - 2;
	return -1;
}

/* How often the file sets a member of that name. */
static int sets_of_member(const struct tokens *tokens, const char *member)
{
	int count = 0;

	for (int i = tokens_find(tokens, member, 1, tokens_count(tokens) - 2); i >= 0;
	     i = tokens_find(tokens, member, i + 1, tokens_count(tokens) - 2))
		count += token_is(tokens, i + 1, "=") &&
			 token_is_any(tokens, i - 1, (const char *const[]){ "->", ".", NULL });
	return count;
}

/* The token of X in "X->member = variable;", the only store to such a member in the file; or -1. */
static int store_find(const struct chosen *chosen, const char *variable)
{
	const struct tokens *tokens = chosen->tokens;

	for (int i = chosen->function->open + 1; i + 5 < chosen->function->close; i++) {
		g_autofree char *member = NULL;

		if (!token_is(tokens, i + 1, "->") || !token_is(tokens, i + 3, "=") ||
		    !token_is(tokens, i + 4, variable) || !token_is(tokens, i + 5, ";") ||
		    token_is_any(tokens, i - 1, (const char *const[]){ "->", ".", NULL }))
			continue;
		member = token_text(tokens, i + 2);
		if (sets_of_member(tokens, member) == 1)
			return i;
	}
	return -1;
}

/* X->member occurs in the function: pages are put, or acquired, there. */
static bool mentions(const struct chosen *chosen, const char *object, const char *member)
{
	for (int i = chosen->function->open; i < chosen->function->close; i++)
		if (token_is(chosen->tokens, i, object) && token_is(chosen->tokens, i + 1, "->") &&
		    token_is(chosen->tokens, i + 2, member))
			return true;
	return false;
}

/* The only variable of the condition, which nothing sets; NULL: there are none or several. */
static char *only_variable(struct remedy_context *context, const struct chosen *chosen, int *word)
{
	struct fact_place place = site_facts_call(context->facts, chosen->acquire->id, 0);
	const struct expr *found = NULL;

	for (int i = chosen->first; place.function && i <= chosen->last; i++) {
		const struct expr *variable = variable_of(place.function, chosen->tokens, i);

		if (token_is_any(chosen->tokens, i, (const char *const[]){ "->", ".", NULL }) ||
		    (variable && found))
			return NULL;
		if (variable) {
			found = variable;
			*word = i;
		}
	}
	for (int i = 0; found && i < place.function->count; i++) {
		bool kills;

		/* A parameter that stays what it was. */
		if (place.function->nodes[i].kind != IR_ENTRY &&
		    ir_defines(&place.function->nodes[i], found, &kills))
			return NULL;
	}
	return found ? g_strdup(found->name) : NULL;
}

static char *text_between(const struct tokens *tokens, guint from, guint to)
{
	return g_strndup(tokens->text + from, to - from);
}

/* The condition by a member of the object that the release finds the pages in; or NULL. */
static char *by_member(struct remedy_context *context, const struct chosen *chosen,
		       const struct remedy_call *release, int token)
{
	const struct tokens *there = remedy_source(context, release->path)->tokens;
	g_autofree char *variable = NULL, *object = NULL, *pages = NULL, *from = NULL;
	g_autofree char *head = NULL, *tail = NULL, *member = NULL;
	int word = -1, store, type, type_there;

	variable = only_variable(context, chosen, &word);
	store = variable ? store_find(chosen, variable) : -1;
	if (store < 0 || !token_is(there, token + 3, "->") || strcmp(release->path, chosen->acquire->path))
		return NULL;
	from = token_text(chosen->tokens, store);
	member = token_text(chosen->tokens, store + 2);
	object = token_text(there, token + 2);
	pages = token_text(there, token + 4);
	type = type_of(chosen->tokens, chosen->function, from);
	type_there = type_of(there, tokens_function(there, token), object);
	if (type < 0 || type_there < 0 ||
	    !tokens_equal(chosen->tokens, type, type, there, type_there, type_there) ||
	    !mentions(chosen, from, pages))
		return NULL;
	head = text_between(chosen->tokens, tokens_at(chosen->tokens, chosen->first)->start,
			    tokens_at(chosen->tokens, word)->start);
	tail = text_between(chosen->tokens, tokens_at(chosen->tokens, word)->end,
			    tokens_at(chosen->tokens, chosen->last)->end);
	return g_strdup_printf("%s%s->%s%s", head, object, member, tail);
}

bool condition_of_write(struct remedy *remedy, struct remedy_context *context,
			const struct remedy_call *release, int token, char **condition)
{
	struct chosen chosen = { .first = -1 };

	*condition = NULL;
	if (release->doubted || !release->joined->len)
		return remedy_refuse(remedy, "it may release pages of others, too");
	for (guint i = 0; i < release->joined->len; i++) {
		chosen.acquire = remedy_call(context, g_array_index(release->joined, int, i));
		if (!choice_find(remedy, context, &chosen))
			return false;
		if (chosen.first >= 0 && release->joined->len > 1)
			return remedy_refuse(remedy, "its acquires do not choose alike");
	}
	if (chosen.first < 0)
		return true;
	if (holds_at(context, &chosen, release))
		*condition = tokens_text(chosen.tokens, chosen.first, chosen.last);
	else
		*condition = by_member(context, &chosen, release, token);
	return *condition ||
	       remedy_refuse(remedy, "whether the pages were taken for writing is not known where they "
				     "are released");
}
