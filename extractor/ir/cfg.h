/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_IR_CFG_H
#define GUPCONV_IR_CFG_H

#include "ir/expr.h"

/* The control-flow graph of one function: typed nodes over interned expressions. docs/ir.md */

/* X(NAME, word): kinds of nodes */
#define IR_KINDS(X) \
	X(ENTRY, "entry")	/* node 0: callee is the function's name, args its parameters */ \
	X(CALL, "call")		/* callee(args); later expressions name its result @seq */ \
	X(SET, "set")		/* lhs op rhs */ \
	X(TEST, "test")		/* lhs op rhs; yes when it holds, else no */ \
	X(LOOP, "loop")		/* head; yes: the body, no: behind the loop */ \
	X(JOIN, "join")		/* several paths meet; a label; a goto */ \
	X(RETURN, "return")	/* rhs, NULL in a void function */

/* X(NAME, text): operators of SET, then of TEST */
#define IR_OPS(X) \
	X(NONE, "") \
	X(ASSIGN, "=") X(ADD_ASSIGN, "+=") X(SUB_ASSIGN, "-=") \
	X(OTHER_ASSIGN, "?=")	/* another compound assignment */ \
	X(DECLARE, "decl")	/* a variable without a value; rhs is NULL */ \
	X(EQ, "==") X(NE, "!=") X(LT, "<") X(LE, "<=") X(GT, ">") X(GE, ">=")

/* X(NAME, letter): types, as far as the analyses tell them apart */
#define IR_TYPES(X) \
	X(OTHER, 'v') X(POINTER, 'p') X(SIGNED, 's') X(UNSIGNED, 'u') X(ARRAY, 'a')

enum ir_kind {
#define X(name, text) IR_##name,
	IR_KINDS(X)
#undef X
	IR_KIND_COUNT
};

enum ir_op {
#define X(name, text) IR_OP_##name,
	IR_OPS(X)
#undef X
	IR_OP_COUNT
};

enum ir_type {
#define X(name, letter) IR_TYPE_##name,
	IR_TYPES(X)
#undef X
	IR_TYPE_COUNT
};

/**
 * struct ir_node - one node
 * @kind: what it is
 * @op: of SET and TEST, else IR_OP_NONE
 * @type: of lhs; of a CALL, of its result; of ENTRY, of the function's result
 * @warned: of TEST: a WARN_ON() or its like warns when it holds; @type is IR_TYPE_OTHER then
 * @line: in the file of the function, from 1
 * @column: of CALL: where the callee's name stands, from 1; else 0
 * @call: id in table call, 0: none
 * @yes, @no: next nodes; -1: none. Only TEST and LOOP have a @no, RETURN has neither
 * @lhs, @rhs: operands; NULL where the kind has none
 * @callee: of CALL: the function's name, interned, or NULL for a call through @pointer
 * @pointer: of CALL: the function pointer, when it is no function by its name
 * @args, @arg_count: of CALL; of ENTRY, the parameters: EXPR_LOCAL each, EXPR_UNKNOWN
 *	without a name
 * @param_types: of CALL: the declared types of the callee's parameters; @param_count of them
 */
struct ir_node {
	enum ir_kind kind;
	enum ir_op op;
	enum ir_type type;
	bool warned;
	int line, column;
	int call;
	int yes, no;
	const struct expr *lhs, *rhs;
	const char *callee;
	const struct expr *pointer;
	const struct expr **args;
	int arg_count;
	enum ir_type *param_types;
	int param_count;
};

/**
 * struct ir_function - a function's graph
 * @id: in table function, 0: not known
 * @file: in table file, 0: not known
 * @nodes: node 0 is the ENTRY, where paths begin
 *
 * The nodes of a loop are numbered without a gap from its head to the node before its @no:
 * ir_in_loop().
 */
struct ir_function {
	int id, file;
	struct ir_node *nodes;
	int count;
};

/* The node is in the body of the loop with this head, or its condition. */
static inline bool ir_in_loop(const struct ir_function *function, int head, int node)
{
	return node > head && node < function->nodes[head].no;
}

/* Frees the nodes of an array of them, and what they own; not their expressions. */
void ir_nodes_free(struct ir_node *nodes, int count);
void ir_function_free(struct ir_function *function);

/* Words: see IR_KINDS, IR_OPS and IR_TYPES. */
const char *ir_kind_word(enum ir_kind kind);
const char *ir_op_text(enum ir_op op);
/* The outcome of "a OP b", of two numbers; op is a comparison. */
bool ir_op_holds(enum ir_op op, long long a, long long b);
char ir_type_letter(enum ir_type type);

/*
 * The text of a graph, one node a line: docs/ir.md. Table cfg and the workers' answers have it.
 * Caller frees.
 */
char *ir_dump(const struct ir_function *function);
/*
 * The inverse, with @call, @id and @file 0: the nodes' edges are within the graph. NULL when the
 * text is none; *bad_line, if not NULL, is then the number of the line, from 1.
 */
struct ir_function *ir_parse(struct expr_pool *pool, const char *text, int *bad_line);

/* The variable is in what the node sets, reads, tests or passes. */
bool ir_node_mentions(const struct ir_node *node, const struct expr *variable);

/* Which parameter of the function the expression is, from 0; -1: none. */
int ir_parameter(const struct ir_function *function, const struct expr *e);
/* The function's variable or parameter of the name, where it sets or is given one; else NULL. */
const struct expr *ir_local(const struct ir_function *function, const char *name);

#endif
