// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/remedy/edit.h"
#include "convert/remedy/remedy.h"

/*
 * A release of the other kind becomes the one that goes with the acquire.
 *
 *	obj->page was pinned:		put_page(obj->page);
 *					unpin_user_page(obj->page);
 *
 * Both have the same parameters, and the acquire is as it should be: the pages of all that is
 * linked to the release are pinned, or none are.
 */

static bool pins(const struct remedy_context *context, const struct remedy_call *acquire)
{
	const struct api *api = remedy_api(context, acquire->callee);

	return api && api->family == FAMILY_PIN;
}

/* All that the release takes back is pinned, or nothing of it is. */
static bool sources_agree(struct remedy *remedy, const struct remedy_context *context,
			  const struct remedy_call *release, bool *pinned)
{
	if (!release->joined->len)
		return remedy_refuse(remedy, "which acquires its pages come from is not known");
	if (release->doubted)
		return remedy_refuse(remedy, "it may release pages of others, too");
	for (guint i = 0; i < release->joined->len; i++) {
		const struct remedy_call *acquire =
			remedy_call(context, g_array_index(release->joined, int, i));
		const struct api *api = acquire ? remedy_api(context, acquire->callee) : NULL;

		if (!api || (api->family != FAMILY_PIN && api->family != FAMILY_GET &&
			     api->family != FAMILY_ITER))
			return remedy_refuse(remedy, "some of its pages may be pinned or not");
		if (i && pins(context, acquire) != *pinned)
			return remedy_refuse(remedy, "some of its pages are pinned, and some are not");
		*pinned = pins(context, acquire);
	}
	return true;
}

static const char *other_form(struct remedy *remedy, struct remedy_context *context,
			      const struct remedy_call *release, bool pinned)
{
	const char *form = pinned ? g_hash_table_lookup(context->targets, release->callee)
				  : remedy_untarget(context, release->callee);
	int declared = form ? remedy_declared(context, form) : -1;

	if (!form || declared < 0 || declared != (int)release->args->len)
		remedy_refuse(remedy, "no function of the other kind takes what %s() takes",
			      release->callee);
	return remedy->why ? NULL : form;
}

static void replace_name(struct remedy *remedy, struct remedy_context *context,
			 const struct remedy_call *call, const char *form, const char *rule)
{
	int token = remedy_token(context, call);
	const struct remedy_source *source = remedy_source(context, call->path);

	if (token < 0) {
		remedy_refuse(remedy, "the call stands in a macro");
		return;
	}
	remedy->was = g_strdup(call->callee);
	remedy->became = g_strdup(form);
	remedy->line = call->line;
	remedy_done(remedy, rule, call->path, edit_replace(source->tokens, token, token, form));
}

void remedy_mismatched(struct remedy *remedy, struct remedy_context *context)
{
	const struct remedy_call *release = remedy_call(context, remedy->finding->site);
	const char *form;
	bool pinned = false;

	if (!release || release->role != ROLE_RELEASE) {
		remedy_refuse(remedy, "it is about no release that could be another one");
		return;
	}
	if (!sources_agree(remedy, context, release, &pinned))
		return;
	form = other_form(remedy, context, release, pinned);
	if (form)
		replace_name(remedy, context, release, form, "release-kind");
}

/* A release that takes one page, for pages of that acquire. */
static const char *release_of_page(struct remedy_context *context, bool pinned)
{
	GHashTableIter at;
	void *name, *target;

	g_hash_table_iter_init(&at, context->targets);
	while (g_hash_table_iter_next(&at, &name, &target)) {
		const struct api *api = remedy_api(context, name);

		if (api_has_role(api, ROLE_RELEASE) && api->detail == DETAIL_PAGE)
			return pinned ? target : name;
	}
	return NULL;
}

/* __free_page(page) of a page that was acquired: the reference is to be dropped, no more. */
void remedy_freed(struct remedy *remedy, struct remedy_context *context)
{
	const struct finding *finding = remedy->finding;
	const struct remedy_call *free_call = remedy_call(context, finding->site);
	const struct remedy_call *acquire =
		finding->other_path ? remedy_call_at(context, finding->other_path,
						     finding->other_line, finding->other_callee)
				    : NULL;
	int token = free_call ? remedy_token(context, free_call) : -1;
	const char *form;
	int first, last;

	if (token < 0 || !acquire) {
		remedy_refuse(remedy, "which acquire its page comes from is not known");
		return;
	}
	form = release_of_page(context, pins(context, acquire));
	if (!form || remedy_declared(context, form) != 1 ||
	    remedy_argument(remedy_source(context, free_call->path)->tokens, token, 1, &first,
			    &last)) {
		remedy_refuse(remedy, "%s() takes more than the page", free_call->callee);
		return;
	}
	replace_name(remedy, context, free_call, form, "freed");
}
