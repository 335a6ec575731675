// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "cfg/reaching_defs.h"
#include "link/by_number.h"

#define NUMBER_DEPTH 12	/* operators, variables and calls that a number is followed through */

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

/* Nothing but the release of the function's own failures is known for the acquire. */
static bool stays_taken(const struct page_source *feed, const GPtrArray *pairs)
{
	for (guint i = 0; i < pairs->len; i++) {
		const struct pair *pair = pairs->pdata[i];

		if (pair->acquire == feed->call &&
		    (!family_is_pinned(feed->call->family) ||
		     pair->release->function != feed->call->function))
			return false;
	}
	return true;
}

/* mem_map + number: a global table of all pages, or its address. */
static bool is_page_of_number(const struct graph *graph, const struct expr *e)
{
	if (e->op != EXPR_ADD)
		return false;
	if (e->a->op == EXPR_GLOBAL)
		return knowledge_details(graph->knowledge, KNOW_GLOBAL, e->a->name) & KNOWN(MEMMAP);
	return e->a->op == EXPR_NUMBER;
}

/**
 * struct made_page - where a page is made of a number
 * @line: 0: it is not
 * @member: that the number is kept in, as far as it is seen; else NULL
 */
struct made_page {
	int line;
	const char *member;
};

/* The outermost member in the number: "aibv" of (mem_map + (dev->fib.aibv >> 12)). */
static const char *member_in(const struct expr *e)
{
	const char *name = NULL;

	if (!e || e->op == EXPR_MEMBER || e->op == EXPR_ARROW)
		return e ? e->name : NULL;
	name = member_in(e->b);
	return name ? name : member_in(e->a);
}

/*
 * Of the local page that is released: where nothing but a page of a number and NULL is ever put
 * into it before.
 */
static struct made_page made_at(const struct graph *graph, const struct cfg *cfg,
			   const struct call_info *release)
{
	struct made_page made = { 0 }, none = { 0 };
	const struct ir_function *function = cfg_function(cfg, release->function);
	int node = function ? cfg_call_node(function, release->id) : -1;
	const struct expr *page = node >= 0 && function->nodes[node].arg_count ?
		function->nodes[node].args[0] : NULL;
	g_autoptr(GArray) defs = NULL;

	if (page && is_page_of_number(graph, page))
		return (struct made_page){ function->nodes[node].line, member_in(page) };
	if (!page || page->op != EXPR_LOCAL)
		return none;
	defs = ir_reaching_defs(function, node, page, IR_EDGES_CONTROL);
	for (guint i = 0; i < defs->len; i++) {
		const struct ir_node *def = &function->nodes[g_array_index(defs, int, i)];

		if (def->kind != IR_SET || def->op != IR_OP_ASSIGN)
			return none;
		if (expr_is_number(def->rhs, 0))
			continue;
		if (!is_page_of_number(graph, def->rhs))
			return none;
		made = (struct made_page){ def->line, member_in(def->rhs) };
	}
	return made;
}

static bool is_ordinary_source(const struct graph *graph, const struct call_info *call)
{
	if (call->role == ROLE_SOURCE)
		return call->detail != DETAIL_ADDRESS && call->detail != DETAIL_BORROWED;
	return knowledge_has(graph->knowledge, KNOW_REF, call->callee) ||
	       (call->role == ROLE_ACQUIRE && !family_is_pinned(call->family));
}

/* The function stores something in a member of that name. */
static bool stores_in(const struct cfg *cfg, int function_id, const char *member)
{
	const struct ir_function *function = cfg_function(cfg, function_id);

	for (int i = 0; function && i < function->count; i++) {
		const struct expr *lhs = function->nodes[i].lhs;

		if (function->nodes[i].kind == IR_SET && lhs->name == member &&
		    (lhs->op == EXPR_MEMBER || lhs->op == EXPR_ARROW))
			return true;
	}
	return false;
}

/*
 * The file acquires, makes or takes references of pages that are not pinned. Where the acquire's
 * function stores in the member that the number is of, only such as store there too.
 */
static bool has_ordinary_pages(const struct graph *graph, const struct cfg *cfg,
			       const struct call_info *acquire, const char *member)
{
	bool stored = member && stores_in(cfg, acquire->function, member);

	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];

		if (call->file == acquire->file && call->status != CALL_HOMONYM &&
		    is_ordinary_source(graph, call) &&
		    (!stored || stores_in(cfg, call->function, member)))
			return true;
	}
	return false;
}

/* Of the acquire's kind; or of an ordinary reference in a file that has only pins. */
static bool is_kind_for(const struct graph *graph, const struct cfg *cfg,
			const struct page_source *feed, const struct call_info *release,
			const char *member)
{
	bool pinned = family_is_pinned(feed->call->family);

	if (pinned)
		return family_is_pinned(release->family) ||
		       !has_ordinary_pages(graph, cfg, feed->call, member);
	return !family_is_pinned(release->family) && by_number_goes(graph, feed);
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
		    (node->lhs->op == EXPR_MEMBER || node->lhs->op == EXPR_ARROW) &&
		    is_made_of(&n, i, node->rhs, NUMBER_DEPTH))
			return true;
	}
	return false;
}

static bool is_acquire_for(const struct graph *graph, const struct cfg *cfg,
			   const struct page_source *feed, const struct call_info *release,
			   const GPtrArray *pairs, const char *member)
{
	return feed->kind == FEED_ACQUIRE && feed->call->file == release->file &&
	       feed->call->function != release->function && feed->call->family != FAMILY_VEC &&
	       is_kind_for(graph, cfg, feed, release, member) && stays_taken(feed, pairs);
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

/* Of acquires that could be meant, those that keep a number in the member are, if any does. */
static void joins_narrow(const struct graph *graph, const struct cfg *cfg, const char *member,
			 GArray *joins, guint from)
{
	g_autofree bool *kept = g_new0(bool, joins->len + 1);
	bool any = false;

	for (guint i = from; member && i < joins->len; i++) {
		kept[i] = is_kept_in(graph, cfg, g_array_index(joins, struct join, i).feed, member);
		any |= kept[i];
	}
	for (guint i = joins->len; any && i-- > from;)
		if (!kept[i])
			g_array_remove_index(joins, i);
}

static void joins_collect(const struct graph *graph, const struct cfg *cfg, const GPtrArray *feeds,
			  const GPtrArray *pairs, struct pair *pair, GArray *joins)
{
	struct join join = { pair, NULL, 0 };
	guint before = joins->len;
	struct made_page made;

	if (pair->acquire || pair->kind != LINK_UNKNOWN || pair->release->node < 0 ||
	    graph_is_core_path(graph, graph_path(graph, pair->release->file)))
		return;
	made = made_at(graph, cfg, pair->release);
	join.line = made.line;
	for (guint i = 0; join.line && i < feeds->len; i++) {
		join.feed = feeds->pdata[i];
		if (is_acquire_for(graph, cfg, join.feed, pair->release, pairs, made.member))
			g_array_append_val(joins, join);
	}
	joins_narrow(graph, cfg, made.member, joins, before);
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
	pair->kind = LINK_LINK;
	pair->feed = join->feed;
	pair->acquire = join->feed->call;
	pair->reason = reason_new(REASON_BY_NUMBER, "rsd", reason_copy(join->feed->source),
				  graph_path(graph, pair->release->file), join->line);
}

void pairs_by_number(const struct graph *graph, const struct cfg *cfg, const GPtrArray *feeds,
		     GPtrArray *pairs)
{
	g_autoptr(GArray) joins = g_array_new(FALSE, FALSE, sizeof(struct join));

	for (guint i = 0; i < pairs->len; i++)
		joins_collect(graph, cfg, feeds, pairs, pairs->pdata[i], joins);
	for (guint i = 0; i < joins->len; i++)
		join_apply(graph, &g_array_index(joins, struct join, i), pairs);
}
