/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_IR_CFG_H
#define GUPCONV_IR_CFG_H

#include "ir/expr.h"

/* The control-flow graph of one function: typed nodes over interned expressions. docs/ir.md */

/* X(NAME, word): kinds of nodes */
#define IR_KINDS(X) \
	X(ENTRY, "entry")	/* node 0; parameters in ir_function */ \
	X(CALL, "call")		/* callee(args); later expressions name its result @seq */ \
	X(SET, "set")		/* lhs op rhs */ \
	X(TEST, "test")		/* lhs op rhs; yes when it holds, else no */ \
	X(LOOP, "loop")		/* head; yes: the body, no: behind the loop */ \
	X(JOIN, "join")		/* several paths meet; a label */ \
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
};

enum ir_op {
#define X(name, text) IR_OP_##name,
	IR_OPS(X)
#undef X
};

enum ir_type {
#define X(name, letter) IR_TYPE_##name,
	IR_TYPES(X)
#undef X
};

/**
 * struct ir_node - one node
 * @kind: what it is
 * @op: of SET and TEST, else IR_OP_NONE
 * @type: of lhs; of a CALL, of its result; of ENTRY, of the function's result
 * @warned: of TEST: it is the condition of a WARN_ON() or its like
 * @line: in the file of the function, from 1
 * @call: id in table call, 0: none
 * @yes, @no: next nodes; -1: none
 * @lhs, @rhs: operands; NULL where the kind has none
 * @callee: of CALL: the function's name, interned, or NULL for a call through @pointer
 * @pointer: of CALL: what is called, when not a function by its name
 * @args, @arg_count: of CALL
 * @param_types: of CALL: the declared types of the callee's parameters; @param_count of them
 */
struct ir_node {
	enum ir_kind kind;
	enum ir_op op;
	enum ir_type type;
	bool warned;
	int line;
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

#endif
