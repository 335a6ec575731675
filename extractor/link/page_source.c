// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "link/page_source.h"

bool call_is_seen(const struct call_info *call)
{
	return call->status == CALL_RESOLVED || call->status == CALL_RECOVERED;
}

/* Frame vectors are built on the API: they are no part of it. */
static bool function_is_api(const struct api_table *apis, const struct function_info *function)
{
	const struct api *api = api_find(apis, function->name);

	return api_is_site(api) && api->family != FAMILY_VEC;
}

/* It is told of which kind the pages are; see db/api.sql. Subsystems have such of their own. */
static bool function_is_told(const struct api_table *apis, const struct function_info *function)
{
	const struct api *api = api_find(apis, function->name);

	return api && api->detail == DETAIL_EITHER;
}

/* A file of the core that defines an acquire: its other functions serve that one. */
static bool file_defines_acquire(const struct graph *graph, const struct api_table *apis, int file)
{
	for (guint i = 0; i < graph->functions->len; i++) {
		const struct function_info *function = graph->functions->pdata[i];
		const struct api *api;

		if (function->file != file || function->is_static)
			continue;
		api = api_find(apis, function->name);
		if (api_has_role(api, ROLE_ACQUIRE) && api->family != FAMILY_VEC)
			return true;
	}
	return false;
}

/* arch/mips/mm/gup.c had a get_user_pages_fast() of its own: of the API, if others can call it. */
static bool is_of_arch(const struct graph *graph, const struct api_table *apis,
		       const struct function_info *function)
{
	return !graph->module && !function->is_static && function_is_api(apis, function);
}

bool call_implements_api(const struct graph *graph, const struct api_table *apis,
			 const struct call_info *call)
{
	const struct function_info *function = graph_function(graph, call->function);

	if (function && (function_is_told(apis, function) || is_of_arch(graph, apis, function)))
		return true;
	if (!function || !graph_is_core_path(graph, graph_path(graph, call->file)))
		return false;
	return function_is_api(apis, function) ||
	       ((call->role == ROLE_ACQUIRE || call->detail == DETAIL_EITHER ||
		 call->family == FAMILY_PIN) &&
		file_defines_acquire(graph, apis, call->file));
}

static void page_source_free(void *data)
{
	struct page_source *feed = data;

	reason_free(feed->source);
	reach_free(feed->reach);
	g_free(feed);
}

static struct page_source *page_source_add(GPtrArray *feeds, enum feed_kind kind,
					   struct reach *reach)
{
	struct page_source *feed = g_new0(struct page_source, 1);

	feed->kind = kind;
	feed->reach = reach;
	g_ptr_array_add(feeds, feed);
	return feed;
}

/* Over kernel memory: its pages are no user pages, and yet have a reference to drop. */
static void page_source_set_iterator(struct page_source *feed,
				     const struct iov_iter_origins *origins)
{
	if (feed->call->family != FAMILY_ITER && feed->call->family != FAMILY_EXTRACT)
		return;
	feed->iterator = iov_iter_origin_of(origins, feed->call);
	if (feed->iterator.kind == ITERATOR_KERNEL)
		feed->kind = FEED_OWNER;
}

static void acquire_feeds(const struct graph *graph, const struct api_table *apis, GPtrArray *feeds)
{
	struct iov_iter_origins *origins = iov_iter_origins_new(graph, NULL);

	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];
		struct page_source *feed;

		if (call->role != ROLE_ACQUIRE || !call_is_seen(call) || call->node < 0 ||
		    call_implements_api(graph, apis, call))
			continue;
		feed = page_source_add(feeds, FEED_ACQUIRE,
				       reach_from(graph, call->node, call->file, call->line));
		feed->call = call;
		feed->source = reason_call(call->callee, graph_path(graph, call->file), call->line);
		page_source_set_iterator(feed, origins);
	}
	iov_iter_origins_free(origins);
}

/*
 * A static function of a header (that is not indexed) looks its result up in something
 * that its caller has: sk_msg_elem(), bvec_init_iter_all().
 */
static enum feed_kind return_kind(const struct node *node, const struct api *api)
{
	bool is_static = node->owner[strcspn(node->owner, "\t") + 1];

	if (!api_has_role(api, ROLE_SOURCE))
		return is_static || node_is_indirect(node) ? FEED_ADDRESS : FEED_OUTSIDE;
	if (api->detail == DETAIL_ADDRESS)
		return FEED_LOOKUP;
	return api->detail == DETAIL_BORROWED ? FEED_BORROWER : FEED_OWNER;
}

/* alloc_pages() is a macro around alloc_pages_noprof() since memory is accounted by its caller. */
static const struct api *api_of(const struct api_table *apis, const char *name)
{
	const struct api *api = api_find(apis, name);
	g_autofree char *plain = api ? NULL : knowledge_plain_name(apis->knowledge, name);

	return plain ? api_find(apis, plain) : api;
}

/* get_page() and its like are called with pages of this reach, in one function if it is given. */
static bool is_referenced(const struct graph *graph, const struct reach *reach,
			  const struct function_info *function)
{
	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];

		if (reach_has(reach, call->node) && (!function || call->function == function->id) &&
		    knowledge_has(graph->knowledge, KNOW_REF, call->callee))
			return true;
	}
	return false;
}

/* put_page(find()): the result itself is what a call takes; its call, or NULL. */
static const struct call_info *taken_at_once(const struct graph *graph, int number)
{
	for (guint i = 0; graph_node(graph, number)->released && i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];

		if (call->node == number && call->role == ROLE_RELEASE)
			return call;
	}
	return NULL;
}

/**
 * struct giver - a function whose result is a source of pages
 * @api: its row of table api, or NULL
 */
struct giver {
	const char *name;
	const struct api *api;
	enum feed_kind kind;
};

static void return_feed(const struct graph *graph, const struct giver *giver, struct reach *reach,
			int file, int line, GPtrArray *feeds)
{
	struct page_source *feed = page_source_add(feeds, giver->kind, reach);

	feed->source = reason_call(giver->name, graph_path(graph, file), line);
	feed->allocates = knowledge_has(graph->knowledge, KNOW_PAGE_ALLOC, giver->name);
	feed->referenced = giver->kind == FEED_BORROWER && is_referenced(graph, reach, NULL);
	if (giver->kind == FEED_OWNER && giver->api && giver->api->taker)
		feed->takes_back = g_intern_string(giver->api->taker);
}

static void return_feeds(const struct graph *graph, const struct api_table *apis, int number,
			 GPtrArray *feeds)
{
	const struct node *node = graph_node(graph, number);
	g_autofree char *name = graph_function_words(node);
	const struct api *api = api_of(apis, name);
	const struct giver giver = { name, api, return_kind(node, api) };
	const struct call_info *taker;
	guint before = feeds->len;

	if ((!api && (graph_has_body(graph, node->owner) || node->resolved)) ||
	    (api && api->role != ROLE_SOURCE))
		return;
	for (guint i = 0; i < node->out->len; i++) {
		const struct edge *edge = &g_array_index(node->out, struct edge, i);

		if (edge->kind == EDGE_EXIT)
			return_feed(graph, &giver, reach_from_edge(graph, number, edge), edge->file,
				    edge->line, feeds);
	}
	taker = feeds->len == before ? taken_at_once(graph, number) : NULL;
	if (taker)
		return_feed(graph, &giver, reach_from_content(graph, number), taker->file,
			    taker->line, feeds);
}

/* A function out of sight that is given the address of a pfn fills it in. */
static void number_feeds(const struct graph *graph, int number, GPtrArray *feeds)
{
	const struct node *node = graph_node(graph, number);

	if (!node->number ||
	    (graph_has_body(graph, node->owner) && !graph_is_core(graph, node->owner)))
		return;
	for (guint i = 0; i < node->out->len; i++) {
		const struct edge *edge = &g_array_index(node->out, struct edge, i);
		g_autofree char *name = g_strndup(node->name, strcspn(node->name, "("));
		struct page_source *feed;

		if (edge->kind != EDGE_EXIT)
			continue;
		feed = page_source_add(feeds, FEED_ADDRESS,
				       reach_from(graph, edge->to, edge->file, edge->line));
		feed->source = reason_call(name, graph_path(graph, edge->file), edge->line);
		feed->referenced = is_referenced(graph, feed->reach, NULL);
	}
}

/*
 * follow_pfnmap_start(&args); pfn = args.pfn: a function out of sight is given an object and leaves
 * a number in it. Where a reference is taken of its page, that is of another source.
 */
static void number_field_feed(const struct graph *graph, int number, GPtrArray *feeds)
{
	const struct node *node = graph_node(graph, number);
	struct page_source *feed;
	struct reach *reach;

	if (!node->share || node->shared || node->context || node->fed || strchr(node->type, '*') ||
	    !node->out->len)
		return;
	reach = reach_from_content(graph, number);
	if (!is_referenced(graph, reach, NULL)) {
		reach_free(reach);
		return;
	}
	feed = page_source_add(feeds, FEED_ADDRESS, reach);
	feed->source = graph_place_reason(graph, number);
	feed->referenced = true;
}

/* __free_page() takes them back. */
static bool is_freed(const struct graph *graph, const struct reach *reach)
{
	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];

		if (call->detail == DETAIL_FREE && reach_has(reach, call->node))
			return true;
	}
	return false;
}

/*
 * alloc_pages_bulk_array(gfp, n, pages): the allocator fills an array of its caller's. Pages that
 * are freed as such do not come to a release of references, though the array may be a member that
 * has others at another time.
 */
static void alloc_feeds(const struct graph *graph, const struct api_table *apis, int number,
			GPtrArray *feeds)
{
	const struct node *node = graph_node(graph, number);
	g_autofree char *name = graph_function_words(node);
	const struct giver giver = { name, api_find(apis, name), FEED_OWNER };

	if (!node->array || node->number || giver.api || node_is_indirect(node) ||
	    (graph_has_body(graph, node->owner) && !graph_is_core(graph, node->owner)) ||
	    !knowledge_has(graph->knowledge, KNOW_PAGE_ALLOC, name))
		return;
	for (guint i = 0; i < node->out->len; i++) {
		const struct edge *edge = &g_array_index(node->out, struct edge, i);

		struct reach *reach;

		if (edge->kind != EDGE_EXIT)
			continue;
		reach = reach_from(graph, edge->to, edge->file, edge->line);
		if (is_freed(graph, reach))
			reach_free(reach);
		else
			return_feed(graph, &giver, reach, edge->file, edge->line, feeds);
	}
}

/* An array that an acquire fills: what the caller had in it before is no matter. */
static bool is_filled_here(const GPtrArray *feeds, int number)
{
	for (guint i = 0; i < feeds->len; i++) {
		const struct page_source *feed = feeds->pdata[i];
		int first = feed->reach->first[number];

		if (feed->kind == FEED_ACQUIRE && first >= 0 &&
		    g_array_index(feed->reach->steps, struct reached, first).origin)
			return true;
	}
	return false;
}

/* "address_space_operations.write_end": the member that holds the function, when only such do. */
static const char *cache_slot(const struct graph *graph, const char *owner)
{
	const char *slot = NULL;

	for (guint i = 0; i < graph->pointers->len; i++) {
		const struct side_flow *flow = &g_array_index(graph->pointers, struct side_flow, i);
		const struct node *function = graph_node(graph, flow->src);
		const char *holder = graph_node(graph, flow->dst)->name;

		if (*function->name != '&' ||
		    strncmp(function->name + 1, owner, strcspn(owner, "\t")) ||
		    function->name[1 + strcspn(owner, "\t")] ||
		    g_strcmp0(function->scope, owner + strcspn(owner, "\t") + 1))
			continue;
		if (!(knowledge_details(graph->knowledge, KNOW_SLOT, holder) & KNOWN(CACHE)))
			return NULL;
		slot = holder;
	}
	return slot;
}

/* A parameter that callers out of sight can fill. */
static void param_feeds(const struct graph *graph, int number, GPtrArray *feeds)
{
	const struct node *node = graph_node(graph, number);
	bool is_static = node->owner[strcspn(node->owner, "\t") + 1];
	const char *slot;
	struct page_source *feed;

	if (!graph_has_body(graph, node->owner) || (is_static && node->entered) ||
	    (!node->out->len && !node->released) || is_filled_here(feeds, number))
		return;
	/* sg_set_buf(sg, address): who calls an inline function is seen, and gives no page. */
	if (graph_is_inline(graph, node->owner) &&
	    !knowledge_of_type(graph->knowledge, node->type))
		return;
	slot = cache_slot(graph, node->owner);
	feed = page_source_add(feeds, slot ? FEED_BORROWER : is_static ? FEED_POINTER : FEED_PUBLIC,
			       reach_from_content(graph, number));
	if (slot)
		feed->source = reason_new(REASON_CACHE_SLOT, "s", slot);
	else
		feed->source = reason_new(is_static ? REASON_POINTER_PARAMETER
						    : REASON_PUBLIC_PARAMETER,
					  "r", graph_place_reason(graph, number));
}

/*
 * One page for all users, with a reference only where a user takes one. Where pins of it do
 * nothing, it is another page for ordinary references alone, and where one is taken.
 */
static void zero_feed(const struct graph *graph, int number, bool zero_is_pinned, GPtrArray *feeds)
{
	const struct node *node = graph_node(graph, number);

	for (guint i = 0; i < node->out->len; i++) {
		const struct edge *edge = &g_array_index(node->out, struct edge, i);
		struct reach *reach = reach_from_edge(graph, number, edge);
		const struct function_info *user =
			graph_function_at(graph, edge->file, edge->line);
		struct page_source *feed;

		if (zero_is_pinned && !is_referenced(graph, reach, user)) {
			reach_free(reach);
			continue;
		}
		feed = page_source_add(feeds, FEED_OWNER, reach);
		feed->source = reason_call("ZERO_PAGE", graph_path(graph, edge->file), edge->line);
		feed->unpinned = zero_is_pinned;
	}
}

/* pfn_to_page() is arithmetic on these. */
static void global_feed(const struct graph *graph, int number, bool zero_is_pinned,
			GPtrArray *feeds)
{
	const struct node *node = graph_node(graph, number);
	struct page_source *feed;

	unsigned int details = knowledge_details(graph->knowledge, KNOW_GLOBAL, node->name);

	if (details & KNOWN(ZERO))
		zero_feed(graph, number, zero_is_pinned, feeds);
	if (!(details & KNOWN(MEMMAP)))
		return;
	for (guint i = 0; i < node->out->len; i++) {
		const struct edge *edge = &g_array_index(node->out, struct edge, i);

		feed = page_source_add(feeds, FEED_ADDRESS, reach_from_edge(graph, number, edge));
		feed->source = reason_call("pfn_to_page", graph_path(graph, edge->file),
					   edge->line);
	}
}

GPtrArray *page_sources_of(const struct graph *graph, const struct api_table *apis,
			   bool zero_is_pinned)
{
	GPtrArray *feeds = g_ptr_array_new_with_free_func(page_source_free);

	acquire_feeds(graph, apis, feeds);
	for (guint i = 0; i < graph->nodes->len; i++) {
		enum place_kind kind = graph_node(graph, i)->kind;

		if (kind == PLACE_RETURN)
			return_feeds(graph, apis, i, feeds);
		else if (kind == PLACE_PARAM)
			param_feeds(graph, i, feeds), number_feeds(graph, i, feeds),
				alloc_feeds(graph, apis, i, feeds);
		else if (kind == PLACE_GLOBAL)
			global_feed(graph, i, zero_is_pinned, feeds);
		else if (kind == PLACE_FIELD)
			number_field_feed(graph, i, feeds);
	}
	return feeds;
}

bool page_source_concerns(const struct page_source *feed, const struct call_info *release)
{
	if (feed->unpinned && release->family != FAMILY_GET)
		return false;
	return !feed->takes_back || g_str_equal(feed->takes_back, release->callee);
}
