// SPDX-License-Identifier: GPL-2.0-only
#include "frontend/cfg_builder.h"
#include "frontend/location.h"

/*
 * Inline assembly: which operand is an output is not seen, and so each variable among them that
 * is no pointer may have another value behind it. The labels of asm goto are not seen either.
 *
 *	asm volatile("..." : "=r" (err) : "m" (*ptr));
 */

static void operand_set(struct builder *b, CXCursor at, CXCursor operand)
{
	CXCursor core = expression_core(operand);
	enum ir_type type = ir_type_of(clang_getCursorType(core));

	if (clang_getCursorKind(core) == CXCursor_DeclRefExpr &&
	    (type == IR_TYPE_SIGNED || type == IR_TYPE_UNSIGNED))
		builder_set(b, at, builder_value(b, core), IR_OP_ASSIGN, expr_unknown(b->pool),
			    type);
}

void builder_asm(struct builder *b, CXCursor statement)
{
	g_autoptr(GArray) operands = cursor_children(statement);

	for (guint i = 0; i < operands->len; i++)
		operand_set(b, statement, g_array_index(operands, CXCursor, i));
}
