// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "convert/remedy/edit.h"
#include "convert/remedy/remedy.h"
#include "convert/rewrite/truth_flags.h"
#include "ctext/statement.h"

/*
 * Flags of an acquire, where the argument itself is what is wrong.
 *
 *	dir == DMA_FROM_DEVICE		dir == DMA_FROM_DEVICE ? FOLL_WRITE : 0
 *	FOLL_WRITE			FOLL_WRITE | FOLL_LONGTERM
 */

/**
 * struct flags_place - the argument in the text
 * @first, @last: its tokens
 */
struct flags_place {
	const struct remedy_call *call;
	const struct tokens *tokens;
	int first, last;
};

static bool place_find(struct remedy *remedy, struct remedy_context *context,
		       struct flags_place *place)
{
	const struct remedy_call *call = remedy_call(context, remedy->finding->site);
	int index = call && call->role == ROLE_ACQUIRE ? remedy_arg_index(call, PARAM_FLAGS) : -1;
	int token = index < 0 ? -1 : remedy_token(context, call);

	if (index < 0)
		return remedy_refuse(remedy, "the flags are no argument of the acquire itself");
	if (token < 0)
		return remedy_refuse(remedy, "the call stands in a macro");
	if ((int)call->line != remedy->finding->line || strcmp(call->path, remedy->finding->path))
		return remedy_refuse(remedy, "the flags come from a caller, which may have others "
					     "for other callers");
	place->call = call;
	place->tokens = remedy_source(context, call->path)->tokens;
	if (!remedy_argument(place->tokens, token, index, &place->first, &place->last) ||
	    tokens_directive(place->tokens, place->first, place->last))
		return remedy_refuse(remedy, "the argument is not in the text");
	remedy->line = tokens_at(place->tokens, place->first)->line;
	return true;
}

static void place_done(struct remedy *remedy, const struct flags_place *place, const char *rule,
		       int first, int last, char *with)
{
	remedy->was = tokens_text(place->tokens, place->first, place->last);
	remedy->became = g_strdup(with);
	remedy_done(remedy, rule, place->call->path,
		    edit_replace(place->tokens, first, last, with));
	g_free(with);
}

void remedy_boolean(struct remedy *remedy, struct remedy_context *context)
{
	struct flags_place place;
	struct truth_flags flags;
	const char *why;

	if (!place_find(remedy, context, &place))
		return;
	why = truth_flags_write(place.tokens, place.first, place.last, &flags);
	if (why)
		remedy_refuse(remedy, "%s", why);
	else
		place_done(remedy, &place, "flags-boolean", flags.first, flags.last, flags.text);
}

/* The expression with one more flag, at its front or its end. */
static char *with_flag(const struct flags_place *place, const char *flag, bool front)
{
	g_autofree char *text = tokens_text(place->tokens, place->first, place->last);
	bool binds = expression_binds(place->tokens, place->first, place->last);

	if (place->first == place->last && token_is(place->tokens, place->first, "0"))
		return g_strdup(flag);
	if (front)
		return g_strdup_printf("%s | %s", flag, text);
	return g_strdup_printf(binds ? "%s | %s" : "(%s) | %s", text, flag);
}

/* The function calls one of the names. */
static bool calls_any(const struct tokens *tokens, const struct token_function *function,
		      GHashTable *names)
{
	for (int i = function->open; i < function->close; i++) {
		g_autofree char *name = tokens_at(tokens, i)->kind == TOKEN_WORD &&
					token_is(tokens, i + 1, "(") ? token_text(tokens, i) : NULL;

		if (name && g_hash_table_contains(names, name))
			return true;
	}
	return false;
}

/* Names that release in the acquire's file: the calls themselves, and the functions around them. */
static GHashTable *release_names(struct remedy_context *context, const struct remedy_call *acquire)
{
	GHashTable *names = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < acquire->joined->len; i++) {
		const struct remedy_call *release =
			remedy_call(context, g_array_index(acquire->joined, int, i));

		if (strcmp(release->path, acquire->path))
			continue;
		g_hash_table_add(names, release->callee);
		if (*release->function)
			g_hash_table_add(names, release->function);
	}
	return names;
}

/*
 * The acquiring function is a helper of several, one of which also releases: to that one, the
 * pages may not be kept. Of one user alone this says nothing: it releases as something fails.
 */
static bool is_shared(struct remedy_context *context, const struct flags_place *place)
{
	g_autoptr(GHashTable) releases = release_names(context, place->call);
	const struct tokens *tokens = place->tokens;
	guint users = 0, releasing = 0;

	for (guint i = 0; i < tokens->functions->len; i++) {
		const struct token_function *user =
			&g_array_index(tokens->functions, struct token_function, i);

		if (token_is(tokens, user->name, place->call->function) ||
		    !tokens_calls(tokens, place->call->function, user->open, user->close))
			continue;
		users++;
		releasing += calls_any(tokens, user, releases);
	}
	return users > 1 && releasing;
}

/*
 * Does the tree's own acquire take the flag? One that is made of another, which asks for the flag,
 * has it refused there: pin_user_pages_unlocked() until v6.2.
 */
static bool takes_longterm(struct remedy_context *context, const char *callee)
{
	const struct remedy_source *gup = remedy_source(context, "mm/gup.c");
	const struct token_function *function =
		gup ? tokens_function_named(gup->tokens, callee) : NULL;

	for (int i = function ? function->open : 0; function && i < function->close; i++) {
		g_autofree char *name = tokens_at(gup->tokens, i)->kind == TOKEN_WORD ?
						token_text(gup->tokens, i) : NULL;
		const struct token_function *inner =
			name && api_has_role(remedy_api(context, name), ROLE_ACQUIRE) ?
				tokens_function_named(gup->tokens, name) : NULL;

		if (inner &&
		    tokens_find(gup->tokens, "FOLL_LONGTERM", inner->open, inner->close) >= 0)
			return false;
	}
	return !gup || function;
}

void remedy_longterm(struct remedy *remedy, struct remedy_context *context)
{
	struct flags_place place;

	if (!place_find(remedy, context, &place))
		return;
	if (is_shared(context, &place))
		remedy_refuse(remedy, "%s() also pins for callers that release at once: it needs a "
				      "parameter for the flags", place.call->function);
	else if (!takes_longterm(context, place.call->callee))
		remedy_refuse(remedy, "%s() of this tree does not take FOLL_LONGTERM",
			      place.call->callee);
	else
		place_done(remedy, &place, "flags-longterm", place.first, place.last,
			   with_flag(&place, "FOLL_LONGTERM", false));
}

/* 0, or FOLL_ words joined by |: flags that anybody can read. */
static bool are_plain(const struct flags_place *place)
{
	for (int i = place->first; i <= place->last; i++) {
		g_autofree char *text = token_text(place->tokens, i);

		if ((i - place->first) % 2 ? strcmp(text, "|")
					   : strcmp(text, "0") && !g_str_has_prefix(text, "FOLL_"))
			return false;
	}
	return true;
}

/* "... (memcpy, a.c:12)": the place of the write, at the end of the finding's message. */
static bool write_place(const struct finding *finding, char **path, guint *line)
{
	const char *from = strrchr(finding->message, ' ');
	const char *colon = from ? strrchr(from, ':') : NULL;

	if (!colon)
		return false;
	*path = g_strndup(from + 1, colon - from - 1);
	*line = strtoul(colon + 1, NULL, 10);
	return *line;
}

/* First token of the line in a function; -1: there is none. */
static int token_of_line(const struct tokens *tokens, guint line)
{
	for (int i = 0; i < tokens_count(tokens); i++)
		if (tokens_at(tokens, i)->line >= line)
			return tokens_at(tokens, i)->line == line ? i : -1;
	return -1;
}

/* No if stands around the statement, in its function. */
static bool writes_always(struct remedy *remedy, struct remedy_context *context)
{
	static const char *const loops[] = { "for", "while", "do", NULL };
	g_autofree char *path = NULL;
	const struct remedy_source *source;
	guint line = 0;
	int at;

	if (!write_place(remedy->finding, &path, &line))
		return false;
	source = remedy_source(context, path);
	at = source ? token_of_line(source->tokens, line) : -1;
	if (at < 0 || !tokens_function(source->tokens, at))
		return false;
	for (at = statement_first(source->tokens, at); at >= 0;
	     at = statement_block(source->tokens, at)) {
		int head = edit_head(source->tokens, at);

		if (at == tokens_function(source->tokens, at)->open)
			return true;
		if (token_is(source->tokens, at, "if") ||
		    (head >= 0 && !token_is_any(source->tokens, head, loops)))
			return false;
	}
	return false;
}

void remedy_no_write(struct remedy *remedy, struct remedy_context *context)
{
	struct flags_place place;

	if (!place_find(remedy, context, &place))
		return;
	if (!are_plain(&place))
		remedy_refuse(remedy, "where the flags are put together, FOLL_WRITE may be left out "
				      "for a reason");
	else if (!writes_always(remedy, context))
		remedy_refuse(remedy, "the pages are written on a condition, which has to go into "
				      "the flags");
	else
		place_done(remedy, &place, "flags-write", place.first, place.last,
		   with_flag(&place, "FOLL_WRITE", true));
}
