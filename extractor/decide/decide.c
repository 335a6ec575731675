// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "decide/decide.h"
#include "decide/hold_back.h"
#include "decide/site.h"
#include "decide/use_case.h"

static bool is_early(const struct deciding *d)
{
	return d->era != ERA_PIN_USER_PAGES;
}

static const char *target_of(const struct deciding *d, const char *callee)
{
	const char *target = g_hash_table_lookup(d->targets, callee);

	return target ? target : "";
}

/* Whether the tree's own headers have it; the early eras' functions may come by the series. */
static bool is_offered(const struct deciding *d, const char *target)
{
	return *target && (is_early(d) || g_hash_table_contains(d->prototypes, target));
}

static const char *path_of(const struct deciding *d, const struct call_info *call)
{
	return graph_path(d->graph, call->file);
}

/* Decided by what the site is, whatever its links are. */
static bool decide_alone(const struct deciding *d, struct site *site)
{
	const struct call_info *call = site->call;
	const char *text = g_hash_table_lookup(d->pages_text, GINT_TO_POINTER(call->id));

	if (call->status == CALL_HOMONYM)
		site_set(site, STATE_KEEP, TARGET_KEEP, reason_new(REASON_OWN_FUNCTION, ""));
	else if (call->status == CALL_DEAD)
		site_set(site, STATE_UNKNOWN, "", reason_new(REASON_DEAD_CODE, ""));
	else if (call->status == CALL_TEXT_ONLY)
		site_set(site, STATE_UNKNOWN, "", reason_new(REASON_TEXT_ONLY, ""));
	else if (call->status == CALL_OTHER_KERNEL)
		site_set(site, STATE_KEEP, TARGET_KEEP, reason_new(REASON_OTHER_KERNEL, ""));
	else if (call_implements_api(d->graph, d->apis, call))
		site_set(site, STATE_KEEP, TARGET_KEEP, reason_new(REASON_IMPLEMENTS_API, ""));
	else if (call->role == ROLE_ACQUIRE && text &&
		 (g_str_equal(text, "NULL") || g_str_equal(text, "0")))
		site_set(site, STATE_KEEP, TARGET_KEEP, reason_new(REASON_PAGES_NULL, ""));
	else if (site->feed && site->feed->iterator.kind == ITERATOR_KERNEL)
		site_set(site, STATE_KEEP, TARGET_KEEP,
			 reason_new(REASON_KERNEL_ITERATOR, "sd", site->feed->iterator.other->callee,
				    site->feed->iterator.other->line));
	else if (call->node < 0)
		site_set(site, STATE_UNKNOWN, "", reason_new(REASON_PLACE_UNKNOWN, ""));
	else
		return false;
	return true;
}

/* The worst of the site's pairs, or NULL when there is none. */
static const struct pair *worst_pair(const struct site *site)
{
	static const int rank[] = { [LINK_LINK] = 0, [LINK_DECOY] = 1, [LINK_UNKNOWN] = 2,
				    [LINK_MIXED] = 3 };
	const struct pair *worst = NULL;

	for (guint i = 0; i < site->pairs->len; i++) {
		const struct pair *pair = site->pairs->pdata[i];

		if (!worst || rank[pair->kind] > rank[worst->kind])
			worst = pair;
	}
	return worst;
}

/* Of a site with a pair of this kind, which is no LINK_LINK. */
static enum state state_of(enum link_kind kind)
{
	return kind == LINK_MIXED ? STATE_MIXED : STATE_UNKNOWN;
}

/* Only right for pages that an acquire handed out. */
static bool is_user_release(const struct call_info *call)
{
	return call->family == FAMILY_PUT_USER || call->family == FAMILY_PIN;
}

static guint pairs_of_kind(const struct site *site, enum link_kind kind)
{
	guint count = 0;

	for (guint i = 0; i < site->pairs->len; i++)
		count += ((const struct pair *)site->pairs->pdata[i])->kind == kind;
	return count;
}

static void decide_no_release(const struct deciding *d, struct site *site)
{
	struct reason *escapes = escapes_of(d->graph, site->feed);

	site_set(site, STATE_UNKNOWN, "", escapes ? reason_new(REASON_NO_RELEASE_ESCAPES, "r", escapes) :
		 reason_new(REASON_NO_RELEASE, "r", graph_place_reason(d->graph, site->call->node)));
}

/* true when the site cannot be more than mixed or unknown */
static bool decide_by_pairs(const struct deciding *d, struct site *site)
{
	const struct pair *worst = worst_pair(site);

	if (!worst) {
		decide_no_release(d, site);
		return true;
	}
	if (worst->kind == LINK_LINK)
		return false;
	/* What drops another reference does not stand in the way of the acquire's own releases. */
	if (is_early(d) && worst->other && site->call->role == ROLE_ACQUIRE &&
	    pairs_of_kind(site, LINK_LINK))
		return false;
	if (worst->kind == LINK_DECOY && is_user_release(site->call))
		site_set(site, STATE_MISMATCHED, "",
			 reason_new(REASON_FOR_ACQUIRES_ONLY, "sr", site->call->callee,
				    reason_copy(worst->reason)));
	else if (worst->kind == LINK_DECOY)
		site_set(site, STATE_KEEP, TARGET_KEEP, reason_copy(worst->reason));
	else if (site->call->role == ROLE_RELEASE)
		site_set(site, state_of(worst->kind), "", reason_copy(worst->reason));
	else
		site_set(site, state_of(worst->kind), "",
			 reason_new(REASON_RELEASE_IN_DOUBT, "ssdr", worst->release->callee,
				    path_of(d, worst->release), worst->release->line,
				    reason_copy(worst->reason)));
	return true;
}

static bool releases_are_of(const struct site *site, enum family family)
{
	for (guint i = 0; i < site->pairs->len; i++) {
		const struct pair *pair = site->pairs->pdata[i];

		if (pair->release->family != family)
			return false;
	}
	return true;
}

static void decide_early_acquire(const struct deciding *d, struct site *site)
{
	const struct pair *first = site->pairs->pdata[0];
	const struct call_info *release = first->release;

	if (site->call->family == FAMILY_VEC)
		site_set(site, STATE_KEEP, TARGET_KEEP,
			 reason_new(REASON_FRAME_VECTOR, "ssd", release->callee, path_of(d, release),
				    release->line));
	else if (releases_are_of(site, FAMILY_PUT_USER))
		site_set(site, STATE_CONVERTED, site->call->callee,
			 reason_new(REASON_RELEASED_BY, "ssd", release->callee, path_of(d, release),
				    release->line));
	else
		site_set(site, STATE_UNCONVERTED, site->call->callee,
			 reason_new(REASON_RELEASES_KNOWN, "ddssd", pairs_of_kind(site, LINK_LINK),
				    pairs_of_kind(site, LINK_UNKNOWN), release->callee,
				    path_of(d, release), release->line));
}

static void decide_early_release(const struct deciding *d, struct site *site)
{
	const struct pair *first = site->pairs->pdata[0];
	const char *target = target_of(d, site->call->callee);

	if (site->call->family == FAMILY_PUT_USER)
		site_set(site, STATE_CONVERTED, site->call->callee, reason_copy(first->reason));
	else if (is_offered(d, target))
		site_set(site, STATE_UNCONVERTED, target, reason_copy(first->reason));
	else
		site_set(site, STATE_KEEP, TARGET_KEEP,
			 reason_new(REASON_NO_OTHER_FORM, "sr", site->call->callee,
				    reason_copy(first->reason)));
}

/* Linked, but another release of the same pages is not: then none of them changes. */
static bool decide_by_others(const struct deciding *d, struct site *site)
{
	const struct pair *because = site->because;

	if (!because || is_user_release(site->call))
		return false;
	site_set(site, state_of(because->kind), "",
		 reason_new(REASON_KEPT_BACK, "ssdr", because->release->callee, path_of(d, because->release),
			    because->release->line, reason_copy(because->reason)));
	return true;
}

static void decide_early(const struct deciding *d, struct site *site)
{
	if (decide_alone(d, site) || decide_by_pairs(d, site) || decide_by_others(d, site))
		return;
	if (site->call->role == ROLE_ACQUIRE)
		decide_early_acquire(d, site);
	else
		decide_early_release(d, site);
}

/* -- the pin era: a group at a time -- */

struct group {
	GPtrArray *sites;
	const struct site *blocker;	/* mixed or unknown, so that nothing changes */
	bool got, pinned, iter, vec;	/* families of its acquires */
	bool put, unpinned;		/* and of its releases */
};

static void group_add_families(struct group *group, const struct site *site)
{
	bool pin = family_is_pinned(site->call->family);

	if (site->call->role == ROLE_RELEASE) {
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
		struct site *site = group->sites->pdata[i];

		for (guint p = 0; p < site->pairs->len; p++) {
			const struct pair *pair = site->pairs->pdata[p];
			const struct call_info *other;

			if (!pair->acquire || pair->kind != LINK_LINK ||
			    family_is_pinned(pair->acquire->family) ==
				    family_is_pinned(pair->release->family))
				continue;
			other = pair->acquire == site->call ? pair->release : pair->acquire;
			site_set(site, STATE_MISMATCHED, "",
				 reason_new(REASON_MISMATCH, "sssdr", site->call->callee, other->callee,
					    path_of(d, other), other->line, reason_copy(pair->reason)));
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
		struct site *site = group->sites->pdata[i];

		if (!site->decided)
			site_set(site, state, keep ? TARGET_KEEP : "", reason_copy(reason));
	}
	reason_free(reason);
}

static void group_set_converted(const struct group *group)
{
	for (guint i = 0; i < group->sites->len; i++) {
		struct site *site = group->sites->pdata[i];
		const struct pair *pair = site->pairs->pdata[0];

		site_set(site, STATE_CONVERTED, site->call->callee, reason_copy(pair->reason));
	}
}

/* What stands in the way of changing the whole group; NULL when nothing does. Caller frees. */
static struct reason *group_obstacle(const struct deciding *d, const struct group *group)
{
	for (guint i = 0; i < group->sites->len; i++) {
		const struct site *site = group->sites->pdata[i];
		const char *target = target_of(d, site->call->callee);

		if (!*target)
			return reason_new(REASON_NO_COUNTERPART, "s", site->call->callee);
		if (!is_offered(d, target))
			return reason_new(REASON_NOT_OFFERED, "s", target);
	}
	return NULL;
}

/*
 * One acquire that needs the pin is enough, since a release serves them all;
 * what is not known is left alone.
 */
static struct use_case group_use_case(const struct deciding *d, const struct group *group)
{
	struct use_case best = { 0 };

	for (guint i = 0; i < group->sites->len; i++) {
		const struct site *site = group->sites->pdata[i];
		struct use_case here;

		if (!site->feed)
			continue;
		here = use_case_of(d->graph, site->feed);
		if (!best.why || (here.pins && !best.pins) ||
		    (!best.pins && best.known && !here.known)) {
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
		struct site *site = group->sites->pdata[i];

		site_set(site, STATE_UNCONVERTED, target_of(d, site->call->callee), reason_copy(use->why));
	}
}

static void group_decide_get(const struct deciding *d, const struct group *group)
{
	struct use_case use = group_use_case(d, group);
	struct reason *obstacle = use.pins ? group_obstacle(d, group) : NULL;

	for (guint i = 0; i < group->sites->len; i++)
		((struct site *)group->sites->pdata[i])->use_case = use.number;
	if (!use.known) {
		group_set(group, STATE_UNKNOWN, false, use.why ? use.why : reason_new(REASON_USE_NOT_SEEN, ""));
	} else if (!use.pins) {
		group_set(group, STATE_KEEP, true, use.why);
	} else if (obstacle) {
		group_set(group, STATE_KEEP, true, reason_new(REASON_OBSTACLE, "rr", use.why, obstacle));
	} else {
		group_set_unconverted(d, group, &use);
		reason_free(use.why);
	}
}

static void group_decide(const struct deciding *d, struct group *group)
{
	const struct site *blocker = group->blocker;

	if (group_mismatch(d, group)) {
		group_set(group, STATE_UNKNOWN, false, reason_new(REASON_GROUP_MISMATCH, ""));
	} else if (blocker) {
		group_set(group, blocker->state, false,
			  reason_new(REASON_GROUP_BLOCKED, "sdr", path_of(d, blocker->call),
				     blocker->call->line, reason_copy(blocker->reason)));
	} else if (group->vec) {
		group_set(group, STATE_KEEP, true, reason_new(REASON_FRAME_VECTOR_GROUP, ""));
	} else if (group->iter) {
		group_set(group, STATE_KEEP, true, reason_new(REASON_NEEDS_EXTRACT, ""));
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

static void decide_pin(const struct deciding *d)
{
	GHashTable *groups = g_hash_table_new_full(NULL, NULL, NULL, group_free);

	for (guint i = 0; i < d->sites->len; i++) {
		struct site *site = d->sites->pdata[i];
		struct group *group = g_hash_table_lookup(groups, GINT_TO_POINTER(site->group));

		if (decide_alone(d, site))
			continue;
		if (!group) {
			group = g_new0(struct group, 1);
			group->sites = g_ptr_array_new();
			g_hash_table_insert(groups, GINT_TO_POINTER(site->group), group);
		}
		group_add_families(group, site);
		if (decide_by_pairs(d, site) && !group->blocker)
			group->blocker = site;
		g_ptr_array_add(group->sites, site);
	}
	decide_groups(d, groups);
	g_hash_table_destroy(groups);
}

bool decide(struct db *db, const struct graph *graph, const GPtrArray *feeds,
	    const GPtrArray *pairs, const struct api_table *apis, enum era era,
	    GError **error)
{
	struct deciding *d = deciding_new(db, graph, feeds, pairs, apis, era, error);
	bool fine;

	if (!d)
		return false;
	if (is_early(d)) {
		refuse_halves(d);
		for (guint i = 0; i < d->sites->len; i++)
			decide_early(d, d->sites->pdata[i]);
	} else {
		decide_pin(d);
	}
	fine = deciding_write(db, d, error);
	deciding_free(d);
	return fine;
}
