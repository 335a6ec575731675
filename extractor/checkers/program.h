/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_PROGRAM_H
#define GUPCONV_CHECKERS_PROGRAM_H

#include "cfg/cfg_load.h"
#include "dataflow/graph.h"

/**
 * struct site_args - which arguments of an acquire or release are what
 * @pages, @count: index, -1: none
 */
struct site_args {
	int pages;
	int count;
};

/**
 * struct function - a function's graph, and what the database knows of its calls
 * @info: of the value-flow graph
 * @ir: the graph, of struct cfg
 * @knowledge: of the kernel
 * @calls: for each node, the row of table call, or NULL
 * @args: for each node that has one
 */
struct function {
	const struct function_info *info;
	const struct knowledge *knowledge;
	const struct ir_function *ir;
	const struct call_info **calls;
	struct site_args *args;
};

/**
 * struct program - all functions that have a graph
 * @pool: of struct cfg
 * @functions: of struct function *, by function id
 * @by_key: name, with its path when static -> struct function
 * @params: "f\tscope#2" -> node of the value-flow graph + 1
 * @pairs: "acquire:release" ids that table link joins, whatever its kind
 * @linked: release ids -> kind of their first link + 1
 * @liveness: struct function -> struct liveness, made when first needed
 */
struct program {
	const struct graph *graph;
	struct expr_pool *pool;
	GPtrArray *functions;
	GHashTable *by_key;
	GHashTable *params;
	GHashTable *pairs;
	GHashTable *linked;
	GHashTable *liveness;
};

/* NULL with error set. graph and cfg must outlive the program. */
struct program *program_load(struct db *db, const struct graph *graph, const struct cfg *cfg,
			     GError **error);
void program_free(struct program *program);

static inline const struct ir_node *function_node(const struct function *function, int node)
{
	return &function->ir->nodes[node];
}

/* The function that a call node calls by name, if it has a graph; else NULL. */
const struct function *program_callee(const struct program *program, const struct function *from,
				      int node);
/* The same by the name alone, as from would call it. */
const struct function *program_find(const struct program *program, const struct function *from,
				    const char *name);
/* The value-flow graph's node of a parameter of the callee, or -1. */
int program_param(const struct program *program, const struct function *from, int node, int index);
bool program_paired(const struct program *program, int acquire, int release);
/* enum link_kind of the release's first link, or -1. */
int program_link_kind(const struct program *program, int release);

/* The pages' argument of an acquire or release, or NULL. */
const struct expr *function_pages(const struct function *function, int node);
/* The argument with their number, or NULL. */
const struct expr *function_count(const struct function *function, int node);
bool function_has_role(const struct function *function, int node, enum role role);
/* The argument of a call; NULL where there is none of that index. */
const struct expr *node_argument(const struct ir_node *node, int index);
/* The called function's name; of a call through a pointer, that of the pointer. Never NULL. */
const char *node_callee(const struct ir_node *node);
/* The same as C has it, "*ops->get" for a pointer. Caller frees. */
char *node_callee_text(const struct ir_node *node);

/* What is known of the function that a node calls; NULL for a node that calls none. */
const struct known *function_known(const struct function *function, int node,
				   enum knowledge_kind kind);
bool function_has_detail(const struct function *function, int node, enum knowledge_kind kind,
			 unsigned int details);

static inline bool node_sets(const struct ir_node *node, const struct expr *lhs)
{
	return node->kind == IR_SET && node->lhs == lhs;
}

/* The parameters are the arguments of node 0. */
static inline int function_param_count(const struct function *function)
{
	return function->ir->count ? function->ir->nodes[0].arg_count : 0;
}
static inline const struct expr *function_param(const struct function *function, int index)
{
	return function->ir->nodes[0].args[index];
}
/* The index of the parameter that the expression begins with, or -1. */
int function_param_of(const struct function *function, const struct expr *e);
/* A variable of the function, no parameter. */
bool function_is_local(const struct function *function, const struct expr *name);

#endif
