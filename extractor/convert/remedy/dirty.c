// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/remedy/condition.h"
#include "convert/remedy/edit.h"
#include "convert/remedy/remedy.h"
#include "convert/select/sleep_context.h"

/*
 * Pages that were written are marked dirty where they are released.
 *
 *	unpin_user_pages(pages, n);	unpin_user_pages_dirty_lock(pages, n, true);
 *	put_page(page);			set_page_dirty_lock(page);
 *					put_page(page);
 *
 * Where FOLL_WRITE was chosen by a condition, the release needs it as well (condition.h). Both
 * may sleep: nothing is done where that is not known to be allowed.
 */

#define DIRTY_LOCK "set_page_dirty_lock"
#define UNPIN_DIRTY "unpin_user_pages_dirty_lock"

/* Forms of a release that has to dirty as well. */
enum form { FORM_NONE, FORM_ARRAY, FORM_PINNED_PAGE, FORM_PAGE };

struct place {
	const struct remedy_call *call;
	const struct tokens *tokens;
	int token;
};

static bool may_sleep(struct remedy_context *context, const struct place *place)
{
	const struct token_function *function = tokens_function(place->tokens, place->token);
	const struct site_view view = {
		.tokens = place->tokens, .callee = place->token, .function = function,
		.facts = context->facts, .file_is_indexed = true,
		.has_graph = !tokens_directive(place->tokens, function->open, function->close),
		.call_id = place->call->id, .file_id = place->call->file_id,
	};

	return sleep_context_may_sleep(&view, place->token) && !sleep_context_is_callback(&view);
}

static bool place_find(struct remedy *remedy, struct remedy_context *context, enum role role,
		       struct place *place)
{
	const struct remedy_call *call = remedy_call(context, remedy->finding->site);

	if (!call || call->role != role || (int)call->line != remedy->finding->line)
		return remedy_refuse(remedy, "the pages are released by a helper, which others use "
					     "for pages that were not written");
	place->call = call;
	place->token = remedy_token(context, call);
	if (place->token < 0)
		return remedy_refuse(remedy, "the call stands in a macro");
	place->tokens = remedy_source(context, call->path)->tokens;
	remedy->line = call->line;
	if (!edit_is_statement(place->tokens, place->token))
		return remedy_refuse(remedy, "the call is no statement of its own");
	if (!may_sleep(context, place))
		return remedy_refuse(remedy, "%s() takes the page lock, and nothing shows that %s() "
					     "is always called where it may sleep",
				     DIRTY_LOCK, call->function);
	return true;
}

static enum form form_of(struct remedy_context *context, const struct remedy_call *release)
{
	const struct api *api = remedy_api(context, release->callee), *plain;
	const char *name = remedy_untarget(context, release->callee);

	if (api && api->family == FAMILY_GET && api->detail == DETAIL_PAGE)
		return remedy_declared(context, DIRTY_LOCK) == 1 ? FORM_PAGE : FORM_NONE;
	/* The pinned form takes the same as the other one. */
	plain = name ? remedy_api(context, name) : NULL;
	if (!plain || remedy_declared(context, UNPIN_DIRTY) != 3)
		return FORM_NONE;
	return plain->detail == DETAIL_PAGE ? FORM_PINNED_PAGE :
	       plain->detail == DETAIL_ARRAY ? FORM_ARRAY : FORM_NONE;
}

/* Words, members and entries: what may be written twice, and taken the address of. */
static bool is_plain(const struct tokens *tokens, int first, int last)
{
	for (int i = first; i <= last; i++)
		if (tokens_at(tokens, i)->kind != TOKEN_WORD &&
		    tokens_at(tokens, i)->kind != TOKEN_NUMBER &&
		    !token_is_any(tokens, i, (const char *const[]){ "->", ".", "[", "]", NULL }))
			return false;
	return tokens_at(tokens, first)->kind == TOKEN_WORD;
}

/* NULL: the edit cannot be made. */
static char *edit_page(const struct place *place, const char *page, const char *condition)
{
	g_autofree char *lines = condition ?
		g_strdup_printf("if (%s)\n\t" DIRTY_LOCK "(%s);\n", condition, page) :
		g_strdup_printf(DIRTY_LOCK "(%s);\n", page);

	return edit_insert_before(place->tokens, place->token, lines);
}

static char *edit_pinned(const struct place *place, enum form form, const char *first_arg,
			 const char *condition)
{
	const struct tokens *tokens = place->tokens;
	int close = tokens_match(tokens, place->token + 1), first, last;
	g_autofree char *count = NULL, *call = NULL;

	if (form == FORM_PINNED_PAGE) {
		call = g_strdup_printf(UNPIN_DIRTY "(&%s, 1, %s)", first_arg, condition);
		return edit_replace(tokens, place->token, close, call);
	}
	if (!remedy_argument(tokens, place->token, 1, &first, &last))
		return NULL;
	count = tokens_text(tokens, first, last);
	call = g_strdup_printf(UNPIN_DIRTY "(%s, %s, %s)", first_arg, count, condition);
	return edit_replace(tokens, place->token, close, call);
}

void remedy_clean(struct remedy *remedy, struct remedy_context *context)
{
	struct place place;
	g_autofree char *condition = NULL, *arg = NULL;
	enum form form;
	int first, last;

	if (!place_find(remedy, context, ROLE_RELEASE, &place) ||
	    !condition_of_write(remedy, context, place.call, place.token, &condition))
		return;
	form = form_of(context, place.call);
	if (form == FORM_NONE ||
	    !remedy_argument(place.tokens, place.token, 0, &first, &last) ||
	    (form != FORM_ARRAY && !is_plain(place.tokens, first, last))) {
		remedy_refuse(remedy, "%s() has no form that dirties as well", place.call->callee);
		return;
	}
	arg = tokens_text(place.tokens, first, last);
	remedy->was = g_strdup(place.call->callee);
	remedy->became = g_strdup(form == FORM_PAGE ? DIRTY_LOCK : UNPIN_DIRTY);
	remedy_done(remedy, condition ? "dirty-chosen" : "dirty", place.call->path,
		    form == FORM_PAGE ? edit_page(&place, arg, condition)
				      : edit_pinned(&place, form, arg,
						    condition ? condition : "true"));
}

/* The function has acquired pages itself, by a call that may sleep: it is a process that runs. */
static bool acquires_itself(struct remedy_context *context, const struct remedy_call *dirty)
{
	GHashTableIter at;
	void *value;

	g_hash_table_iter_init(&at, context->calls);
	while (g_hash_table_iter_next(&at, NULL, &value)) {
		const struct remedy_call *call = value;

		if (call->role == ROLE_ACQUIRE && call->line < dirty->line &&
		    !strcmp(call->path, dirty->path) && !strcmp(call->function, dirty->function) &&
		    !g_str_has_suffix(call->callee, "_only") && !g_str_has_prefix(call->callee, "__"))
			return true;
	}
	return false;
}

/*
 * It dirties without the page lock. A completion that waits for that lock may wait for what only
 * the completion brings on: so this is done only where the pages were acquired on the spot.
 */
void remedy_unlocked(struct remedy *remedy, struct remedy_context *context)
{
	const struct remedy_call *call = remedy_call(context, remedy->finding->site);
	g_autofree char *form = call ? g_strconcat(call->callee, "_lock", NULL) : NULL;
	struct place place;

	if (!form || !api_has_role(remedy_api(context, form), ROLE_DIRTY) ||
	    remedy_declared(context, form) != 1) {
		remedy_refuse(remedy, "there is no form of it that takes the lock");
		return;
	}
	if (!acquires_itself(context, call)) {
		remedy_refuse(remedy, "the page lock may be waited for only where whoever holds it "
				      "does not wait for %s(), which is not known", call->function);
		return;
	}
	if (!place_find(remedy, context, ROLE_DIRTY, &place))
		return;
	remedy->was = g_strdup(call->callee);
	remedy->became = g_strdup(form);
	remedy_done(remedy, "dirty-lock", call->path,
		    edit_replace(place.tokens, place.token, place.token, form));
}
