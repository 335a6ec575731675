// SPDX-License-Identifier: GPL-2.0-only
#include "decide/decide_iterators.h"
#include "decide/era_rules.h"
#include "decide/longterm.h"
#include "decide/new_mm.h"
#include "decide/other_drops.h"
#include "decide/use_case.h"

struct group {
	GPtrArray *sites;
	const struct decision *blocker;	/* mixed or unknown, so that nothing changes */
	bool got, pinned, iter, vec;	/* families of its acquires */
	bool put, unpinned;		/* and of its releases */
};

static void group_add_families(struct group *group, const struct decision *site)
{
	bool pin = family_is_pinned(site->call->family);

	if (call_is_told_kind(site->call)) {
		return;
	} else if (site->call->role == ROLE_RELEASE) {
		group->unpinned |= pin;
		group->put |= !pin;
	} else {
		group->iter |= site->call->family == FAMILY_ITER;
		group->vec |= site->call->family == FAMILY_VEC;
		group->pinned |= pin;
		group->got |= !pin;
	}
}

/* Marks what is mismatched, each pair by itself; true when there is one. */
static bool group_mismatch(const struct deciding *d, const struct group *group)
{
	bool found = false;

	for (guint i = 0; i < group->sites->len; i++) {
		struct decision *site = group->sites->pdata[i];

		for (guint p = 0; p < site->pairs->len; p++) {
			const struct pair *pair = site->pairs->pdata[p];
			const struct call_info *other;

			if (!pair->acquire || pair->kind != LINK_LINK ||
			    call_is_told_kind(pair->release) ||
			    family_is_pinned(pair->acquire->family) ==
				    family_is_pinned(pair->release->family))
				continue;
			other = pair->acquire == site->call ? pair->release : pair->acquire;
			decision_set(site, STATE_MISMATCHED, "",
				     reason_new(REASON_MISMATCH, "sssdr", site->call->callee,
						other->callee, path_of(d, other), other->line,
						reason_copy(pair->reason)));
			found = true;
			break;
		}
	}
	return found;
}

/* Takes reason. */
static void group_set(const struct group *group, enum state state, bool keep, struct reason *reason)
{
	for (guint i = 0; i < group->sites->len; i++) {
		struct decision *site = group->sites->pdata[i];

		if (!site->decided)
			decision_set(site, state, keep ? TARGET_KEEP : "", reason_copy(reason));
	}
	reason_free(reason);
}

static void group_set_converted(const struct group *group)
{
	for (guint i = 0; i < group->sites->len; i++) {
		struct decision *site = group->sites->pdata[i];
		const struct pair *pair = site->pairs->pdata[0];

		decision_set(site, STATE_CONVERTED, site->call->callee, reason_copy(pair->reason));
	}
}

/* All of its pairs are links of a pin to an unpin, or to a release that is told the kind. */
static bool is_right(const struct decision *site)
{
	return pairs_of_kind(site, LINK_LINK) == site->pairs->len && site->pairs->len &&
	       (family_is_pinned(site->call->family) || call_is_told_kind(site->call));
}

/* Beside one that is mismatched, mixed or unknown, those that are right are converted. */
static void group_set_right(const struct group *group)
{
	for (guint i = 0; i < group->sites->len; i++) {
		struct decision *site = group->sites->pdata[i];
		const struct pair *pair = site->pairs->len ? site->pairs->pdata[0] : NULL;

		if (!site->decided && is_right(site))
			decision_set(site, STATE_CONVERTED, site->call->callee,
				     reason_copy(pair->reason));
	}
}

/* The obstacle to changing the whole group; NULL for none. Caller frees. */
static struct reason *group_obstacle(const struct deciding *d, const struct group *group)
{
	for (guint i = 0; i < group->sites->len; i++) {
		const struct decision *site = group->sites->pdata[i];
		const char *target = target_of(d, site->call->callee);
		const char *member = site->feed ? new_mm_of(d, site->call) : NULL;
		struct reason *drop;

		if (member)
			return reason_new(REASON_NEW_MM, "s", member);
		if (!*target)
			return reason_new(REASON_NO_COUNTERPART, "s", site->call->callee);
		if (!is_offered(d, target))
			return reason_new(REASON_NOT_OFFERED, "s", target);
		drop = other_drop_of(d, site, true);
		if (drop)
			return drop;
	}
	return NULL;
}

/*
 * One acquire that needs the pin is enough, since a release serves them all;
 * what is not known is left alone. Where a person has decided for one to stay, all do.
 */
static struct use_case group_use_case(const struct deciding *d, const struct group *group)
{
	struct use_case best = { 0 };

	for (guint i = 0; i < group->sites->len; i++) {
		const struct decision *site = group->sites->pdata[i];
		struct use_case here;

		if (!site->feed)
			continue;
		here = use_case_of(d, site);
		if (!best.why || here.strength > best.strength ||
		    (here.strength == STRENGTH_ANSWER && !here.answered)) {
			reason_free(best.why);
			best = here;
		} else {
			reason_free(here.why);
		}
	}
	return best;
}

static void group_set_unconverted(const struct deciding *d, const struct group *group,
				  const struct use_case *use)
{
	for (guint i = 0; i < group->sites->len; i++) {
		struct decision *site = group->sites->pdata[i];

		const char *target = target_of(d, site->call->callee);
		struct longterm longterm = longterm_of(d, site, target, use->number);

		decision_set(site, STATE_UNCONVERTED, target, reason_copy(use->why));
		site->adds = longterm.adds;
		site->adds_why = longterm.why;
	}
}

static void group_decide_get(const struct deciding *d, const struct group *group)
{
	struct use_case use = group_use_case(d, group);
	struct reason *obstacle = use_case_pins(&use) ? group_obstacle(d, group) : NULL;

	for (guint i = 0; i < group->sites->len; i++)
		((struct decision *)group->sites->pdata[i])->use_case = use.number;
	if (!use.why || use.strength == STRENGTH_UNKNOWN) {
		group_set(group, STATE_UNKNOWN, false,
			  use.why ? use.why : reason_new(REASON_USE_NOT_SEEN, ""));
	} else if (!use_case_pins(&use)) {
		group_set(group, STATE_KEEP, true, use.why);
	} else if (obstacle) {
		group_set(group, STATE_KEEP, true,
			  reason_new(REASON_OBSTACLE, "rr", use.why, obstacle));
	} else {
		group_set_unconverted(d, group, &use);
		reason_free(use.why);
	}
}

/*
 * Acquires that need no pin stay as they are, whichever code drops their references. A release
 * that is mixed or not understood stays so. Where none is seen at all the pages may go where
 * their use is not seen either, which does not matter to a notifier alone.
 */
static bool group_decide_needless(const struct deciding *d, const struct group *group)
{
	struct use_case use;

	if (!group->got || group->pinned || group->iter || group->vec ||
	    (group->blocker->state != STATE_UNKNOWN && group->blocker->state != STATE_MIXED))
		return false;
	use = group_use_case(d, group);
	if (!use.why || use.strength == STRENGTH_UNKNOWN || use_case_pins(&use) ||
	    (!group->blocker->pairs->len && use.strength != STRENGTH_NOTIFIER)) {
		reason_free(use.why);
		return false;
	}
	for (guint i = 0; i < group->sites->len; i++) {
		struct decision *site = group->sites->pdata[i];

		if (site->decided &&
		    (site->call->role != ROLE_ACQUIRE || (site->state != STATE_UNKNOWN &&
							  site->state != STATE_MIXED)))
			continue;
		decision_set(site, STATE_KEEP, TARGET_KEEP, reason_copy(use.why));
		site->use_case = use.number;
	}
	reason_free(use.why);
	return true;
}

static bool is_of_iterator(const struct decision *site)
{
	return site->call->role == ROLE_ACQUIRE && site->call->family == FAMILY_ITER;
}

/* The acquire of an iterator that decides for the group: one to be extracted, or the first. */
static const struct decision *group_iterator(const struct group *group)
{
	const struct decision *first = NULL;

	for (guint i = 0; i < group->sites->len; i++) {
		const struct decision *site = group->sites->pdata[i];

		if (!is_of_iterator(site))
			continue;
		if (is_to_extract(site))
			return site;
		first = first ? first : site;
	}
	return first;
}

/*
 * The release of pages that are to be extracted. Where the iterator may be over kernel memory there
 * is nothing to release then: no other name is the target, but code that tells them apart.
 */
static void decide_extracted(const struct deciding *d, struct decision *site,
			     const struct decision *leader)
{
	if (leader->feed->iterator.kind == ITERATOR_USER)
		decision_set(site, STATE_UNCONVERTED, target_of(d, site->call->callee),
			     reason_copy(leader->reason));
	else
		decision_set(site, STATE_UNCONVERTED, "",
			     reason_new(REASON_EXTRACT_MIXED, "r",
					reason_call(leader->call->callee,
						    path_of(d, leader->call),
						    leader->call->line)));
}

/*
 * The acquires of iterators are decided already; their releases go the same way. An acquire
 * besides them stays, as its pages are released together with an iterator's.
 */
static void group_decide_iterators(const struct deciding *d, const struct group *group)
{
	const struct decision *leader = group_iterator(group);
	bool extract = is_to_extract(leader);

	for (guint i = 0; i < group->sites->len; i++) {
		struct decision *site = group->sites->pdata[i];

		if (site->decided)
			continue;
		if (extract && site->call->role == ROLE_RELEASE)
			decide_extracted(d, site, leader);
		else if (extract || leader->state == STATE_UNKNOWN)
			decision_set(site, STATE_UNKNOWN, "",
				     reason_new(REASON_GROUP_BLOCKED, "sdr",
						path_of(d, leader->call), leader->call->line,
						reason_copy(leader->reason)));
		else
			decision_set(site, STATE_KEEP, TARGET_KEEP, reason_copy(leader->reason));
	}
}

static void group_decide(const struct deciding *d, struct group *group)
{
	const struct decision *blocker = group->blocker;

	if (group_mismatch(d, group)) {
		group_set_right(group);
		group_set(group, STATE_UNKNOWN, false, reason_new(REASON_GROUP_MISMATCH, ""));
	} else if (blocker && group_decide_needless(d, group)) {
		return;
	} else if (blocker) {
		group_set_right(group);
		group_set(group, blocker->state, false,
			  reason_new(REASON_GROUP_BLOCKED, "sdr", path_of(d, blocker->call),
				     blocker->call->line, reason_copy(blocker->reason)));
	} else if (group->vec) {
		group_set(group, STATE_KEEP, true, reason_new(REASON_FRAME_VECTOR_GROUP, ""));
	} else if (group->iter) {
		group_decide_iterators(d, group);
	} else if (group->got && group->pinned) {
		group_set(group, STATE_MIXED, false, reason_new(REASON_GOT_AND_PINNED, ""));
	} else if (group->pinned) {
		group_set_converted(group);
	} else {
		group_decide_get(d, group);
	}
}

static void decide_groups(const struct deciding *d, GHashTable *groups)
{
	GHashTableIter iter;
	void *data;

	g_hash_table_iter_init(&iter, groups);
	while (g_hash_table_iter_next(&iter, NULL, &data))
		group_decide(d, data);
}

static void group_free(void *data)
{
	struct group *group = data;

	g_ptr_array_unref(group->sites);
	g_free(group);
}

void decide_pin_groups(const struct deciding *d)
{
	GHashTable *groups = g_hash_table_new_full(NULL, NULL, NULL, group_free);

	for (guint i = 0; i < d->sites->len; i++) {
		struct decision *site = d->sites->pdata[i];
		struct group *group = g_hash_table_lookup(groups, GINT_TO_POINTER(site->group));

		if (decide_alone(d, site))
			continue;
		if (is_of_iterator(site))
			decide_iterator(d, site);
		if (!group) {
			group = g_new0(struct group, 1);
			group->sites = g_ptr_array_new();
			g_hash_table_insert(groups, GINT_TO_POINTER(site->group), group);
		}
		group_add_families(group, site);
		if (!is_of_iterator(site) && decide_by_pairs(d, site) && !group->blocker)
			group->blocker = site;
		g_ptr_array_add(group->sites, site);
	}
	decide_groups(d, groups);
	decide_lone_releases(d);
	g_hash_table_destroy(groups);
}
