// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "ctext/presence_condition.h"
#include "decide/era_rules.h"
#include "decide/other_kernels.h"

/* pin_user_pages*() came with 5.6. No guard has a bound between the sublevels asked for. */
#define FIRST_OF_5	6
#define LAST_OF_5	19
#define LAST_ASKED	40

#define KERNEL_CODE(major, minor, sub)	(((major) << 16) + ((minor) << 8) + (sub))

static bool holds_in(const char *guard, int major, int minor)
{
	return guard_in_version(guard, KERNEL_CODE(major, minor, 0)) != GUARD_NO ||
	       guard_in_version(guard, KERNEL_CODE(major, minor, 255)) != GUARD_NO;
}

bool is_for_pins(const struct call_info *call)
{
	for (int minor = FIRST_OF_5; minor <= LAST_OF_5; minor++)
		if (holds_in(call->guard, 5, minor))
			return true;
	for (int minor = 0; minor <= LAST_ASKED; minor++)
		if (holds_in(call->guard, 6, minor) || holds_in(call->guard, 7, minor))
			return true;
	return false;
}

/* The call of this kernel in whose place the other one stands: it changes the same pages. */
static const struct decision *partner_of(const struct deciding *d, const struct call_info *other)
{
	for (guint i = 0; i < d->sites->len; i++) {
		const struct decision *site = d->sites->pdata[i];
		const struct call_info *call = site->call;

		if (call->function == other->function && call->role == other->role &&
		    call->place == other->place && call->status != CALL_OTHER_KERNEL &&
		    site->state == STATE_UNCONVERTED)
			return site;
	}
	return NULL;
}

void group_leave(const struct deciding *d, int group, enum state state,
			struct reason *reason)
{
	for (guint i = 0; i < d->sites->len; i++) {
		struct decision *site = d->sites->pdata[i];

		if (site->group == group && site->state == STATE_UNCONVERTED)
			decision_set(site, state, state == STATE_KEEP ? TARGET_KEEP : "",
				     reason_copy(reason));
	}
	reason_free(reason);
}

static struct reason *reason_of(const struct deciding *d, enum reason_code code,
				const struct call_info *call)
{
	return reason_new(code, "r", reason_call(call->callee, path_of(d, call), call->line));
}

/* A pin in the other branch of the #if: this one is for kernels without. NULL for none. */
static const struct call_info *pin_beside(const struct deciding *d, const struct call_info *get)
{
	for (guint i = 0; i < d->sites->len; i++) {
		const struct call_info *call =
			((const struct decision *)d->sites->pdata[i])->call;

		if (call->function == get->function && call->role == ROLE_ACQUIRE &&
		    call->family == FAMILY_PIN && call->place == get->place &&
		    guards_exclude(call->guard, get->guard))
			return call;
	}
	return NULL;
}

static void keep_fallbacks(const struct deciding *d)
{
	for (guint i = 0; i < d->sites->len; i++) {
		const struct decision *site = d->sites->pdata[i];
		const struct call_info *call = site->call;
		const struct call_info *pin = call->role == ROLE_ACQUIRE && call->place > 0 &&
					      site->state == STATE_UNCONVERTED ?
			pin_beside(d, call) : NULL;

		if (pin)
			group_leave(d, site->group, STATE_KEEP,
				    reason_of(d, REASON_PINNED_ELSE, pin));
	}
}

/* A site that changes, in another branch of the #if than the call that no parse has seen. */
static const struct decision *changed_beside(const struct deciding *d,
					     const struct call_info *unseen)
{
	for (guint i = 0; i < d->sites->len; i++) {
		const struct decision *site = d->sites->pdata[i];

		if (site->call->function == unseen->function &&
		    site->call->role == unseen->role && site->state == STATE_UNCONVERTED &&
		    guards_exclude(site->call->guard, unseen->guard))
			return site;
	}
	return NULL;
}

static void leave_with_unseen(const struct deciding *d)
{
	for (guint i = 0; i < d->sites->len; i++) {
		const struct call_info *call =
			((const struct decision *)d->sites->pdata[i])->call;
		const struct decision *site;

		if (call->status != CALL_TEXT_ONLY || call->family != FAMILY_GET ||
		    !is_for_pins(call))
			continue;
		site = changed_beside(d, call);
		if (site)
			group_leave(d, site->group, STATE_UNKNOWN,
				    reason_of(d, REASON_OTHER_KERNEL_UNSEEN, call));
	}
}

/* The graph of the function has one branch: the flags that it gets belong to the others, too. */
static const struct decision *flagged_beside(const struct deciding *d, const struct decision *site)
{
	const struct call_info *call = site->call;

	for (guint i = 0; i < d->sites->len; i++) {
		const struct decision *other = d->sites->pdata[i];

		if (other->adds && *other->adds && other->call->function == call->function &&
		    other->call->place == call->place &&
		    guards_exclude(other->call->guard, call->guard))
			return other;
	}
	return NULL;
}

static void branches_get_flags(const struct deciding *d)
{
	for (guint i = 0; i < d->sites->len; i++) {
		struct decision *site = d->sites->pdata[i];
		const struct decision *other =
			site->call->role == ROLE_ACQUIRE && site->call->place > 0 &&
			site->state == STATE_UNCONVERTED && !(site->adds && *site->adds) &&
			!strstr(site->call->flags, "FOLL_LONGTERM") ?
			flagged_beside(d, site) : NULL;

		if (!other)
			continue;
		reason_free(site->adds_why);
		site->adds = other->adds;
		site->adds_why = reason_copy(other->adds_why);
	}
}

void decide_other_kernels(const struct deciding *d)
{
	if (d->graph->module)
		keep_fallbacks(d);
	for (guint i = 0; d->graph->module && i < d->sites->len; i++) {
		struct decision *site = d->sites->pdata[i];
		const struct call_info *call = site->call;
		const struct decision *partner;
		const char *target;

		if (call->status != CALL_OTHER_KERNEL || call->family != FAMILY_GET ||
		    call->place <= 0 || !is_for_pins(call))
			continue;
		partner = partner_of(d, call);
		if (!partner)
			continue;
		target = target_of(d, call->callee);
		if (!*target) {
			group_leave(d, partner->group, STATE_UNKNOWN,
				    reason_of(d, REASON_OTHER_KERNEL_STAYS, call));
			continue;
		}
		site->group = partner->group;
		decision_set(site, STATE_UNCONVERTED, target,
			     reason_new(REASON_OTHER_KERNEL_FOLLOWS, "sd", partner->call->callee,
					partner->call->line));
	}	if (d->graph->module) {
		leave_with_unseen(d);
		branches_get_flags(d);
	}
}
