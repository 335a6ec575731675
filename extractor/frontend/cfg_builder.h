/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_CFG_BUILDER_H
#define GUPCONV_FRONTEND_CFG_BUILDER_H

#include "frontend/tu_walk.h"

/*
 * A function's statements as a graph while it is made. An edge that has no end
 * yet is kept in a list, and goes to the node that is emitted next on its way.
 */

/**
 * struct path_node - one step of a function
 * @kind: entry, call, set, test, loop, join or return
 * @yes, @no: index of what comes next; @no is of a test that fails, and where a
 *	loop ends; -1: nothing
 * @lhs, @op, @rhs: test: what is compared; set: what is assigned (op "decl": declared
 *	without a value); call: callee, "()", arguments; return: the value is @rhs
 * @type: letters for the types: p pointer, s signed, u unsigned, a array, v other.
 *	"!" of a test: WARN_ON() and its like say that it fails.
 *	Of a call: of its result and of the callee's parameters
 */
struct path_node {
	const char *kind;
	unsigned int line, column;
	int yes, no;
	char *lhs, *rhs;
	const char *op;
	char *type;
};

/**
 * struct builder - the graph under way
 * @nodes: of struct path_node
 * @open: edges that go to the next node: index * 2, + 1 for @no
 * @breaks, @continues: of the loop or switch around, NULL for none
 * @labels: name -> index of its join
 * @warning: the condition at hand is that of a warning
 * @cases: of the switch around: edges to each case, in the order of the text
 */
struct builder {
	struct unit *unit;
	GArray *nodes;
	GArray *open;
	GArray *breaks;
	GArray *continues;
	GHashTable *labels;
	GPtrArray *cases;
	guint next_case;
	bool warning;
	int temporaries;
};

/* Emits a node that every open edge goes to; takes lhs and rhs. Its index. */
int builder_emit(struct builder *b, const char *kind, CXCursor at, char *lhs, const char *op,
		 char *rhs, char *type);
/* The open edges are added to a list, and none is open any more. */
void builder_move(struct builder *b, GArray *to);
void builder_resume(struct builder *b, GArray *from);
void builder_close(struct builder *b, GArray *edges, int to);

/* The value of an expression in words; what it calls and sets is emitted before. Caller frees. */
char *builder_value(struct builder *b, CXCursor expression);
/* A condition: edges of both outcomes are added to the lists, and none is open. */
void builder_condition(struct builder *b, CXCursor expression, GArray *yes, GArray *no);
/* A local variable, with its initialiser. */
void builder_variable(struct builder *b, CXCursor variable);
/* Statements, and expressions for their effects. */
void builder_statement(struct builder *b, CXCursor statement);

/* Without parentheses, casts and __builtin_expect(). */
CXCursor expression_core(CXCursor expression);
/* "==", "+=" ...; "?=" for one that is not told apart. */
const char *operator_text(CXCursor expression);
char *type_letter(CXType type);
/* A constant's number, or "?". Caller frees. */
char *constant_text(CXCursor expression);

#endif
