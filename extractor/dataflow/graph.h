/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DATAFLOW_GRAPH_H
#define GUPCONV_DATAFLOW_GRAPH_H

#include "model/call_status.h"
#include "model/detail.h"
#include "model/family.h"
#include "model/knowledge.h"
#include "model/place_kind.h"
#include "model/reason.h"
#include "model/role.h"

struct heap_clones;
struct inline_copies;

/*
 * Places and the flow between them, in memory.
 *
 * A place is one node, but for a field of a struct that the whole kernel shares
 * (declared below include/): there are as many kinds of object behind
 * "bio_vec.bv_page" as there are users, so it is one node a user's file or
 * directory. And a field whose objects are heap clones (heap_clone.h) is one for
 * each of these.
 */

enum edge_kind {
	EDGE_WITHIN,	/* inside one function, or by a field or global */
	EDGE_ENTER,	/* argument to parameter: into the function called at site */
	EDGE_EXIT,	/* out of it again, to the one that called at site */
};

/*
 * "a = b" of arrays: what is in b is in a (forward), and what is put into a
 * later is in b too (back). But what came into a from b does not go back into
 * some other array that a stood for at another time.
 */
enum edge_turn { TURN_NONE, TURN_FORWARD, TURN_BACK };

/**
 * struct edge - pages can go from a node to another
 * @turn: for arrays, which way; TURN_NONE for single pages
 * @site: of a call: the same number for what goes in and out by one call
 * @file: file id, and @line of it: evidence
 * @context: that the object has which @to is a member of, where it is known; else 0
 * @from_context: the same of where the edge starts
 */
struct edge {
	int to;
	enum edge_kind kind;
	enum edge_turn turn;
	int site;
	int file;
	int line;
	int context, from_context;
};

/* A call, by its number: of the function with key owner. */
struct call_site {
	const char *owner;
	int file;
	int line;
};

/**
 * struct function_info - a row of table function
 * @key: name, and its path when static: what places name
 * @objects: as signature.objects, or NULL
 * @listed: table api has a function of this name, with all that matters of it
 * @taken: a table outside of functions has its address, so that others call it through a pointer
 */
struct function_info {
	int id;
	int file;
	int line, end_line;
	bool is_static;
	char *name;
	char *key;
	const char *objects;
	bool listed;
	bool taken;
};

/**
 * struct node - a place, or a user's share of one
 * @place: its id
 * @owner: key of the function that it belongs to, or NULL
 * @scope: of the place
 * @type: of it, in words
 * @share: which user's share of a field that many kinds of object have; 0 for all of it
 * @shared: the same of a container: one file's
 * @context: the heap clone that this field belongs to; 0: any object
 *	or not known
 * @array: names an array that a function may fill for another
 * @out: of struct edge
 * @number: points to a number: a function leaves a pfn there
 * @entered: some indexed call passes pages into this parameter
 * @fed: something flows in at all
 * @released: a release takes its pages
 * @resolved: of a call through a pointer: some function is known to be behind it
 */
struct node {
	int place;
	enum place_kind kind;
	const char *name;
	const char *owner;
	const char *scope;
	const char *type;
	int share;
	bool shared;
	int context;
	bool array;
	bool number;
	bool entered;
	bool fed;
	bool released;
	bool resolved;
	GArray *out;
};

/**
 * struct call_info - a row of table call, of a role that matters here
 * @node: its place's node, or -1
 * @family, @detail: of its callee, in table api
 * @guard: the conditions of #if around it
 */
struct call_info {
	int id;
	int file;
	int function;	/* id, 0 for none */
	int line;
	int node;
	int place;
	const char *callee;
	enum role role;
	enum call_status status;
	enum family family;
	enum detail detail;
	const char *flags;
	const char *macro;
	const char *guard;
};

/* iov_iter_put_page(), bio_put_page(): something beside the page tells of which kind it is. */
static inline bool call_is_told_kind(const struct call_info *call)
{
	return call->role == ROLE_RELEASE && call->detail == DETAIL_EITHER;
}

/**
 * struct side_flow - a flow that no page goes along: between nodes
 */
struct side_flow {
	int dst, src;
	int file, line;
};

/**
 * struct graph - all of it
 * @strings: owns every text
 * @knowledge: of the kernel
 * @nodes: of struct node *
 * @calls: of struct call_info *, by id
 * @functions: of struct function_info *, by file and line
 * @bodies: keys of the functions that have a body in an indexed file
 * @paths: file id -> path
 * @pointers: of struct side_flow: functions as values
 * @site_info: number of a call - 1 -> struct call_site
 * @clones: heap clones: objects of one struct by their allocation sites
 * @copies: of the inline functions of headers
 * @iterators: of struct side_flow: the iterator that an acquire's pages are of
 */
struct graph {
	GStringChunk *strings;
	struct knowledge *knowledge;
	GPtrArray *nodes;
	GPtrArray *calls;
	GPtrArray *functions;
	GHashTable *bodies;
	GHashTable *function_by_id;
	GHashTable *paths;
	GHashTable *node_by_key;
	GHashTable *places;
	GHashTable *place_by_name;
	GHashTable *sites;
	GArray *site_info;
	struct heap_clones *clones;
	struct inline_copies *copies;
	long module;	/* drivers outside of the kernel: their version, else 0 */
	GArray *pointers;
	GArray *iterators;
};

struct graph *graph_load(struct db *db, GError **error);
void graph_free(struct graph *graph);

const char *graph_path(const struct graph *graph, int file);
/* The innermost function around a line, or NULL. */
const struct function_info *graph_function_at(const struct graph *graph, int file, int line);
const struct function_info *graph_function(const struct graph *graph, int id);
/* A row of table call, by its id; NULL for one that is not in the graph. */
const struct call_info *graph_call(const struct graph *graph, int id);
static inline struct node *graph_node(const struct graph *graph, int node)
{
	return graph->nodes->pdata[node];
}
static inline bool graph_has_body(const struct graph *graph, const char *key)
{
	return g_hash_table_contains(graph->bodies, key);
}
/* A file of mm/, lib/ or include/: a module has folders of such names, but they are its own. */
bool graph_is_core_path(const struct graph *graph, const char *path);
/* The function with this key is one of mm/, lib/ or include/linux/. */
bool graph_is_core(const struct graph *graph, const char *owner);
/* The function with this key is a static one of a header of the whole kernel. */
bool graph_is_inline(const struct graph *graph, const char *owner);
/* The key of the function that a parameter or result is of, or NULL. */
const char *graph_place_owner(const struct graph *graph, int place_id);
/* The node of a param or return place with this name, if it has one already; else -1. */
int graph_find(const struct graph *graph, const char *name, const char *scope);
/* The node of a place as a file has it, of any object; -1 where no flow of such files has one. */
int graph_node_in(const struct graph *graph, int place_id, int file);
/* An edge of the graph's own, between nodes of one function or behind a pointer. */
void graph_join(struct graph *graph, int dst, int src, bool array, int file, int line);
/* A call through a pointer: its place's name begins with '*'. */
static inline bool node_is_indirect(const struct node *node)
{
	return node->name[0] == '*';
}
/* The name of a local's variable: "page" of "take.page"; NULL of other places. */
const char *node_variable(const struct node *node);
/* How much of "f(#2)", "f()" and "*f(#2)(#0)" is the function's name. */
size_t graph_function_length(const char *name);
/* The number of a call, if pages go in or out by it; else 0. */
int graph_site(const struct graph *graph, int file, int line, const char *owner);
/* The function of a parameter or result, in words: "put", "->put". Caller frees. */
char *graph_function_words(const struct node *node);
/* A place as an argument of a reason. Caller frees. */
struct reason *graph_place_reason(const struct graph *graph, int node);

#endif
