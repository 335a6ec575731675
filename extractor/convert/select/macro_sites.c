// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/file_kind.h"
#include "convert/select/macro_sites.h"

static bool is_use(const struct site *site)
{
	return *site->macro && *site->function;
}

/* Does the use come from this body? A definition in the same file hides a header's. */
static bool is_use_of(const GPtrArray *sites, const struct site *use, const struct site *body)
{
	if (!is_use(use) || strcmp(use->macro, body->macro) || strcmp(use->callee, body->callee))
		return false;
	if (!strcmp(use->path, body->path))
		return true;
	for (guint i = 0; i < sites->len; i++) {
		const struct site *other = sites->pdata[i];

		if (site_is_body(other) && !strcmp(other->macro, use->macro) &&
		    !strcmp(other->path, use->path))
			return false;
	}
	return file_is_header(body->path);
}

static void groups_merge(GPtrArray *sites, gint64 from, gint64 to)
{
	for (guint i = 0; i < sites->len; i++) {
		struct site *site = sites->pdata[i];

		if (site->group == from)
			site->group = to;
	}
}

/* One macro has one definition at a time: under other conditions, it is one for other kernels. */
static bool are_alternatives(const struct site *a, const struct site *b)
{
	return *a->guard && *b->guard && strcmp(a->guard, b->guard);
}

static struct reason *join_objection(const GPtrArray *sites, const struct site *body,
			    const GPtrArray *uses)
{
	for (guint i = 0; i < sites->len; i++) {
		const struct site *other = sites->pdata[i];

		if (other != body && site_is_body(other) && !strcmp(other->macro, body->macro) &&
		    !are_alternatives(other, body) &&
		    (!strcmp(other->path, body->path) ||
		     (file_is_header(other->path) && file_is_header(body->path))))
			return reason_new(REASON_MACRO_SEVERAL, "ssdsd", body->macro, body->path,
					  body->line, other->path, other->line);
	}
	for (guint i = 0; i < uses->len; i++) {
		const struct site *use = uses->pdata[i];

		if (!site_wants(use))
			return reason_new(REASON_MACRO_OTHER_USE, "ssdr", body->macro, use->path,
					  use->line, reason_copy(use->reason));
		if (*use->adds)
			return reason_new(REASON_MACRO_FLAGS, "ss", body->macro, use->adds);
	}
	if (body->takes == DETAIL_FOLIO)
		return reason_new(REASON_MACRO_ARGUMENTS, "s", body->macro);
	if (body->takes == DETAIL_ARRAY)
		return reason_new(REASON_MACRO_COUNT, "s", body->macro);
	return NULL;
}

static void body_join(GPtrArray *sites, struct site *body)
{
	g_autoptr(GPtrArray) uses = g_ptr_array_new();
	g_autoptr(reason_t) objection = NULL;

	for (guint i = 0; i < sites->len; i++)
		if (is_use_of(sites, sites->pdata[i], body))
			g_ptr_array_add(uses, sites->pdata[i]);
	objection = join_objection(sites, body, uses);
	for (guint i = 0; i < uses->len; i++) {
		struct site *use = uses->pdata[i];

		if (objection && site_wants(use)) {
			site_refuse(use, reason_copy(objection));
		} else if (!objection) {
			use->body = body;
			if (i)
				groups_merge(sites, use->group, body->group);
			else
				body->group = use->group;
		}
	}
	if (objection || !uses->len)
		return;
	/* Of alternatives, each has a target of its own. */
	if (body->state == STATE_UNCONVERTED)
		return;
	g_free(body->target);
	body->state = STATE_UNCONVERTED;
	body->target = g_strdup(((struct site *)uses->pdata[0])->target);
	site_set_reason(body, reason_new(REASON_MACRO_LINKED, "sd", body->macro, uses->len));
}

void macros_join(GPtrArray *sites)
{
	for (guint i = 0; i < sites->len; i++)
		if (site_is_body(sites->pdata[i]))
			body_join(sites, sites->pdata[i]);
	for (guint i = 0; i < sites->len; i++) {
		struct site *site = sites->pdata[i];

		if (is_use(site) && site_wants(site) && !site->body &&
		    site->outcome != OUTCOME_REFUSED)
			site_refuse(site, reason_new(REASON_MACRO_UNSEEN, "s", site->macro));
	}
}

void macros_finish(GPtrArray *sites)
{
	for (guint i = 0; i < sites->len; i++) {
		struct site *site = sites->pdata[i];
		struct reason *reason;

		if (!site->body || !site->wanted || site->outcome == OUTCOME_REFUSED)
			continue;
		if (site->body->outcome == OUTCOME_CONVERTED)
			reason = reason_new(REASON_MACRO_CONVERTED, "ssd", site->macro,
					    site->body->path, site->body->line);
		else
			reason = reason_new(REASON_MACRO_REFUSED, "ssdr", site->macro,
					    site->body->path, site->body->line,
					    reason_copy(site->body->reason));
		site->outcome = site->body->outcome == OUTCOME_CONVERTED ? OUTCOME_CONVERTED
									 : OUTCOME_REFUSED;
		site->rule = site->body->rule;
		site->source = site->body->source;
		site_set_reason(site, reason);
	}
}
