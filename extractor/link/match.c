// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "link/by_number.h"
#include "link/counted_store.h"
#include "link/cross_pair.h"
#include "link/flag_guard.h"
#include "link/infeasible_pair.h"
#include "link/installed_callback.h"
#include "link/match_filter.h"
#include "link/own_reference.h"
#include "link/ref_downgrade.h"
#include "link/sibling_acquire.h"
#include "link/taken_here.h"
#include "link/match.h"
#include "link/open_end.h"

#define NAMED_MAX 3	/* sources that a reason names; the rest is a number */

/**
 * struct verdict - what comes to one release
 * @counted: sibling_counted() of the release
 * @acquires: of struct page_source *
 * @by_kind: of struct reason *: the others, by feed kind
 * @invokes: who calls whom
 * @cfg: the order of the assignments in its function
 * @ends: acquires whose pages are not followed to the end
 * @references: the calls that take a reference of a page
 * @flags: members that guard the release, or NULL as long as nothing asks
 * @order: the definitions that reach it
 * @excluded: see match_filter_excluded()
 * @releases_change: the era converts releases and leaves acquires: a release of two kinds of
 *	pages cannot change, and an iterator's user pages have no acquire of their own
 */
struct verdict {
	const struct call_info *release;
	int counted;
	const struct call_graph *invokes;
	const struct cfg *cfg;
	const struct open_ends *ends;
	const GPtrArray *references;
	GArray *flags;
	struct flow_order *order;
	GHashTable *excluded;
	GPtrArray *acquires;
	GPtrArray *by_kind[FEED_POINTER + 1];
	bool releases_change;
};

static void pair_free(void *data)
{
	struct pair *pair = data;

	reason_free(pair->reason);
	g_clear_pointer(&pair->near, g_ptr_array_unref);
	g_free(pair);
}

static void pair_add(GPtrArray *pairs, enum link_kind kind, const struct page_source *feed,
		     const struct call_info *release, struct reason *reason)
{
	struct pair *pair = g_new0(struct pair, 1);

	pair->kind = kind;
	pair->feed = feed;
	pair->acquire = feed ? feed->call : NULL;
	pair->release = release;
	pair->reason = reason;
	g_ptr_array_add(pairs, pair);
}

static struct pair *pair_last(GPtrArray *pairs)
{
	return pairs->pdata[pairs->len - 1];
}

/* The same place again: a member of one object, and of whatever object. */
static bool is_again(const struct graph *graph, int at, int last)
{
	return last >= 0 && graph_node(graph, at)->place == graph_node(graph, last)->place;
}

/* The places between, as far as a reader needs them: what outlives a function. */
static struct reason *way_reason(const struct graph *graph, const struct page_source *feed,
				 int node)
{
	g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func(reason_free);
	int last = -1;

	for (int i = feed->reach->first[node]; i >= 0;
	     i = g_array_index(feed->reach->steps, struct reached, i).from) {
		int at = g_array_index(feed->reach->steps, struct reached, i).node;
		enum place_kind kind = graph_node(graph, at)->kind;

		if (kind != PLACE_FIELD && kind != PLACE_GLOBAL && kind != PLACE_PARAM)
			continue;
		if (is_again(graph, at, last))
			g_ptr_array_remove_index(places, 0);
		g_ptr_array_insert(places, 0, graph_place_reason(graph, at));
		last = at;
	}
	if (!places->len)
		return reason_new(REASON_WAY_HERE, "r", reason_copy(feed->source));
	return reason_new(REASON_WAY, "rr", reason_copy(feed->source),
			  reason_list(places, NAMED_MAX));
}

/* Pages with a reference of their own, which a release beside this one is for. */
static bool is_of_another(const struct verdict *verdict, const struct graph *graph,
			  const struct page_source *source)
{
	return source->kind == FEED_OWNER && verdict->acquires->len &&
	       (match_filter_frees(graph, source, verdict->release) ||
		match_filter_is_refilled(graph, verdict->invokes, verdict->release, source,
					 verdict->acquires));
}

/* Acquires that have no pinning form: their releases stay as they are, mixed or not. */
static bool are_of_iterators(const struct verdict *verdict)
{
	for (guint i = 0; i < verdict->acquires->len; i++) {
		const struct page_source *feed = verdict->acquires->pdata[i];

		if (feed->call->family != FAMILY_ITER)
			return false;
	}
	return !verdict->releases_change;
}

/* Pages of another source that do not come to the release, besides acquires' that do. */
static bool is_kept_away(const struct graph *graph, const struct page_source *feed,
			 struct verdict *verdict)
{
	if (feed->kind == FEED_ACQUIRE || !verdict->acquires->len)
		return false;
	if (!verdict->flags)
		verdict->flags = flags_of(verdict->cfg, verdict->release);
	return match_filter_is_kept_from_pins(graph, feed, verdict->release) ||
	       flag_keeps_away(graph, verdict->cfg, verdict->flags, feed, verdict->release) ||
	       callback_is_of_others(graph, verdict->cfg, verdict->invokes, verdict->acquires,
				     feed, verdict->release) ||
	       (are_of_iterators(verdict) &&
		match_filter_is_in_another(graph, feed, verdict->release)) ||
	       match_filter_excluded(graph, verdict->cfg, feed, verdict->release,
				     verdict->excluded);
}

/* Pages of an acquire whose sibling the release is for. */
static bool is_of_sibling(const struct graph *graph, const GPtrArray *feeds,
			  const struct page_source *feed, const struct verdict *verdict)
{
	if (feed->kind != FEED_ACQUIRE)
		return false;
	return (verdict->counted && verdict->counted != feed->call->id &&
		feed->call->function == verdict->release->function) ||
	       sibling_overwrites(graph, verdict->cfg, feeds, feed, verdict->release);
}

/* An ordinary reference of a source's page, beside an acquire's. */
static enum feed_kind kind_of_reference(const struct verdict *verdict, const struct graph *graph,
					const GPtrArray *feeds, const struct page_source *source)
{
	if (!verdict->releases_change || verdict->release->family != FAMILY_GET)
		return FEED_ADDRESS;
	return match_filter_reference_kind(graph, feeds, source);
}

static void add_source(struct verdict *verdict, const struct graph *graph, const GPtrArray *feeds,
		       const struct page_source *feed)
{
	enum feed_kind kind = feed->referenced && verdict->acquires->len ?
		kind_of_reference(verdict, graph, feeds, feed) :
		own_reference_kind(graph, verdict->references, feed, verdict->release,
				   verdict->acquires->len);

	g_ptr_array_add(verdict->by_kind[kind], feed->source);
}

static void verdict_collect(struct verdict *verdict, const struct graph *graph,
			    const GPtrArray *feeds)
{
	for (guint i = 0; i < feeds->len; i++) {
		struct page_source *feed = feeds->pdata[i];

		if (!reach_has(feed->reach, verdict->release->node) ||
		    !page_source_concerns(feed, verdict->release) ||
		    !flow_order_allows(verdict->order, feed->reach) ||
		    is_kept_away(graph, feed, verdict) ||
		    is_of_sibling(graph, feeds, feed, verdict))
			continue;
		if (feed->kind == FEED_ACQUIRE)
			g_ptr_array_add(verdict->acquires, feed);
		else if ((feed->referenced && verdict->acquires->len) ||
			 !is_of_another(verdict, graph, feed))
			add_source(verdict, graph, feeds, feed);
	}
}

/* The sources of a kind, as an argument of a reason. */
static struct reason *sources_of_kind(const struct verdict *verdict, enum feed_kind kind)
{
	return reason_list(verdict->by_kind[kind], NAMED_MAX);
}

/*
 * The acquires whose pages could come to the release on a way that is not seen. A page that is made
 * of a number or an address may be any page's. Caller frees.
 */
static GPtrArray *acquires_near(const struct verdict *verdict)
{
	bool by_number = verdict->by_kind[FEED_LOOKUP]->len || verdict->by_kind[FEED_ADDRESS]->len;

	return open_ends_near(verdict->ends, verdict->release, by_number);
}

/*
 * Takes reason: where the pages come from, as far as that is known. Where no acquire's pages come
 * to the release, and none could, it is of others. A release that is right for acquired pages
 * alone must have an acquire: it stays open.
 */
static void release_open(const struct verdict *verdict, GPtrArray *pairs, struct reason *reason)
{
	GPtrArray *near = acquires_near(verdict);

	if (verdict->release->family == FAMILY_GET && !near->len) {
		pair_add(pairs, LINK_DECOY, NULL, verdict->release,
			 reason_new(REASON_OUT_OF_REACH, "r", reason));
		g_ptr_array_unref(near);
		return;
	}
	pair_add(pairs, LINK_UNKNOWN, NULL, verdict->release, reason);
	pair_last(pairs)->near = near;
}

/*
 * A release for acquired pages alone must have an acquire, which perhaps is not seen: a function
 * out of sight may hand out what it was given, an acquire nearby be followed to no release.
 */
static bool is_for_unseen(const struct verdict *verdict, enum feed_kind kind)
{
	g_autoptr(GPtrArray) near = acquires_near(verdict);

	return verdict->release->family != FAMILY_GET && (kind == FEED_OUTSIDE || near->len);
}

/* virt_to_page(pte): the page that entries of a page table are in. */
static bool is_table_page(const struct graph *graph, const struct call_info *release)
{
	const char *type = graph_node(graph, release->node)->type;
	g_autofree char *pointee = NULL;

	type = g_str_has_prefix(type, "const ") ? type + strlen("const ") : type;
	if (!g_str_has_suffix(type, " *"))
		return false;
	pointee = g_strndup(type, strlen(type) - strlen(" *"));
	return knowledge_details(graph->knowledge, KNOW_TYPE, pointee) & KNOWN(TABLE);
}

static void release_alone(const struct graph *graph, const struct verdict *verdict,
			  GPtrArray *pairs)
{
	static const enum feed_kind known[] = { FEED_OWNER, FEED_BORROWER, FEED_OUTSIDE };
	const struct call_info *release = verdict->release;

	if (call_is_told_kind(release)) {
		pair_add(pairs, LINK_UNKNOWN, NULL, release,
			 reason_new(REASON_TOLD_ALONE, "s", release->callee));
		return;
	}
	if (is_table_page(graph, release)) {
		pair_add(pairs, LINK_DECOY, NULL, release,
			 reason_new(REASON_TABLE_PAGE, "r",
				    graph_place_reason(graph, release->node)));
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
		if (!verdict->by_kind[known[i]]->len || is_for_unseen(verdict, known[i]))
			continue;
		pair_add(pairs, LINK_DECOY, NULL, release,
			 reason_new(REASON_OTHER_PAGES, "r", sources_of_kind(verdict, known[i])));
		return;
	}
	for (int kind = FEED_OWNER; kind <= FEED_POINTER; kind++) {
		if (!verdict->by_kind[kind]->len)
			continue;
		release_open(verdict, pairs, reason_new(REASON_OPEN_SOURCE, "r",
							sources_of_kind(verdict, kind)));
		return;
	}
	release_open(verdict, pairs, reason_new(REASON_NO_SOURCE, "r",
						graph_place_reason(graph, release->node)));
}

/* Kinds of an iterator's pages besides user pages; NULL for none. Caller frees. */
static struct reason *iterator_reason(const struct graph *graph, const struct page_source *feed)
{
	const struct iov_iter_origin *iterator = &feed->iterator;

	if (feed->call->family != FAMILY_ITER || iterator->kind == ITERATOR_USER)
		return NULL;
	if (iterator->other)
		return reason_new(REASON_ITERATOR_KERNEL, "ssd", iterator->other->callee,
				  graph_path(graph, iterator->other->file), iterator->other->line);
	return reason_new(REASON_ITERATOR_OF_CALLER, "");
}

/* The line where the pages are handed to the function that releases them. */
static int given_line(const struct page_source *feed, const struct call_info *release)
{
	int index = feed->reach->first[release->node];

	return g_array_index(feed->reach->steps, struct reached, index).line;
}

/*
 * The release drops pages that its caller releases too: one acquire, one release. That
 * is the one of the function which acquired, if it always comes.
 */
static void pair_add_other(const struct graph *graph, const struct verdict *verdict,
			   const struct page_source *feed, const struct call_info *again,
			   struct reason *way, GPtrArray *pairs)
{
	bool own = again->function == feed->call->function && verdict->acquires->len == 1 &&
		   flow_order_is_straight(verdict->cfg, again->function,
					  given_line(feed, verdict->release), again->id);

	pair_add(pairs, own ? LINK_DECOY : LINK_UNKNOWN, own ? NULL : feed, verdict->release,
		 reason_new(own ? REASON_CALLER_RELEASES : REASON_CALLER_MAY_RELEASE, "rssd", way,
			    again->callee, graph_path(graph, again->file), again->line));
	pair_last(pairs)->other = true;
}

/* Other pages that perhaps come to the release as well; NULL for none. Caller frees. */
static struct reason *doubt_of(const struct graph *graph, const struct verdict *verdict,
			       const struct page_source *feed)
{
	static const enum feed_kind kinds[] = { FEED_OUTSIDE, FEED_ADDRESS, FEED_POINTER };

	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (verdict->by_kind[kinds[i]]->len)
			return sources_of_kind(verdict, kinds[i]);
	return match_filter_strangers(graph, verdict->invokes, feed, verdict->release);
}

static void release_pair(const struct graph *graph, const struct verdict *verdict,
			 const struct page_source *feed, GPtrArray *pairs)
{
	const struct call_info *release = verdict->release, *again;
	struct reason *way = way_reason(graph, feed, release->node), *other;
	bool pin = family_is_pinned(feed->call->family) && release->family == FAMILY_PIN;

	if (call_is_told_kind(release))
		pair_add(pairs, LINK_LINK, feed, release,
			 reason_new(REASON_TOLD_KIND, "rs", way, release->callee));
	else if (verdict->by_kind[FEED_OWNER]->len)
		pair_add(pairs, LINK_MIXED, feed, release,
			 reason_new(REASON_ALSO_OF, "rr", way,
				    sources_of_kind(verdict, FEED_OWNER)));
	else if (verdict->releases_change && (other = iterator_reason(graph, feed)))
		pair_add(pairs, LINK_MIXED, feed, release,
			 reason_new(REASON_ITERATOR_MIXED, "rr", way, other));
	else if ((other = doubt_of(graph, verdict, feed)))
		/* A release for pins alone is right for this one, and nothing of it changes. */
		pair_add(pairs, pin ? LINK_LINK : LINK_UNKNOWN, feed, release,
			 reason_new(REASON_PERHAPS_OF, "rr", way, other));
	else if ((again = match_filter_caller_releases(graph, feed, release)))
		pair_add_other(graph, verdict, feed, again, way, pairs);
	else if (verdict->by_kind[FEED_PUBLIC]->len)
		/*
		 * The acquire is certain and comes from the same set of files; a
		 * caller elsewhere would have to get its pages from another source.
		 */
		pair_add(pairs, LINK_LINK, feed, release,
			 reason_new(REASON_NO_OTHERS_SEEN, "rr", way,
				    sources_of_kind(verdict, FEED_PUBLIC)));
	else
		pair_add(pairs, LINK_LINK, feed, release, reason_new(REASON_PAGES_OF, "r", way));
}

/* model: what is the same for all releases. */
static void release_pairs(const struct graph *graph, const GPtrArray *feeds,
			  const struct verdict *model, const struct call_info *release,
			  GPtrArray *pairs)
{
	const struct call_graph *invokes = model->invokes;
	struct verdict verdict = *model;

	verdict.release = release;
	verdict.counted = sibling_counted(graph, model->cfg, release);
	verdict.acquires = g_ptr_array_new();
	verdict.excluded = g_hash_table_new(NULL, NULL);
	verdict.order = flow_order_new(model->cfg, graph, release);
	for (int kind = 0; kind <= FEED_POINTER; kind++)
		verdict.by_kind[kind] = g_ptr_array_new();
	verdict_collect(&verdict, graph, feeds);
	match_filter_keep_own(graph, invokes, release, verdict.acquires);
	for (guint i = 0; i < verdict.acquires->len; i++)
		release_pair(graph, &verdict, verdict.acquires->pdata[i], pairs);
	if (!verdict.acquires->len)
		release_alone(graph, &verdict, pairs);
	g_clear_pointer(&verdict.flags, g_array_unref);
	flow_order_free(verdict.order);
	g_hash_table_destroy(verdict.excluded);
	for (int kind = 0; kind <= FEED_POINTER; kind++)
		g_ptr_array_unref(verdict.by_kind[kind]);
	g_ptr_array_unref(verdict.acquires);
}

GPtrArray *pairs_of(const struct graph *graph, const GPtrArray *feeds,
		    const struct call_graph *invokes, const struct cfg *cfg,
		    const struct api_table *apis, enum era era)
{
	bool releases_change = !era_traits(era)->pins;
	struct open_ends *ends = open_ends_new(graph, apis, feeds, invokes);
	g_autoptr(GPtrArray) references = reference_calls(graph);
	const struct verdict model = { .invokes = invokes, .cfg = cfg, .ends = ends,
				       .references = references,
				       .releases_change = releases_change };
	GPtrArray *pairs = g_ptr_array_new_with_free_func(pair_free);

	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];

		if (call->role != ROLE_RELEASE || !call_is_seen(call) ||
		    call_implements_api(graph, apis, call))
			continue;
		if (call->node >= 0)
			release_pairs(graph, feeds, &model, call, pairs);
		else
			pair_add(pairs, LINK_UNKNOWN, NULL, call,
				 reason_new(REASON_NO_PLACE, ""));
	}
	open_ends_free(ends);
	pairs_downgrade(graph, cfg, pairs);
	pairs_drop_own_references(graph, references, pairs);
	pairs_drop_counted(graph, cfg, references, feeds, pairs);
	pairs_drop_taken(graph, cfg, pairs);
	pairs_by_number(graph, apis, cfg, feeds, !releases_change, pairs);
	if (!releases_change)
		pairs_check_cross(graph, cfg, feeds, pairs);
	pairs_drop_infeasible(graph, cfg, pairs);
	return pairs;
}
