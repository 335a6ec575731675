/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_FUNCTION_H
#define GUPCONV_CHECKERS_FUNCTION_H

#include "dataflow/graph.h"
#include "ir/cfg.h"

/**
 * struct site_args - which arguments of an acquire or release are what
 * @pages, @count, @flags: index, -1: none
 * @dirty, @direction: the same of make_dirty, and of the direction of a DMA mapping
 * @bool_flags: a _Bool is passed as flags
 */
struct site_args {
	int pages;
	int count;
	int flags;
	int dirty;
	int direction;
	bool bool_flags;
};

/**
 * struct function - a function's graph, and what the database knows of its calls
 * @info: of the value-flow graph
 * @ir: the graph, of struct cfg
 * @knowledge: of the kernel
 * @calls: for each node, the row of table call, or NULL
 * @args: for each node that has one
 * @callees: for each node, the function that it calls by name, if that has a graph, or NULL
 * @makes, @drops: see object_service.h: the acquire or release of the object's pages, or NULL
 * @made_in: of @makes: the parameter that the object is, -1: it is the result; @dropped_in: of
 *	@drops
 */
struct function {
	const struct function_info *info;
	const struct knowledge *knowledge;
	const struct ir_function *ir;
	const struct call_info **calls;
	struct site_args *args;
	const struct function **callees;
	const struct call_info *makes;
	int made_in;
	int dropped_in;
	const struct call_info *drops;
};

static inline const struct ir_node *function_node(const struct function *function, int node)
{
	return &function->ir->nodes[node];
}

/* The pages' argument of an acquire or release, or NULL. */
const struct expr *function_pages(const struct function *function, int node);
/* The argument with their number, or NULL. */
const struct expr *function_count(const struct function *function, int node);
/* A release of pages or folios themselves, which does not look whether they are there. */
bool function_is_plain_release(const struct function *function, int node);
bool function_has_role(const struct function *function, int node, enum role role);
/* A release, or the allocator's, which drops a reference too: __free_page(). */
bool function_releases(const struct function *function, int node);
/* The argument of a call; NULL where there is none of that index. */
const struct expr *node_argument(const struct ir_node *node, int index);
/* The called function's name; of a call through a pointer, that of the pointer. Never NULL. */
const char *node_callee(const struct ir_node *node);
/* The same as C has it, "*ops->get" for a pointer. Caller frees. */
char *node_callee_text(const struct ir_node *node);

/* It has an acquire, or a function that it calls has, so many calls down; 0: itself alone. */
bool function_acquires(const struct function *function, int depth);
/* Knowledge of the function that a node calls; NULL for a node that calls none. */
const struct known *function_known(const struct function *function, int node,
				   enum knowledge_kind kind);
/* The operand of a test for error pointers, page of IS_ERR(page); NULL: the node is none. */
const struct expr *function_error_tested(const struct function *function, int node);
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
/*
 * The tag of the struct that a parameter, or the result (-1), points to, of *length; NULL where
 * there is none.
 */
const char *function_object_tag(const struct function *function, int param, size_t *length);
/* The first parameter that points to such a struct, or -1. */
int function_param_of_tag(const struct function *function, const char *tag, size_t length);
/* The variable is declared here, as an array. */
bool function_is_array(const struct function *function, const struct expr *name);
/* A variable of the function, no parameter. */
bool function_is_local(const struct function *function, const struct expr *name);

#endif
