// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "decide/era_rules.h"
#include "decide/macro_bodies.h"
#include "decide/other_kernels.h"

static bool is_body(const struct call_info *call)
{
	return *call->macro && !call->function;
}

/* A use in code: one that changes, be it by another definition, else one of this; NULL: none. */
static const struct decision *use_of(const struct deciding *d, const struct call_info *body)
{
	const struct decision *found = NULL;

	for (guint i = 0; i < d->sites->len; i++) {
		const struct decision *site = d->sites->pdata[i];

		if (!site->call->function || strcmp(site->call->macro, body->macro) ||
		    site->call->role != body->role)
			continue;
		if (site->state == STATE_UNCONVERTED)
			return site;
		if (!found && !strcmp(site->call->callee, body->callee))
			found = site;
	}
	return found;
}

static struct reason *reason_of_body(const struct deciding *d, const struct call_info *body,
				     const struct call_info *use)
{
	return reason_new(REASON_MACRO_BODY, "ssd", body->macro, path_of(d, use), use->line);
}

/* The definition changes as its uses do, or none of them. */
static void body_follows(const struct deciding *d, struct decision *site,
			 const struct decision *use)
{
	const struct call_info *body = site->call;
	const char *target = target_of(d, body->callee);

	if (!is_for_pins(body) || body->family != FAMILY_GET)
		return;
	if (!*target) {
		group_leave(d, use->group, STATE_UNKNOWN,
			    reason_new(REASON_OTHER_KERNEL_STAYS, "r",
				       reason_call(body->callee, path_of(d, body), body->line)));
		return;
	}
	site->group = use->group;
	decision_set(site, STATE_UNCONVERTED, target, reason_of_body(d, body, use->call));
}

/* A fault of a use is told there. */
static bool is_settled(enum state use)
{
	return use == STATE_KEEP || use == STATE_CONVERTED || use == STATE_MISMATCHED;
}

static void body_stays(const struct deciding *d, struct decision *site,
		       const struct call_info *use)
{
	bool pin = site->call->family == FAMILY_PIN;

	decision_set(site, pin ? STATE_CONVERTED : STATE_KEEP,
		     pin ? site->call->callee : TARGET_KEEP, reason_of_body(d, site->call, use));
}

void decide_macro_bodies(const struct deciding *d)
{
	for (guint i = 0; d->graph->module && i < d->sites->len; i++) {
		struct decision *site = d->sites->pdata[i];
		const struct decision *use = is_body(site->call) ? use_of(d, site->call) : NULL;

		if (!use)
			continue;
		if (use->state == STATE_UNCONVERTED)
			body_follows(d, site, use);
		else if (site->state == STATE_UNKNOWN && is_settled(use->state))
			body_stays(d, site, use->call);
	}
}
