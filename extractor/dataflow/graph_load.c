// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "dataflow/graph_load.h"
#include "model/path_class.h"
#include "ctext/presence_condition.h"
#include "dataflow/heap_clone.h"
#include "dataflow/inline_copies.h"
#include "model/flow_kind.h"

static char *site_key(int file, int line, const char *owner)
{
	return g_strdup_printf("%d:%d:%s", file, line, owner);
}

int graph_site(const struct graph *graph, int file, int line, const char *owner)
{
	g_autofree char *key = site_key(file, line, owner);

	return GPOINTER_TO_INT(g_hash_table_lookup(graph->sites, key));
}

/* One number for a call of a function on a line. */
static int site_number(struct graph *graph, int file, int line, const char *owner)
{
	g_autofree char *key = site_key(file, line, owner);
	void *found = g_hash_table_lookup(graph->sites, key);
	struct call_site site = { owner, file, line };

	if (!found) {
		found = GINT_TO_POINTER(g_hash_table_size(graph->sites) + 1);
		g_hash_table_insert(graph->sites, g_steal_pointer(&key), found);
		g_array_append_val(graph->site_info, site);
	}
	return GPOINTER_TO_INT(found);
}

/* dst_way, src_way: 0 where it is not known which it is */
struct node_flow {
	int dst, src;
	int dst_way, src_way;
	enum flow_kind kind;
	int file, line;
};

static bool crosses(const struct node *node, enum place_kind kind, const char *here)
{
	return node->kind == kind && g_strcmp0(node->owner, here) != 0;
}

/* A function of the core's that others call; not a static one of the same file. */
static bool is_service(const struct graph *graph, const char *owner, int file)
{
	return graph_is_core(graph, owner) && !graph_is_inline(graph, owner) &&
	       strcmp(strchr(owner, '\t') + 1, graph_path(graph, file));
}

static void flow_edges(struct graph *graph, const struct node_flow *row, const char *here)
{
	bool call = crosses(graph_node(graph, row->dst), PLACE_PARAM, here);
	bool back = crosses(graph_node(graph, row->src), PLACE_RETURN, here);
	const char *owner = graph_node(graph, call ? row->dst : row->src)->owner;
	int site = call || back ? site_number(graph, row->file, row->line, owner) : 0;
	struct edge forward = {
		row->dst,     EDGE_WITHIN, row->kind == FLOW_ALIAS ? TURN_FORWARD : TURN_NONE,
		site,	      row->file,   row->line,
		row->dst_way, row->src_way
	};
	struct edge reverse = { row->src, EDGE_WITHIN, TURN_BACK, site, row->file, row->line,
				row->src_way, row->dst_way };

	if (call && is_service(graph, owner, row->file) &&
	    !path_is_mm(graph->knowledge, graph_path(graph, row->file))) {
		/* A number or an array of pages that it fills in for its caller comes out. */
		const struct node *param = graph_node(graph, row->dst);

		reverse.kind = EDGE_EXIT;
		if (row->kind == FLOW_ALIAS && (param->number || param->array))
			graph_edge_add(graph, row->dst, reverse);
		return;
	}
	if (call)
		forward.kind = EDGE_ENTER, reverse.kind = EDGE_EXIT;
	else if (back)
		forward.kind = EDGE_EXIT, reverse.kind = EDGE_ENTER;
	graph_edge_add(graph, row->src, forward);
	if (row->kind == FLOW_ALIAS)
		graph_edge_add(graph, row->dst, reverse);
}

/* f(g()): out of g, then into f, by a node in between. */
static void flow_add(struct graph *graph, struct node_flow row)
{
	const struct function_info *function = graph_function_at(graph, row.file, row.line);
	const char *here = function ? function->key : "";
	const struct node *src = graph_node(graph, row.src);

	if (crosses(src, PLACE_RETURN, here) &&
	    crosses(graph_node(graph, row.dst), PLACE_PARAM, here)) {
		struct node_flow first = row;
		int between = graph_node_between(graph, src->place);

		graph_node(graph, between)->kind = PLACE_OTHER;
		first.dst = between;
		flow_edges(graph, &first, here);
		row.src = between;
	}
	flow_edges(graph, &row, here);
}

/* true for a kind of flow that no page goes along */
static bool side_flow_add(struct graph *graph, const struct node_flow *row)
{
	struct side_flow side = { row->dst, row->src, row->file, row->line };

	if (row->kind != FLOW_POINTER && row->kind != FLOW_ITER)
		return false;
	g_array_append_val(row->kind == FLOW_POINTER ? graph->pointers : graph->iterators, side);
	return true;
}

/* The places of one side of a flow: several where objects are told apart. */
struct ends {
	int place;
	const GArray *contexts;
	bool known;
};

static struct ends ends_of(const struct graph *graph, int place, int function)
{
	struct ends ends = { .place = place };

	ends.contexts = heap_clones_of(graph->clones, place, function, &ends.known);
	return ends;
}

static guint ends_count(const struct ends *ends)
{
	return ends->contexts ? ends->contexts->len : 1;
}

static int ends_way(const struct ends *ends, guint index)
{
	return ends->contexts ? g_array_index(ends->contexts, int, index) : 0;
}

static void flow_add_between(struct graph *graph, const struct flow_row *row,
			     const struct ends *dst, guint d, const struct ends *src, guint s)
{
	struct node_flow flow = {
		.dst = graph_node_of(graph, dst->place, row->user, ends_way(dst, d)),
		.src = graph_node_of(graph, src->place, row->user, ends_way(src, s)),
		.dst_way = dst->known ? ends_way(dst, d) : 0,
		.src_way = src->known ? ends_way(src, s) : 0,
		.kind = row->kind, .file = row->file, .line = row->line,
	};

	if (flow.dst >= 0 && flow.src >= 0 && flow.dst != flow.src && !side_flow_add(graph, &flow))
		flow_add(graph, flow);
}

static void flow_add_all(struct graph *graph, const struct flow_row *row)
{
	const struct function_info *function = graph_function_at(graph, row->file, row->line);
	int number = function ? function->id : 0;
	struct ends to = ends_of(graph, row->dst, number), from = ends_of(graph, row->src, number);
	bool same = heap_clones_are_same(graph->clones, row->dst, row->src, number);

	for (guint d = 0; d < ends_count(&to); d++)
		for (guint s = 0; s < ends_count(&from); s++)
			if (!same || !to.contexts || !from.contexts ||
			    ends_way(&to, d) == ends_way(&from, s))
				flow_add_between(graph, row, &to, d, &from, s);
}

/* Objects that go into inline functions. */
static bool load_inline_calls(struct graph *graph, struct db *db, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "link_inline_invokes");
	GError *failure = NULL;

	while (db_step(db, stmt, &failure)) {
		g_autofree char *key = g_strjoin("\t", db_text(stmt, 2), db_text(stmt, 3), NULL);

		inline_copies_call(graph->copies, sqlite3_column_int(stmt, 0),
				   sqlite3_column_int(stmt, 1), key);
	}
	if (failure)
		g_propagate_error(error, failure);
	return !failure;
}

bool graph_load_flows(struct graph *graph, struct db *db, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "link_flows");
	GError *failure = NULL;

	graph->copies = inline_copies_new(graph);
	while (db_step(db, stmt, &failure)) {
		struct flow_row row = {
			.dst = sqlite3_column_int(stmt, 0),
			.src = sqlite3_column_int(stmt, 1),
			.kind = flow_kind_find(db_text(stmt, 2)),
			.file = sqlite3_column_int(stmt, 3),
			.line = sqlite3_column_int(stmt, 4),
		};

		row.user = row.file;
		if (inline_copies_keep(graph->copies, &row))
			continue;
		inline_copies_use(graph->copies, &row);
		flow_add_all(graph, &row);
	}
	if (failure) {
		g_propagate_error(error, failure);
		return false;
	}
	if (!load_inline_calls(graph, db, error))
		return false;
	inline_copies_add(graph->copies, flow_add_all, graph);
	return true;
}

/* A module's #if for other kernels has calls that this one is not compiled with. */
static bool is_for_version(const struct graph *graph, const char *guard)
{
	return !graph->module || guard_in_version(guard, graph->module) != GUARD_NO;
}

static bool array_has(const GArray *numbers, int number)
{
	for (guint i = 0; i < numbers->len; i++)
		if (g_array_index(numbers, int, i) == number)
			return true;
	return false;
}

/* The nodes that a call's place is: one for each context, in each copy of its function. */
static GArray *call_nodes(struct graph *graph, const struct call_info *call)
{
	struct ends ends = ends_of(graph, call->place, call->function);
	const GArray *files = inline_copies_files(graph->copies, call->function);
	GArray *nodes = g_array_new(FALSE, FALSE, sizeof(int));

	for (guint f = 0; f < (files ? files->len : 1); f++)
		for (guint i = 0; i < ends_count(&ends); i++) {
			int file = files ? g_array_index(files, int, f) : call->file;
			int node = graph_node_of(graph, call->place, file, ends_way(&ends, i));

			if (node >= 0 && !array_has(nodes, node))
				g_array_append_val(nodes, node);
		}
	return nodes;
}

/*
 * put_page(first_of(list)): the page is the result of that very call of first_of(), and not of
 * others. -1: the node is no other function's result.
 */
static int result_node(struct graph *graph, const struct call_info *call, int node)
{
	const struct function_info *function = graph_function(graph, call->function);
	const struct node *result = graph_node(graph, node);
	bool gives = call->role == ROLE_ACQUIRE;
	struct edge edge = { .file = call->file, .line = call->line };
	int between;

	if (!function || call->role == ROLE_SOURCE || call->role == ROLE_CARRY ||
	    !crosses(result, PLACE_RETURN, function->key))
		return -1;
	edge.site = site_number(graph, call->file, call->line, result->owner);
	between = graph_node_between(graph, result->place);
	graph_node(graph, between)->kind = PLACE_OTHER;
	edge.to = gives ? node : between;
	edge.kind = gives ? EDGE_ENTER : EDGE_EXIT;
	edge.turn = gives ? TURN_BACK : result->array ? TURN_FORWARD : TURN_NONE;
	graph_edge_add(graph, gives ? between : node, edge);
	return between;
}

/*
 * Where a call may have a member of several contexts, or is in an inline function that several
 * files have, it has a place of its own between: what it takes comes from each, what an acquire
 * gives goes into each.
 */
static int call_node(struct graph *graph, const struct call_info *call)
{
	g_autoptr(GArray) nodes = call_nodes(graph, call);
	bool gives = call->role == ROLE_ACQUIRE;
	int between, only = -1;

	if (nodes->len < 2) {
		only = nodes->len ? g_array_index(nodes, int, 0) : -1;
		between = only < 0 ? -1 : result_node(graph, call, only);
		return between < 0 ? only : between;
	}
	between = graph_node_between(graph, call->place);
	for (guint i = 0; i < nodes->len; i++) {
		int node = g_array_index(nodes, int, i);
		struct edge edge = { gives ? node : between, EDGE_WITHIN,
				     gives ? TURN_BACK : graph_node(graph, node)->array ?
				     TURN_FORWARD : TURN_NONE, 0, call->file, call->line, 0, 0 };

		graph_edge_add(graph, gives ? between : node, edge);
	}
	return between;
}

bool graph_load_calls(struct graph *graph, struct db *db, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "link_calls");
	GError *failure = NULL;

	while (db_step(db, stmt, &failure)) {
		struct call_info *call = g_new0(struct call_info, 1);

		call->id = sqlite3_column_int(stmt, 0);
		call->file = sqlite3_column_int(stmt, 1);
		call->function = sqlite3_column_int(stmt, 2);
		call->line = sqlite3_column_int(stmt, 3);
		call->callee = graph_intern(graph, db_text(stmt, 4));
		call->role = role_find(db_text(stmt, 5));
		call->status = is_for_version(graph, db_text(stmt, 12)) ?
			(enum call_status)call_status_find(db_text(stmt, 6)) : CALL_OTHER_KERNEL;
		call->place = sqlite3_column_int(stmt, 7);
		call->flags = graph_intern(graph, db_text(stmt, 8));
		call->family = family_find(db_text(stmt, 9));
		call->detail = detail_of(db_text(stmt, 10));
		call->macro = graph_intern(graph, db_text(stmt, 11));
		call->guard = graph_intern(graph, db_text(stmt, 12));
		call->node = call_node(graph, call);
		if (call->node >= 0 && call->role == ROLE_RELEASE)
			graph_node(graph, call->node)->released = true;
		g_ptr_array_add(graph->calls, call);
	}
	if (failure)
		g_propagate_error(error, failure);
	return !failure;
}
