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

static const char *where(const struct deciding *d, const struct call_info *call, char **text)
{
	g_free(*text);
	*text = g_strdup_printf("%s:%d", graph_path(d->graph, call->file), call->line);
	return *text;
}

/* Decided by what the site is, whatever its links are. */
static bool decide_alone(const struct deciding *d, struct site *site)
{
	const struct call_info *call = site->call;
	const char *text = g_hash_table_lookup(d->pages_text, GINT_TO_POINTER(call->id));

	if (call->status == CALL_HOMONYM)
		site_set(site, STATE_KEEP, TARGET_KEEP, g_strdup("a function of this file's own has this name"));
	else if (call->status == CALL_DEAD)
		site_set(site, STATE_UNKNOWN, "", g_strdup("inside of #if 0: no compiler has seen it"));
	else if (call->status == CALL_TEXT_ONLY)
		site_set(site, STATE_UNKNOWN, "", g_strdup("seen as text only, in no configuration that was parsed"));
	else if (call->status == CALL_OTHER_KERNEL)
		site_set(site, STATE_KEEP, TARGET_KEEP, g_strdup("for other kernel versions: its #if does not hold in this one"));
	else if (call_implements_api(d->graph, d->apis, call))
		site_set(site, STATE_KEEP, TARGET_KEEP, g_strdup("implements the API"));
	else if (call->role == ROLE_ACQUIRE && text &&
		 (g_str_equal(text, "NULL") || g_str_equal(text, "0")))
		site_set(site, STATE_KEEP, TARGET_KEEP, g_strdup("pages is NULL: no pages are handed out"));
	else if (site->feed && site->feed->iterator.kind == ITERATOR_KERNEL)
		site_set(site, STATE_KEEP, TARGET_KEEP,
			 g_strdup_printf("no user pages: the iterator is over kernel memory, by %s() at line %d",
					 site->feed->iterator.other->callee,
					 site->feed->iterator.other->line));
	else if (call->node < 0)
		site_set(site, STATE_UNKNOWN, "", g_strdup("where its pages are kept is not understood"));
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
	g_autofree char *escape = escape_words(d->graph, site->feed);
	g_autofree char *place = graph_place_words(d->graph, site->call->node);

	site_set(site, STATE_UNKNOWN, "", *escape ?
		 g_strdup_printf("no release of these pages is in reach: they are %s", escape) :
		 g_strdup_printf("no release of these pages is in reach: they are seen in %s alone, "
				 "and may go on as a number or an address", place));
}

/* true when the site cannot be more than mixed or unknown */
static bool decide_by_pairs(const struct deciding *d, struct site *site)
{
	const struct pair *worst = worst_pair(site);
	g_autofree char *at = NULL;

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
		site_set(site, STATE_MISMATCHED, "", g_strdup_printf("%s() is for pages of an acquire, but %s",
								 site->call->callee, worst->reason));
	else if (worst->kind == LINK_DECOY)
		site_set(site, STATE_KEEP, TARGET_KEEP, g_strdup(worst->reason));
	else if (site->call->role == ROLE_RELEASE)
		site_set(site, state_of(worst->kind), "", g_strdup(worst->reason));
	else
		site_set(site, state_of(worst->kind), "",
			 g_strdup_printf("%s() at %s: %s", worst->release->callee,
					 where(d, worst->release, &at), worst->reason));
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
	g_autofree char *at = NULL;

	if (site->call->family == FAMILY_VEC)
		site_set(site, STATE_KEEP, TARGET_KEEP,
			 g_strdup_printf("a frame vector, which %s() at %s gives back whole",
					 first->release->callee, where(d, first->release, &at)));
	else if (releases_are_of(site, FAMILY_PUT_USER))
		site_set(site, STATE_CONVERTED, site->call->callee,
			 g_strdup_printf("released by %s() at %s", first->release->callee,
					 where(d, first->release, &at)));
	else
		site_set(site, STATE_UNCONVERTED, site->call->callee,
			 g_strdup_printf("releases: %u known, %u not decided; first %s() at %s",
					 pairs_of_kind(site, LINK_LINK),
					 pairs_of_kind(site, LINK_UNKNOWN), first->release->callee,
					 where(d, first->release, &at)));
}

static void decide_early_release(const struct deciding *d, struct site *site)
{
	const struct pair *first = site->pairs->pdata[0];
	const char *target = target_of(d, site->call->callee);

	if (site->call->family == FAMILY_PUT_USER)
		site_set(site, STATE_CONVERTED, site->call->callee, g_strdup(first->reason));
	else if (is_offered(d, target))
		site_set(site, STATE_UNCONVERTED, target, g_strdup(first->reason));
	else
		site_set(site, STATE_KEEP, TARGET_KEEP, g_strdup_printf("%s() has no other form in this era; %s",
							       site->call->callee, first->reason));
}

/* Linked, but another release of the same pages is not: then none of them changes. */
static bool decide_by_others(const struct deciding *d, struct site *site)
{
	const struct pair *because = site->because;
	g_autofree char *at = NULL;

	if (!because || is_user_release(site->call))
		return false;
	site_set(site, state_of(because->kind), "",
		 g_strdup_printf("kept back by %s() at %s, which may be given the same pages: %s",
				 because->release->callee, where(d, because->release, &at),
				 because->reason));
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
	g_autofree char *at = NULL;
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
				 g_strdup_printf("%s() here, but %s() at %s: %s", site->call->callee,
						 other->callee, where(d, other, &at), pair->reason));
			found = true;
			break;
		}
	}
	return found;
}

static void group_set(const struct group *group, enum state state, bool keep, const char *reason)
{
	for (guint i = 0; i < group->sites->len; i++) {
		struct site *site = group->sites->pdata[i];

		if (!site->decided)
			site_set(site, state, keep ? TARGET_KEEP : "", g_strdup(reason));
	}
}

static void group_set_converted(const struct group *group)
{
	for (guint i = 0; i < group->sites->len; i++) {
		struct site *site = group->sites->pdata[i];
		const struct pair *pair = site->pairs->pdata[0];

		site_set(site, STATE_CONVERTED, site->call->callee, g_strdup(pair->reason));
	}
}

/* What stands in the way of changing the whole group; NULL when nothing does. Caller frees. */
static char *group_obstacle(const struct deciding *d, const struct group *group)
{
	for (guint i = 0; i < group->sites->len; i++) {
		const struct site *site = group->sites->pdata[i];
		const char *target = target_of(d, site->call->callee);

		if (!*target)
			return g_strdup_printf("%s() has no pin_ counterpart", site->call->callee);
		if (!is_offered(d, target))
			return g_strdup_printf("this tree does not offer %s()", target);
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
			g_free(best.why);
			best = here;
		} else {
			g_free(here.why);
		}
	}
	return best;
}

static void group_set_unconverted(const struct deciding *d, const struct group *group,
				  const struct use_case *use)
{
	for (guint i = 0; i < group->sites->len; i++) {
		struct site *site = group->sites->pdata[i];

		site_set(site, STATE_UNCONVERTED, target_of(d, site->call->callee), g_strdup(use->why));
	}
}

static void group_decide_get(const struct deciding *d, const struct group *group)
{
	struct use_case use = group_use_case(d, group);
	g_autofree char *obstacle = use.pins ? group_obstacle(d, group) : NULL;

	for (guint i = 0; i < group->sites->len; i++)
		((struct site *)group->sites->pdata[i])->use_case = use.number;
	if (!use.known) {
		group_set(group, STATE_UNKNOWN, false, use.why ? use.why : "its use is not seen");
	} else if (!use.pins) {
		group_set(group, STATE_KEEP, true, use.why);
	} else if (obstacle) {
		g_autofree char *why = g_strdup_printf("%s; but %s", use.why, obstacle);

		group_set(group, STATE_KEEP, true, why);
	} else {
		group_set_unconverted(d, group, &use);
	}
	g_free(use.why);
}

static void group_decide(const struct deciding *d, struct group *group)
{
	g_autofree char *reason = NULL, *at = NULL;

	if (group_mismatch(d, group)) {
		group_set(group, STATE_UNKNOWN, false, "another site of its group is mismatched");
	} else if (group->blocker) {
		reason = g_strdup_printf("%s: %s", where(d, group->blocker->call, &at),
					 group->blocker->reason);
		group_set(group, group->blocker->state, false, reason);
	} else if (group->vec) {
		group_set(group, STATE_KEEP, true, "a frame vector, which put_vaddr_frames() gives back whole");
	} else if (group->iter) {
		group_set(group, STATE_KEEP, true,
			  "needs iov_iter_extract_pages(), which pins user pages only: a restructure");
	} else if (group->got && group->pinned) {
		group_set(group, STATE_MIXED, false, "pages that were got and pages that were pinned meet here");
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
