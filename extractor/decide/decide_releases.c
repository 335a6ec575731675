// SPDX-License-Identifier: GPL-2.0-only
#include "decide/era_rules.h"
#include "decide/hold_back.h"

static bool releases_are_of(const struct decision *site, enum family family)
{
	for (guint i = 0; i < site->pairs->len; i++) {
		const struct pair *pair = site->pairs->pdata[i];

		if (pair->release->family != family)
			return false;
	}
	return true;
}

static void decide_acquire(const struct deciding *d, struct decision *site)
{
	const struct pair *first = site->pairs->pdata[0];
	const struct call_info *release = first->release;

	if (site->call->family == FAMILY_VEC)
		decision_set(site, STATE_KEEP, TARGET_KEEP,
			     reason_new(REASON_FRAME_VECTOR, "ssd", release->callee,
					path_of(d, release), release->line));
	else if (releases_are_of(site, FAMILY_PUT_USER))
		decision_set(site, STATE_CONVERTED, site->call->callee,
			     reason_new(REASON_RELEASED_BY, "ssd", release->callee,
					path_of(d, release), release->line));
	else
		decision_set(site, STATE_UNCONVERTED, site->call->callee,
			     reason_new(REASON_RELEASES_KNOWN, "ddssd",
					pairs_of_kind(site, LINK_LINK),
					pairs_of_kind(site, LINK_UNKNOWN), release->callee,
					path_of(d, release), release->line));
}

static void decide_release(const struct deciding *d, struct decision *site)
{
	const struct pair *first = site->pairs->pdata[0];
	const char *target = target_of(d, site->call->callee);

	if (site->call->family == FAMILY_PUT_USER)
		decision_set(site, STATE_CONVERTED, site->call->callee, reason_copy(first->reason));
	else if (is_offered(d, target))
		decision_set(site, STATE_UNCONVERTED, target, reason_copy(first->reason));
	else
		decision_set(site, STATE_KEEP, TARGET_KEEP,
			     reason_new(REASON_NO_OTHER_FORM, "sr", site->call->callee,
					reason_copy(first->reason)));
}

/* Linked, but another release of the same pages is not: then none of them changes. */
static bool decide_by_others(const struct deciding *d, struct decision *site)
{
	const struct pair *because = site->because;

	if (!because || is_user_release(site->call))
		return false;
	decision_set(site, state_of_link(because->kind), "",
		     reason_new(REASON_KEPT_BACK, "ssdr", because->release->callee,
				path_of(d, because->release), because->release->line,
				reason_copy(because->reason)));
	return true;
}

static void decide_one(const struct deciding *d, struct decision *site)
{
	if (decide_alone(d, site) || decide_by_pairs(d, site) || decide_by_others(d, site))
		return;
	if (site->call->role == ROLE_ACQUIRE)
		decide_acquire(d, site);
	else
		decide_release(d, site);
}

void decide_releases(const struct deciding *d)
{
	hold_back_halves(d);
	for (guint i = 0; i < d->sites->len; i++)
		decide_one(d, d->sites->pdata[i]);
}
