// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/reaching_defs.h"
#include "link/by_number.h"
#include "link/page_number.h"

#define NUMBER_DEPTH 12	/* operators, variables and calls that a number is followed through */

/* The pages are put into a scatterlist, which keeps their numbers and joins those of neighbours. */
static bool goes_into_list(const struct graph *graph, const struct page_source *feed)
{
	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];

		if (call->role == ROLE_USE && call->detail == DETAIL_SCATTER &&
		    reach_has(feed->reach, call->node))
			return true;
	}
	return false;
}

bool by_number_goes(const struct graph *graph, const struct page_source *feed)
{
	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];

		if (call->role == ROLE_USE &&
		    (call->detail == DETAIL_CPU || call->detail == DETAIL_PHYS) &&
		    (reach_has(feed->reach, call->node) ||
		     (call->node < 0 && call->status != CALL_DEAD && call->function &&
		      call->function == feed->call->function)))
			return true;
	}
	return false;
}

/* Nothing is known for the acquire; own: but the release of its function's own failures. */
static bool stays_taken(const struct page_source *feed, const GPtrArray *pairs, bool own)
{
	for (guint i = 0; i < pairs->len; i++) {
		const struct pair *pair = pairs->pdata[i];

		if (pair->acquire == feed->call &&
		    (!own || pair->release->function != feed->call->function))
			return false;
	}
	return true;
}

/**
 * struct joining - what all joins are made of
 * @apis: roles of functions
 * @pins: the era tells pins from ordinary references
 */
struct joining {
	const struct graph *graph;
	const struct api_table *apis;
	const struct cfg *cfg;
	const GPtrArray *feeds;
	GPtrArray *pairs;
	bool pins;
};

/* Of references that are none of an acquire; in an era with pins, none of a pin. */
static bool is_ordinary_source(const struct joining *j, const struct call_info *call)
{
	if (call->role == ROLE_SOURCE)
		return call->detail != DETAIL_ADDRESS && call->detail != DETAIL_BORROWED;
	return knowledge_has(j->graph->knowledge, KNOW_REF, call->callee) ||
	       (j->pins && call->role == ROLE_ACQUIRE && !family_is_pinned(call->family));
}

/* The function stores something in a member of that name. */
static bool stores_in(const struct cfg *cfg, int function_id, const char *member)
{
	const struct ir_function *function = cfg_function(cfg, function_id);

	for (int i = 0; function && i < function->count; i++) {
		const struct expr *lhs = function->nodes[i].lhs;

		if (function->nodes[i].kind == IR_SET && lhs->name == member &&
		    expr_is_member(lhs))
			return true;
	}
	return false;
}

/*
 * The file acquires, makes or takes references of pages that are not for the release. Where the
 * acquire's function stores in the member that the number is of, only such as store there too.
 */
static bool has_ordinary_pages(const struct joining *j, const struct call_info *acquire,
			       const char *member)
{
	bool stored = member && stores_in(j->cfg, acquire->function, member);

	for (guint i = 0; i < j->graph->calls->len; i++) {
		const struct call_info *call = j->graph->calls->pdata[i];

		if (call->file == acquire->file && call->status != CALL_HOMONYM &&
		    is_ordinary_source(j, call) &&
		    (!stored || stores_in(j->cfg, call->function, member)))
			return true;
	}
	return false;
}

/* The local variable of the acquire's function holds its pages. */
static bool holds_pages(const struct graph *graph, const struct page_source *feed,
			const char *variable)
{
	const struct function_info *function = graph_function(graph, feed->call->function);
	g_autofree char *name = g_strdup_printf("%s.%s", function->name, variable);
	const char *scope = graph_path(graph, feed->call->file);

	for (guint i = 0; i < feed->reach->steps->len; i++) {
		int number = g_array_index(feed->reach->steps, struct reached, i).node;
		const struct node *node = graph_node(graph, number);

		if (node->kind == PLACE_LOCAL && g_str_equal(node->name, name) &&
		    g_str_equal(node->scope, scope))
			return true;
	}
	return false;
}

/**
 * struct numbering - where the number of an acquire's pages goes to
 * @function: the acquire's
 */
struct numbering {
	const struct graph *graph;
	const struct page_source *feed;
	const struct ir_function *function;
};

/*
 * The number is made of the acquire's pages: by arithmetic, numbers in local variables, and calls
 * that are given the page. Definitions of pointers are not followed: pages of others are there.
 */
static bool is_made_of(const struct numbering *n, int at, const struct expr *e, int depth)
{
	if (!e || !depth)
		return false;
	if (e->op == EXPR_RESULT) {
		const struct ir_node *call = &n->function->nodes[e->number];

		for (int i = 0; i < call->arg_count; i++)
			if (is_made_of(n, e->number, call->args[i], depth - 1))
				return true;
		return false;
	}
	if (e->op == EXPR_LOCAL) {
		g_autoptr(GArray) defs = NULL;

		if (holds_pages(n->graph, n->feed, e->name))
			return true;
		defs = ir_reaching_defs(n->function, at, e, IR_EDGES_CONTROL);
		for (guint i = 0; i < defs->len; i++) {
			int node = g_array_index(defs, int, i);
			const struct ir_node *def = &n->function->nodes[node];

			if (def->kind == IR_SET && def->type != IR_TYPE_POINTER &&
			    is_made_of(n, node, def->rhs, depth - 1))
				return true;
		}
		return false;
	}
	return is_made_of(n, at, e->a, depth - 1) || is_made_of(n, at, e->b, depth - 1);
}

/* The acquire's function keeps the number of its pages in a member of that name. */
static bool is_kept_in(const struct graph *graph, const struct cfg *cfg,
		       const struct page_source *feed, const char *member)
{
	struct numbering n = { graph, feed, cfg_function(cfg, feed->call->function) };

	for (int i = 0; n.function && i < n.function->count; i++) {
		const struct ir_node *node = &n.function->nodes[i];

		if (node->kind == IR_SET && node->lhs->name == member &&
		    expr_is_member(node->lhs) &&
		    is_made_of(&n, i, node->rhs, NUMBER_DEPTH))
			return true;
	}
	return false;
}

static bool is_acquire_for(const struct joining *j, const struct page_source *feed,
			   const struct call_info *release, const char *member)
{
	bool pinned = feed->kind == FEED_ACQUIRE && family_is_pinned(feed->call->family);

	if (feed->kind != FEED_ACQUIRE || feed->call->file != release->file ||
	    feed->call->function == release->function || feed->call->family == FAMILY_VEC)
		return false;
	if (pinned)
		return (family_is_pinned(release->family) ||
			!has_ordinary_pages(j, feed->call, member)) &&
		       stays_taken(feed, j->pairs, true);
	if (family_is_pinned(release->family))
		return false;
	/* Before pins, all that is released is alike, if the file has no other pages. */
	if (!j->pins && goes_into_list(j->graph, feed) &&
	    !has_ordinary_pages(j, feed->call, member))
		return stays_taken(feed, j->pairs, true);
	return by_number_goes(j->graph, feed) && stays_taken(feed, j->pairs, false);
}

/**
 * struct join - a pair to be
 * @alone: the pair of the release alone
 * @line: where its page is made of a number
 */
struct join {
	struct pair *alone;
	const struct page_source *feed;
	int line;
};

/*
 * The pages of another source that the file puts into a scatterlist, where it has no acquire: what
 * it releases by its number is one of these. NULL for none.
 */
static const struct page_source *own_in_list(const struct joining *j,
					     const struct call_info *release)
{
	const struct page_source *own = NULL;

	for (guint i = 0; i < j->feeds->len; i++) {
		const struct page_source *feed = j->feeds->pdata[i];
		const struct reached *first = &g_array_index(feed->reach->steps, struct reached, 0);

		if (first->file != release->file)
			continue;
		if (feed->kind == FEED_ACQUIRE)
			return NULL;
		if (!own && feed->kind == FEED_OWNER && goes_into_list(j->graph, feed))
			own = feed;
	}
	return own;
}

static void release_own(const struct joining *j, struct pair *pair, const struct made_page *made)
{
	const struct page_source *own = made->line && pair->release->family == FAMILY_GET ?
		own_in_list(j, pair->release) : NULL;

	if (!own)
		return;
	reason_free(pair->reason);
	pair->kind = LINK_DECOY;
	pair->reason = reason_new(REASON_BY_NUMBER, "rsd", reason_copy(own->source),
				  graph_path(j->graph, pair->release->file), made->line);
}

/* Of acquires that could be meant, those that keep a number in the member are, if any does. */
static void joins_narrow(const struct joining *j, const char *member, GArray *joins, guint from)
{
	g_autofree bool *kept = g_new0(bool, joins->len + 1);
	bool any = false;

	for (guint i = from; member && i < joins->len; i++) {
		kept[i] = is_kept_in(j->graph, j->cfg, g_array_index(joins, struct join, i).feed,
				     member);
		any |= kept[i];
	}
	for (guint i = joins->len; any && i-- > from;)
		if (!kept[i])
			g_array_remove_index(joins, i);
}

/* A local variable of the file that is a number or an address, by its type. */
static bool is_number_in(const struct graph *graph, const struct node *node, int file)
{
	return node->kind == PLACE_LOCAL && !node->array &&
	       !knowledge_of_type(graph->knowledge, node->type) &&
	       g_str_equal(node->scope, graph_path(graph, file));
}

/* Marks the calls of a function that are releases of an acquire's pages. Caller frees. */
static bool *marks_of_releases(const struct joining *j, const struct call_info *acquire,
			       const struct ir_function *function)
{
	bool *marks = g_new0(bool, function->count + 1);

	for (guint i = 0; i < j->pairs->len; i++) {
		const struct pair *pair = j->pairs->pdata[i];
		int node = pair->acquire == acquire && pair->release->function == function->id ?
			cfg_call_node(function, pair->release->id) : -1;

		if (node >= 0)
			marks[node] = true;
	}
	return marks;
}

/* Some path from where the number is taken, by a SET on the line, ends without a release. */
static bool ends_taken(const struct joining *j, const struct call_info *acquire,
		       const struct ir_function *function, int line)
{
	g_autofree bool *marks = marks_of_releases(j, acquire, function);

	for (int i = 0; i < function->count; i++) {
		if (function->nodes[i].kind != IR_SET || function->nodes[i].line != line)
			continue;
		for (int end = i; end < function->count; end++)
			if (function->nodes[end].kind == IR_RETURN &&
			    ir_leads_around(function, i, end, marks, IR_EDGES_PASS_BY))
				return true;
	}
	return false;
}

/* A function of the file takes the number of the acquire's pages, and does not release them. */
static bool takes_number(const struct joining *j, const struct page_source *feed, int file)
{
	const struct graph *graph = j->graph;

	for (guint i = 0; i < feed->reach->steps->len; i++) {
		const struct reached *step = &g_array_index(feed->reach->steps, struct reached, i);
		const struct function_info *at = step->file == file &&
			is_number_in(graph, graph_node(graph, step->node), file) ?
			graph_function_at(graph, step->file, step->line) : NULL;
		const struct ir_function *function = at ? cfg_function(j->cfg, at->id) : NULL;

		if (function && ends_taken(j, feed->call, function, step->line))
			return true;
	}
	return false;
}

/*
 * Ordinary references of acquires in other files, whose pages come to the release's file, where
 * their number is taken and kept. Pages of other sources come the same way, as they do to the
 * releases of these acquires there.
 */
static void joins_collect_far(const struct joining *j, struct pair *pair, GArray *joins, int line)
{
	const struct call_info *release = pair->release;

	for (guint i = 0; release->family == FAMILY_GET && i < j->feeds->len; i++) {
		struct join join = { pair, j->feeds->pdata[i], line };
		const struct page_source *feed = join.feed;

		if (feed->kind == FEED_ACQUIRE && feed->call->file != release->file &&
		    feed->call->family != FAMILY_VEC && !family_is_pinned(feed->call->family) &&
		    takes_number(j, feed, release->file))
			g_array_append_val(joins, join);
	}
}

/* The worst kind that the acquire's pages have at another release of the file. */
static enum link_kind kind_in_file(const GPtrArray *pairs, const struct call_info *acquire,
				   int file)
{
	enum link_kind kind = LINK_LINK;

	for (guint i = 0; acquire->file != file && i < pairs->len; i++) {
		const struct pair *pair = pairs->pdata[i];

		if (pair->acquire != acquire || pair->release->file != file)
			continue;
		if (pair->kind == LINK_MIXED || (pair->kind == LINK_UNKNOWN && kind == LINK_LINK))
			kind = pair->kind;
	}
	return kind;
}

/* Not understood, or taken for another's because no acquire near has pages that go out of sight. */
static bool is_open(const struct pair *pair)
{
	return pair->kind == LINK_UNKNOWN ||
	       (pair->kind == LINK_DECOY && pair->reason->code == REASON_OUT_OF_REACH);
}

static void joins_collect(const struct joining *j, struct pair *pair, GArray *joins)
{
	const struct graph *graph = j->graph;
	struct join join = { pair, NULL, 0 };
	guint before = joins->len;
	struct made_page made;

	if (pair->acquire || !is_open(pair) || pair->release->node < 0 ||
	    graph_is_core_path(graph, graph_path(graph, pair->release->file)))
		return;
	made = made_page_of(graph, j->apis, j->cfg, pair->release);
	join.line = made.line;
	for (guint i = 0; join.line && pair->kind == LINK_UNKNOWN && i < j->feeds->len; i++) {
		join.feed = j->feeds->pdata[i];
		if (is_acquire_for(j, join.feed, pair->release, made.member))
			g_array_append_val(joins, join);
	}
	joins_narrow(j, made.member, joins, before);
	if (join.line && joins->len == before)
		joins_collect_far(j, pair, joins, join.line);
	if (joins->len == before && pair->kind == LINK_UNKNOWN)
		release_own(j, pair, &made);
}

/* The pair of the release alone takes the first acquire; each further one is a pair behind it. */
static void join_apply(const struct graph *graph, const struct join *join, GPtrArray *pairs)
{
	struct pair *pair = join->alone;
	guint at;

	if (pair->acquire && g_ptr_array_find(pairs, pair, &at)) {
		pair = g_new0(struct pair, 1);
		pair->release = join->alone->release;
		g_ptr_array_insert(pairs, at + 1, pair);
	}
	reason_free(pair->reason);
	pair->kind = kind_in_file(pairs, join->feed->call, pair->release->file);
	pair->feed = join->feed;
	pair->acquire = join->feed->call;
	pair->reason = reason_new(REASON_BY_NUMBER, "rsd", reason_copy(join->feed->source),
				  graph_path(graph, pair->release->file), join->line);
}

void pairs_by_number(const struct graph *graph, const struct api_table *apis,
		     const struct cfg *cfg, const GPtrArray *feeds, bool pins, GPtrArray *pairs)
{
	const struct joining j = { graph, apis, cfg, feeds, pairs, pins };
	g_autoptr(GArray) joins = g_array_new(FALSE, FALSE, sizeof(struct join));

	for (guint i = 0; i < pairs->len; i++)
		joins_collect(&j, pairs->pdata[i], joins);
	for (guint i = 0; i < joins->len; i++)
		join_apply(graph, &g_array_index(joins, struct join, i), pairs);
}
