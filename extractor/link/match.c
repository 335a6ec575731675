// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "link/match_filter.h"
#include "link/ref_downgrade.h"
#include "link/match.h"

#define NAMED_MAX 3	/* sources that a reason names; the rest is a number */

/**
 * struct verdict - what comes to one release
 * @acquires: of struct feed *
 * @by_kind: words of the others, by feed kind
 * @invokes: who calls whom
 * @order: of the assignments in its function
 * @iterators_mix: the era has no function that tells an iterator's user pages
 *	from its kernel pages
 */
struct verdict {
	const struct call_info *release;
	const struct invokes *invokes;
	const struct cfg *cfg;
	GPtrArray *acquires;
	GPtrArray *by_kind[FEED_POINTER + 1];
	bool iterators_mix;
};

static void pair_free(void *data)
{
	struct pair *pair = data;

	g_free(pair->reason);
	g_free(pair);
}

static void pair_add(GPtrArray *pairs, enum link_kind kind, const struct feed *feed,
		     const struct call_info *release, char *reason)
{
	struct pair *pair = g_new0(struct pair, 1);

	pair->kind = kind;
	pair->feed = feed;
	pair->acquire = feed ? feed->call : NULL;
	pair->release = release;
	pair->reason = reason;
	g_ptr_array_add(pairs, pair);
}

/* "a, b and 3 more" */
static char *join_words(const GPtrArray *words)
{
	GString *text = g_string_new(NULL);
	guint shown = MIN(words->len, NAMED_MAX);

	for (guint i = 0; i < shown; i++)
		g_string_append_printf(text, "%s%s", i ? ", " : "", (char *)words->pdata[i]);
	if (words->len > shown)
		g_string_append_printf(text, " and %u more", words->len - shown);
	return g_string_free(text, FALSE);
}

/* The same place again: a member of one object, and of whatever object. */
static bool is_again(const struct graph *graph, int at, int last)
{
	return last >= 0 && graph_node(graph, at)->place == graph_node(graph, last)->place;
}

/* The places between, as far as a reader needs them: what outlives a function. */
static char *way_words(const struct graph *graph, const struct feed *feed, int node)
{
	g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *text = NULL;
	int last = -1;

	for (int i = feed->reach->first[node]; i >= 0;
	     i = g_array_index(feed->reach->steps, struct reached, i).from) {
		int at = g_array_index(feed->reach->steps, struct reached, i).node;
		enum place_kind kind = graph_node(graph, at)->kind;

		if (kind != PLACE_FIELD && kind != PLACE_GLOBAL && kind != PLACE_PARAM)
			continue;
		if (is_again(graph, at, last))
			g_ptr_array_remove_index(places, 0);
		g_ptr_array_insert(places, 0, graph_place_words(graph, at));
		last = at;
	}
	if (!places->len)
		return g_strdup_printf("%s, in the same function or its callers", feed->words);
	text = join_words(places);
	return g_strdup_printf("%s, by %s", feed->words, text);
}

static void verdict_collect(struct verdict *verdict, const struct graph *graph,
			    const GPtrArray *feeds)
{
	for (guint i = 0; i < feeds->len; i++) {
		struct feed *feed = feeds->pdata[i];

		if (!reach_has(feed->reach, verdict->release->node) ||
		    !feed_concerns(feed, verdict->release) ||
		    !order_allows(verdict->cfg, graph, feed->reach, verdict->release))
			continue;
		if (feed->kind == FEED_ACQUIRE)
			g_ptr_array_add(verdict->acquires, feed);
		else if (feed->kind != FEED_OWNER || !beside_frees(graph, feed, verdict->release))
			g_ptr_array_add(verdict->by_kind[feed->kind], feed->words);
	}
}

/* iov_iter_put_page(): whoever calls it says whether the pages are an acquire's. */
static bool is_told_the_kind(const struct call_info *release)
{
	return release->detail == DETAIL_EITHER;
}

static void release_alone(const struct graph *graph, const struct verdict *verdict, GPtrArray *pairs)
{
	static const enum feed_kind known[] = { FEED_OWNER, FEED_BORROWER, FEED_OUTSIDE };
	g_autofree char *words = NULL;

	if (is_told_the_kind(verdict->release)) {
		pair_add(pairs, LINK_UNKNOWN, NULL, verdict->release,
			 g_strdup_printf("%s() is told of which kind the pages are; no acquire of them is in reach",
					 verdict->release->callee));
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
		if (!verdict->by_kind[known[i]]->len)
			continue;
		words = join_words(verdict->by_kind[known[i]]);
		pair_add(pairs, LINK_DECOY, NULL, verdict->release,
			 g_strdup_printf("its pages come from %s, none from an acquire", words));
		return;
	}
	for (int kind = FEED_LOOKUP; kind <= FEED_POINTER; kind++) {
		if (!verdict->by_kind[kind]->len)
			continue;
		words = join_words(verdict->by_kind[kind]);
		pair_add(pairs, LINK_UNKNOWN, NULL, verdict->release,
			 g_strdup_printf("its pages come from %s", words));
		return;
	}
	words = graph_place_words(graph, verdict->release->node);
	pair_add(pairs, LINK_UNKNOWN, NULL, verdict->release,
		 g_strdup_printf("nothing that is indexed puts pages into %s", words));
}

/* What an iterator's pages may be besides user pages; NULL for nothing. Caller frees. */
static char *iterator_words(const struct graph *graph, const struct feed *feed)
{
	const struct iterator *iterator = &feed->iterator;

	if (feed->call->family != FAMILY_ITER || iterator->kind == ITERATOR_USER)
		return NULL;
	if (iterator->other)
		return g_strdup_printf("the iterator is also over kernel memory, by %s() at %s:%d",
				       iterator->other->callee,
				       graph_path(graph, iterator->other->file), iterator->other->line);
	return g_strdup("the iterator is the caller's: over a bvec or a pipe they are no user pages");
}

static struct pair *pair_last(GPtrArray *pairs)
{
	return pairs->pdata[pairs->len - 1];
}

/* The line where the pages are handed to the function that releases them. */
static int given_line(const struct feed *feed, const struct call_info *release)
{
	int index = feed->reach->first[release->node];

	return g_array_index(feed->reach->steps, struct reached, index).line;
}

static void release_pair(const struct graph *graph, const struct verdict *verdict,
			 const struct feed *feed, GPtrArray *pairs)
{
	const struct call_info *release = verdict->release, *again;
	g_autofree char *way = way_words(graph, feed, release->node), *words = NULL;
	g_autofree char *stranger = beside_strangers(graph, verdict->invokes, feed, verdict->release);
	g_autofree char *iterator = verdict->iterators_mix ? iterator_words(graph, feed) : NULL;

	if (is_told_the_kind(release)) {
		pair_add(pairs, LINK_LINK, feed, release,
			 g_strdup_printf("pages of %s; %s() is told of which kind they are", way,
					 release->callee));
	} else if (verdict->by_kind[FEED_OWNER]->len) {
		words = join_words(verdict->by_kind[FEED_OWNER]);
		pair_add(pairs, LINK_MIXED, feed, release,
			 g_strdup_printf("pages of %s; but also of %s", way, words));
	} else if (iterator) {
		pair_add(pairs, LINK_MIXED, feed, release, g_strdup_printf("pages of %s; %s", way, iterator));
	} else if (verdict->by_kind[FEED_OUTSIDE]->len || verdict->by_kind[FEED_ADDRESS]->len) {
		words = join_words(verdict->by_kind[verdict->by_kind[FEED_OUTSIDE]->len ?
						    FEED_OUTSIDE : FEED_ADDRESS]);
		pair_add(pairs, LINK_UNKNOWN, feed, release,
			 g_strdup_printf("pages of %s; perhaps also of %s", way, words));
	} else if (verdict->by_kind[FEED_POINTER]->len) {
		words = join_words(verdict->by_kind[FEED_POINTER]);
		pair_add(pairs, LINK_UNKNOWN, feed, release,
			 g_strdup_printf("pages of %s; perhaps also of %s", way, words));
	} else if (stranger) {
		pair_add(pairs, LINK_UNKNOWN, feed, release,
			 g_strdup_printf("pages of %s; perhaps also of %s", way, stranger));
	} else if ((again = beside_caller_releases(graph, feed, release))) {
		/* One acquire, one release: that of the function which acquired, if it always comes. */
		bool own = again->function == feed->call->function && verdict->acquires->len == 1 &&
			   order_is_straight(verdict->cfg, again->function,
					     given_line(feed, release), again->id);

		pair_add(pairs, own ? LINK_DECOY : LINK_UNKNOWN, own ? NULL : feed, release,
			 g_strdup_printf("pages of %s; but the caller releases them too, by %s() at %s:%d: %s drops another reference",
					 way, again->callee, graph_path(graph, again->file), again->line,
					 own ? "this" : "one of the two"));
		pair_last(pairs)->other = true;
	} else if (verdict->by_kind[FEED_PUBLIC]->len) {
		/*
		 * The acquire is certain and comes from the same set of files; a
		 * caller elsewhere would have to get its pages from another source.
		 */
		words = join_words(verdict->by_kind[FEED_PUBLIC]);
		pair_add(pairs, LINK_LINK, feed, release,
			 g_strdup_printf("pages of %s; no other pages are seen to come by %s", way, words));
	} else {
		pair_add(pairs, LINK_LINK, feed, release, g_strdup_printf("pages of %s", way));
	}
}

static void release_pairs(const struct graph *graph, const GPtrArray *feeds,
			  const struct invokes *invokes, const struct cfg *cfg,
			  const struct call_info *release, bool iterators_mix, GPtrArray *pairs)
{
	struct verdict verdict = { .release = release, .acquires = g_ptr_array_new(),
				   .invokes = invokes, .cfg = cfg,
				   .iterators_mix = iterators_mix };

	for (int kind = 0; kind <= FEED_POINTER; kind++)
		verdict.by_kind[kind] = g_ptr_array_new();
	verdict_collect(&verdict, graph, feeds);
	beside_keep_own(graph, invokes, release, verdict.acquires);
	for (guint i = 0; i < verdict.acquires->len; i++)
		release_pair(graph, &verdict, verdict.acquires->pdata[i], pairs);
	if (!verdict.acquires->len)
		release_alone(graph, &verdict, pairs);
	for (int kind = 0; kind <= FEED_POINTER; kind++)
		g_ptr_array_unref(verdict.by_kind[kind]);
	g_ptr_array_unref(verdict.acquires);
}

/* Pinned pages, but a release that is not for those; or the reverse. */
static bool is_cross(const struct pair *pair)
{
	if (!pair->acquire || pair->kind == LINK_DECOY)
		return false;
	return family_is_pinned(pair->acquire->family) != (pair->release->family == FAMILY_PIN);
}

/* The function that calls the one which releases, on the pages' way: 0 for none. */
static int releasing_caller(const struct graph *graph, const struct pair *pair)
{
	const struct function_info *releasing = graph_function(graph, pair->release->function);
	const struct reach *reach = pair->feed->reach;

	for (int i = reach->first[pair->release->node]; releasing && i >= 0;) {
		const struct reached *step = &g_array_index(reach->steps, struct reached, i);
		const struct node *node = graph_node(graph, step->node);
		const struct function_info *caller;

		i = step->from;
		if (node->kind != PLACE_PARAM || g_strcmp0(node->owner, releasing->key) != 0)
			continue;
		caller = i >= 0 ? graph_function_at(graph, step->file, step->line) : NULL;
		return caller ? caller->id : 0;
	}
	return 0;
}

static bool same_function(int a, int b, int c, int d)
{
	return (a && (a == c || a == d)) || (b && (b == c || b == d));
}

/*
 * Where one function releases the same pages both ways, a condition tells the
 * kinds apart, as it must: the release of the other kind is not for these. Not
 * so in the function that acquires, where the kind is known.
 */
static const struct pair *right_sibling(const struct graph *graph, const GPtrArray *pairs,
					const struct pair *cross)
{
	int caller = releasing_caller(graph, cross);

	if (cross->release->function == cross->acquire->function)
		return NULL;
	for (guint i = 0; i < pairs->len; i++) {
		const struct pair *pair = pairs->pdata[i];

		if (pair->acquire == cross->acquire && !is_cross(pair) &&
		    same_function(cross->release->function, caller, pair->release->function,
				  releasing_caller(graph, pair)))
			return pair;
	}
	return NULL;
}

static void pair_set_told_apart(const struct graph *graph, struct pair *pair,
				const struct pair *right)
{
	g_free(pair->reason);
	pair->reason = g_strdup_printf("beside %s() at %s:%d, which takes the pages of %s; a condition tells these from others",
				       right->release->callee,
				       graph_path(graph, right->release->file), right->release->line,
				       right->feed->words);
	pair->kind = LINK_UNKNOWN;
	pair->acquire = NULL;
	pair->feed = NULL;
}

static bool is_alone(const GPtrArray *pairs, const struct pair *wanted)
{
	for (guint i = 0; i < pairs->len; i++) {
		const struct pair *pair = pairs->pdata[i];

		if (pair != wanted && pair->release == wanted->release)
			return false;
	}
	return true;
}

/* Takes out the cross pairs that are none; a release keeps one row at least. */
static void pairs_tell_apart(const struct graph *graph, GPtrArray *pairs)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	g_autoptr(GPtrArray) rights = g_ptr_array_new();

	for (guint i = 0; i < pairs->len; i++) {
		struct pair *pair = pairs->pdata[i];
		const struct pair *right = is_cross(pair) ? right_sibling(graph, pairs, pair) : NULL;

		if (!right)
			continue;
		g_ptr_array_add(found, pair);
		g_ptr_array_add(rights, (void *)right);
	}
	for (guint i = 0; i < found->len; i++) {
		if (is_alone(pairs, found->pdata[i]))
			pair_set_told_apart(graph, found->pdata[i], rights->pdata[i]);
		else
			g_ptr_array_remove(pairs, found->pdata[i]);
	}
}

GPtrArray *pairs_of(const struct graph *graph, const GPtrArray *feeds,
		    const struct invokes *invokes, const struct cfg *cfg,
		    const struct api_table *apis, enum era era)
{
	bool iterators_mix = era != ERA_PIN_USER_PAGES;
	GPtrArray *pairs = g_ptr_array_new_with_free_func(pair_free);

	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];

		if (call->role != ROLE_RELEASE || !call_is_seen(call) ||
		    call_implements_api(graph, apis, call))
			continue;
		if (call->node >= 0)
			release_pairs(graph, feeds, invokes, cfg, call, iterators_mix, pairs);
		else
			pair_add(pairs, LINK_UNKNOWN, NULL, call,
				 g_strdup("what it is given is no place that is understood"));
	}
	pairs_exchange(graph, cfg, pairs);
	if (!iterators_mix)
		pairs_tell_apart(graph, pairs);
	return pairs;
}
