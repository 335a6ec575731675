// SPDX-License-Identifier: GPL-2.0-only
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

/* The call can be compiled with a kernel that has pins. */
static bool is_for_pins(const struct call_info *call)
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

static void group_keep(const struct deciding *d, int group, const struct call_info *because)
{
	for (guint i = 0; i < d->sites->len; i++) {
		struct decision *site = d->sites->pdata[i];

		if (site->group == group && site->state == STATE_UNCONVERTED)
			decision_set(site, STATE_KEEP, TARGET_KEEP,
				     reason_new(REASON_OTHER_KERNEL_STAYS, "r",
						reason_call(because->callee, path_of(d, because),
							    because->line)));
	}
}

void decide_other_kernels(const struct deciding *d)
{
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
			group_keep(d, partner->group, call);
			continue;
		}
		site->group = partner->group;
		decision_set(site, STATE_UNCONVERTED, target,
			     reason_new(REASON_OTHER_KERNEL_FOLLOWS, "sd", partner->call->callee,
					partner->call->line));
	}
}
