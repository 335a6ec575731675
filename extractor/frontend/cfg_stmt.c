// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "frontend/cfg_builder.h"
#include "frontend/cfg_macro.h"
#include "frontend/location.h"

static CXCursor child(const GArray *children, guint index)
{
	return g_array_index(children, CXCursor, index);
}

static GArray *edges_new(void)
{
	return g_array_new(FALSE, FALSE, sizeof(int));
}

/* { .pages = pages }: what is set, member by member. */
static void initialise_members(struct builder *b, const struct expr *variable, CXCursor list)
{
	g_autoptr(GArray) items = cursor_children(list);

	for (guint i = 0; i < items->len; i++) {
		g_autoptr(GArray) pair = cursor_children(child(items, i));
		bool named = pair->len == 2 &&
			clang_getCursorKind(child(pair, 0)) == CXCursor_MemberRef;
		g_autofree char *name = named ? cursor_name(child(pair, 0)) : NULL;
		const char *member = name && expr_is_identifier(name) ? name : "?";
		const struct expr *value = builder_value(b,
							 named ? child(pair, 1) : child(items, i));

		builder_set(b, child(items, i), expr_member(b->pool, EXPR_MEMBER, variable, member),
			    IR_OP_ASSIGN, value, IR_TYPE_OTHER);
	}
}

void builder_variable(struct builder *b, CXCursor variable)
{
	CXCursor init = clang_Cursor_getVarDeclInitializer(variable);
	g_autofree char *text = builder_variable_name(b, variable);
	enum ir_type type = ir_type_of(clang_getCursorType(variable));
	const struct expr *name = expr_is_identifier(text) ? expr_local(b->pool, text) :
							     expr_unknown(b->pool);

	if (clang_getCursorLinkage(variable) != CXLinkage_NoLinkage ||
	    clang_Cursor_getStorageClass(variable) == CX_SC_Static)
		return;
	if (clang_Cursor_isNull(init)) {
		builder_set(b, variable, name, IR_OP_DECLARE, NULL, type);
	} else if (clang_getCursorKind(init) == CXCursor_InitListExpr) {
		builder_set(b, variable, name, IR_OP_ASSIGN, expr_initialiser(b->pool), type);
		initialise_members(b, name, init);
	} else {
		const struct expr *value = builder_value(b, init);

		builder_set(b, variable, name, IR_OP_ASSIGN, value, type);
	}
}

static void walk_declarations(struct builder *b, CXCursor statement)
{
	g_autoptr(GArray) children = cursor_children(statement);

	for (guint i = 0; i < children->len; i++)
		if (clang_getCursorKind(child(children, i)) == CXCursor_VarDecl)
			builder_variable(b, child(children, i));
}

static void walk_if(struct builder *b, CXCursor statement)
{
	g_autoptr(GArray) children = cursor_children(statement);
	g_autoptr(GArray) yes = edges_new(), no = edges_new(), done = edges_new();

	if (children->len < 2)
		return;
	builder_condition(b, child(children, 0), yes, no);
	builder_resume(b, yes);
	builder_statement(b, child(children, 1));
	builder_move(b, done);
	builder_resume(b, no);
	if (children->len > 2)
		builder_statement(b, child(children, 2));
	builder_resume(b, done);
}

static bool is_zero(CXCursor condition)
{
	CXCursor core = expression_core(condition);
	CXEvalResult result;
	bool zero;

	if (clang_getCursorKind(core) != CXCursor_IntegerLiteral)
		return false;
	result = clang_Cursor_Evaluate(core);
	zero = result && clang_EvalResult_getKind(result) == CXEval_Int &&
	       !clang_EvalResult_getAsInt(result);
	clang_EvalResult_dispose(result);
	return zero;
}

/* The parts of a loop; a null cursor for what is not there. */
struct loop_parts {
	CXCursor condition, step, body;
	bool condition_last;
};

static bool present(CXCursor cursor)
{
	return !clang_Cursor_isNull(cursor);
}

/* A body between head and exit; break leads to the exit, continue to the step. */
static void walk_loop(struct builder *b, CXCursor at, const struct loop_parts *loop)
{
	GArray *outer_breaks = b->breaks, *outer_continues = b->continues;
	g_autoptr(GArray) breaks = edges_new(), continues = edges_new(), yes = edges_new();
	int head = builder_emit(b, at, (struct ir_node){ .kind = IR_LOOP }), exit;

	b->breaks = breaks;
	b->continues = continues;
	if (!loop->condition_last && present(loop->condition)) {
		builder_condition(b, loop->condition, yes, breaks);
		builder_resume(b, yes);
	}
	builder_statement(b, loop->body);
	builder_resume(b, continues);
	if (present(loop->step))
		builder_statement(b, loop->step);
	if (loop->condition_last) {
		builder_condition(b, loop->condition, yes, breaks);
		builder_resume(b, yes);
	}
	builder_close(b, b->open, head);
	b->breaks = outer_breaks;
	b->continues = outer_continues;
	builder_resume(b, breaks);
	exit = builder_emit(b, at, (struct ir_node){ .kind = IR_JOIN });
	builder_node(b, head)->no = exit;
}

/* do { } while (0) is no loop. */
static void walk_once(struct builder *b, CXCursor body)
{
	GArray *outer_breaks = b->breaks, *outer_continues = b->continues;
	g_autoptr(GArray) out = edges_new();

	b->breaks = out;
	b->continues = out;
	builder_statement(b, body);
	b->breaks = outer_breaks;
	b->continues = outer_continues;
	builder_resume(b, out);
}

static void walk_do(struct builder *b, CXCursor statement)
{
	g_autoptr(GArray) children = cursor_children(statement);
	struct loop_parts loop = { .condition_last = true, .step = clang_getNullCursor() };

	if (children->len != 2)
		return;
	loop.body = child(children, 0);
	loop.condition = child(children, 1);
	if (is_zero(loop.condition))
		walk_once(b, loop.body);
	else
		walk_loop(b, statement, &loop);
}

static bool is_effect(CXCursor expression)
{
	expression = expression_core(expression);
	switch (clang_getCursorKind(expression)) {
	case CXCursor_CompoundAssignOperator:
	case CXCursor_CallExpr:
	case CXCursor_DeclStmt:
		return true;
	case CXCursor_BinaryOperator:
		return clang_getCursorBinaryOperatorKind(expression) == CXBinaryOperator_Assign ||
		       clang_getCursorBinaryOperatorKind(expression) == CXBinaryOperator_Comma;
	case CXCursor_UnaryOperator:
		switch (clang_getCursorUnaryOperatorKind(expression)) {
		case CXUnaryOperator_PostInc:
		case CXUnaryOperator_PostDec:
		case CXUnaryOperator_PreInc:
		case CXUnaryOperator_PreDec:
			return true;
		default:
			return false;
		}
	default:
		return false;
	}
}

/* libclang leaves out what a for has not: of fewer than four parts, their form shows which. */
static void walk_for(struct builder *b, CXCursor statement)
{
	g_autoptr(GArray) children = cursor_children(statement);
	struct loop_parts loop = { .condition = clang_getNullCursor(),
				   .step = clang_getNullCursor() };
	guint parts = children->len ? children->len - 1 : 0, at = 0;

	if (!children->len)
		return;
	loop.body = child(children, parts);
	if (parts == 3 ||
	    (parts && is_effect(child(children, 0)) &&
	     (parts == 2 || clang_getCursorKind(child(children, 0)) == CXCursor_DeclStmt)))
		builder_statement(b, child(children, at++));
	if (at < parts && (parts == 3 || !is_effect(child(children, at))))
		loop.condition = child(children, at++);
	if (at < parts)
		loop.step = child(children, at);
	walk_loop(b, statement, &loop);
}

static void walk_while(struct builder *b, CXCursor statement)
{
	g_autoptr(GArray) children = cursor_children(statement);
	struct loop_parts loop = { .step = clang_getNullCursor() };

	if (children->len < 2)
		return;
	loop.condition = child(children, 0);
	loop.body = child(children, children->len - 1);
	walk_loop(b, statement, &loop);
}

static enum CXChildVisitResult collect_case(CXCursor cursor, CXCursor parent, CXClientData data)
{
	enum CXCursorKind kind = clang_getCursorKind(cursor);

	(void)parent;
	if (kind == CXCursor_CaseStmt || kind == CXCursor_DefaultStmt)
		g_array_append_val((GArray *)data, cursor);
	if (kind == CXCursor_SwitchStmt || clang_isExpression(kind))
		return CXChildVisit_Continue;
	return CXChildVisit_Recurse;
}

/* One test a case, in the order of the text; what none takes goes to the default or behind. */
static void switch_tests(struct builder *b, CXCursor statement, CXCursor value, const GArray *cases,
			 GPtrArray *edges, GArray *behind)
{
	const struct expr *switched = builder_value(b, value);
	GArray *rest = behind;

	for (guint i = 0; i < cases->len; i++) {
		GArray *to = edges_new();

		g_ptr_array_add(edges, to);
		if (clang_getCursorKind(child(cases, i)) == CXCursor_DefaultStmt)
			rest = to;
	}
	for (guint i = 0; i < cases->len; i++) {
		g_autoptr(GArray) parts = cursor_children(child(cases, i));
		int node, edge;

		if (clang_getCursorKind(child(cases, i)) == CXCursor_DefaultStmt)
			continue;
		node = builder_emit(b, statement, (struct ir_node){
			.kind = IR_TEST, .op = IR_OP_EQ, .lhs = switched, .type = IR_TYPE_SIGNED,
			.rhs = parts->len == 2 ? constant_value(b, child(parts, 0)) :
						 expr_unknown(b->pool),
		});
		edge = node * 2;
		g_array_append_val((GArray *)edges->pdata[i], edge);
		edge++;
		g_array_index(b->open, int, b->open->len - 1) = edge;
	}
	builder_move(b, rest);
}

static void edges_free(void *edges)
{
	g_array_free(edges, TRUE);
}

static void walk_switch(struct builder *b, CXCursor statement)
{
	g_autoptr(GArray) children = cursor_children(statement);
	g_autoptr(GArray) cases = g_array_new(FALSE, FALSE, sizeof(CXCursor));
	g_autoptr(GArray) behind = edges_new();
	GPtrArray *outer_cases = b->cases;
	GArray *outer_breaks = b->breaks;
	guint outer_next = b->next_case;

	if (children->len < 2)
		return;
	clang_visitChildren(child(children, children->len - 1), collect_case, cases);
	b->cases = g_ptr_array_new_with_free_func(edges_free);
	switch_tests(b, statement, child(children, 0), cases, b->cases, behind);
	b->next_case = 0;
	b->breaks = behind;
	builder_statement(b, child(children, children->len - 1));
	builder_resume(b, behind);
	g_ptr_array_free(b->cases, TRUE);
	b->cases = outer_cases;
	b->next_case = outer_next;
	b->breaks = outer_breaks;
}

static void walk_case(struct builder *b, CXCursor statement)
{
	g_autoptr(GArray) children = cursor_children(statement);

	if (b->cases && b->next_case < b->cases->len)
		builder_resume(b, b->cases->pdata[b->next_case++]);
	if (children->len)
		builder_statement(b, child(children, children->len - 1));
}

static void walk_goto(struct builder *b, CXCursor statement)
{
	g_autoptr(GArray) children = cursor_children(statement);
	g_autofree char *name = children->len ? cursor_name(child(children, 0)) : g_strdup("");

	/* a node of its own, whose line is where a path has left */
	if (*name && b->open->len) {
		builder_emit(b, statement, (struct ir_node){ .kind = IR_JOIN });
		builder_close(b, b->open, builder_label(b, name));
	}
	g_array_set_size(b->open, 0);
}

static void walk_label(struct builder *b, CXCursor statement)
{
	g_autoptr(GArray) children = cursor_children(statement);
	g_autofree char *name = cursor_name(statement);
	int node = builder_label(b, name), edge = node * 2;
	unsigned int line;

	clang_getFileLocation(clang_getCursorLocation(statement), NULL, &line, NULL, NULL);
	builder_node(b, node)->line = line;
	builder_close(b, b->open, node);
	g_array_append_val(b->open, edge);
	if (children->len)
		builder_statement(b, child(children, children->len - 1));
}

static void walk_return(struct builder *b, CXCursor statement)
{
	g_autoptr(GArray) children = cursor_children(statement);
	const struct expr *value = children->len ? builder_value(b, child(children, 0)) : NULL;

	builder_emit(b, statement, (struct ir_node){ .kind = IR_RETURN, .rhs = value });
}

static void walk_children(struct builder *b, CXCursor statement)
{
	g_autoptr(GArray) children = cursor_children(statement);

	for (guint i = 0; i < children->len; i++)
		builder_statement(b, child(children, i));
}

static void walk_statement(struct builder *b, CXCursor statement)
{
	enum CXCursorKind kind = clang_getCursorKind(statement);

	switch (kind) {
	case CXCursor_DeclStmt:
		walk_declarations(b, statement);
		break;
	case CXCursor_IfStmt:
		walk_if(b, statement);
		break;
	case CXCursor_WhileStmt:
		walk_while(b, statement);
		break;
	case CXCursor_DoStmt:
		walk_do(b, statement);
		break;
	case CXCursor_ForStmt:
		walk_for(b, statement);
		break;
	case CXCursor_SwitchStmt:
		walk_switch(b, statement);
		break;
	case CXCursor_CaseStmt:
	case CXCursor_DefaultStmt:
		walk_case(b, statement);
		break;
	case CXCursor_GotoStmt:
		walk_goto(b, statement);
		break;
	case CXCursor_LabelStmt:
		walk_label(b, statement);
		break;
	case CXCursor_ReturnStmt:
		walk_return(b, statement);
		break;
	case CXCursor_BreakStmt:
		if (b->breaks)
			builder_move(b, b->breaks);
		break;
	case CXCursor_ContinueStmt:
		if (b->continues)
			builder_move(b, b->continues);
		break;
	case CXCursor_GCCAsmStmt:
		builder_asm(b, statement);
		break;
	case CXCursor_NullStmt:
		break;
	default:
		if (clang_isExpression(kind))
			builder_value(b, statement);
		else if (clang_isStatement(kind))
			walk_children(b, statement);
	}
}

void builder_statement(struct builder *b, CXCursor statement)
{
	struct macro_use use = macro_begin(b, statement);

	walk_statement(b, statement);
	macro_end(b, statement, &use);
}
