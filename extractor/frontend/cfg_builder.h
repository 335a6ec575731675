/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_CFG_BUILDER_H
#define GUPCONV_FRONTEND_CFG_BUILDER_H

#include "frontend/tu_walk.h"
#include "ir/cfg.h"

/*
 * Lowering of a function's statements to its control-flow graph. An edge that has
 * no end yet is kept in a list, and goes to the node that is emitted next on its way.
 */

/**
 * struct builder - the graph under way
 * @pool: of the translation unit's expressions
 * @nodes: of struct ir_node
 * @open: edges that go to the next node: index * 2, + 1 for @no
 * @breaks, @continues: of the loop or switch around, NULL for none
 * @labels: name -> index of its join
 * @warning: of the condition at hand: the edges on which a warning is printed, NULL for none
 * @macro_variables: of CXCursor: the variables that macros' texts declare
 * @expansion: offset + 1 where the macro is used whose expansion is lowered; 0: none is
 * @cases: of the switch around: edges to each case, in the order of the text
 */
struct builder {
	struct unit *unit;
	struct expr_pool *pool;
	GArray *nodes;
	GArray *open;
	GArray *breaks;
	GArray *continues;
	GHashTable *labels;
	GPtrArray *cases;
	guint next_case;
	GArray *warning;
	GArray *macro_variables;
	unsigned int expansion;
	int temporaries;
};

static inline struct ir_node *builder_node(const struct builder *b, int number)
{
	return &g_array_index(b->nodes, struct ir_node, number);
}

/*
 * Emits a node that every open edge goes to; its line, column and edges are filled in.
 * Takes what the node owns. Its index.
 */
int builder_emit(struct builder *b, CXCursor at, struct ir_node node);
/* lhs = rhs, and its like */
int builder_set(struct builder *b, CXCursor at, const struct expr *lhs, enum ir_op op,
		const struct expr *rhs, enum ir_type type);
/* The open edges are added to a list, and none is left open. */
void builder_move(struct builder *b, GArray *to);
void builder_resume(struct builder *b, GArray *from);
void builder_close(struct builder *b, GArray *edges, int to);

/* The value of an expression; what it calls and sets is emitted before. */
const struct expr *builder_value(struct builder *b, CXCursor expression);
/* A condition: edges of both outcomes are added to the lists, and none is open. */
void builder_condition(struct builder *b, CXCursor expression, GArray *yes, GArray *no);
/* A local variable, with its initialiser. */
void builder_variable(struct builder *b, CXCursor variable);
/* Statements, and expressions for their effects. */
void builder_statement(struct builder *b, CXCursor statement);

/* Inline assembly: its operands and labels. */
void builder_asm(struct builder *b, CXCursor statement);
/* The join that a label is; a goto may come before it. */
int builder_label(struct builder *b, const char *name);

/*
 * The name of a variable, of its declaration. A macro's text may declare one at each use of
 * the macro, by the same name: from the second on they get a number, "_res__2". Caller frees.
 */
char *builder_variable_name(struct builder *b, CXCursor decl);

/* Without parentheses, casts and __builtin_expect(). */
CXCursor expression_core(CXCursor expression);
enum ir_type ir_type_of(CXType type);
/* A constant's number, or an EXPR_UNKNOWN. */
const struct expr *constant_value(struct builder *b, CXCursor expression);

#endif
