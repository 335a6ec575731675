// SPDX-License-Identifier: GPL-2.0-only
#include "frontend/pfn_taint.h"

static guint decl_hash(gconstpointer decl)
{
	return clang_hashCursor(*(const CXCursor *)decl);
}

static gboolean decl_equal(gconstpointer a, gconstpointer b)
{
	return clang_equalCursors(*(const CXCursor *)a, *(const CXCursor *)b) != 0;
}

static bool is_number(CXType type)
{
	type = clang_getCanonicalType(type);
	if (type.kind == CXType_Pointer)
		type = clang_getCanonicalType(clang_getPointeeType(type));
	return type.kind == CXType_ULong || type.kind == CXType_ULongLong ||
	       type.kind == CXType_Long || type.kind == CXType_LongLong;
}

/* The declaration behind &x, *x, x[i], x >> n, (type)x. */
static bool base_decl(CXCursor expression, CXCursor *decl)
{
	for (;;) {
		CXCursor inner;

		switch (clang_getCursorKind(expression)) {
		case CXCursor_DeclRefExpr:
		case CXCursor_MemberRefExpr:
			*decl = clang_getCursorReferenced(expression);
			return is_number(clang_getCursorType(*decl));
		case CXCursor_ArraySubscriptExpr:
		case CXCursor_UnaryOperator:
		case CXCursor_BinaryOperator:
			if (!cursor_child(expression, 0, &inner))
				return false;
			break;
		case CXCursor_ParenExpr:
		case CXCursor_UnexposedExpr:
		case CXCursor_CStyleCastExpr:
			if (!cursor_last_child(expression, &inner))
				return false;
			break;
		default:
			return false;
		}
		expression = inner;
	}
}

static void decl_note(struct unit *unit, CXCursor decl)
{
	if (unit->numbers && !g_hash_table_contains(unit->numbers, &decl))
		g_hash_table_add(unit->numbers, g_memdup2(&decl, sizeof(decl)));
}

void pfn_taint_note(struct unit *unit, CXCursor expression)
{
	CXCursor decl;

	if (!unit->numbers)
		unit->numbers = g_hash_table_new_full(decl_hash, decl_equal, g_free, NULL);
	if (base_decl(expression, &decl))
		decl_note(unit, decl);
}

bool pfn_taint_passes(struct unit *unit, CXCursor argument, CXCursor parameter)
{
	CXCursor decl;

	if (!unit->numbers || clang_Cursor_isNull(parameter) ||
	    !is_number(clang_getCursorType(parameter)) || !base_decl(argument, &decl) ||
	    (!g_hash_table_contains(unit->numbers, &decl) &&
	     !g_hash_table_contains(unit->numbers, &parameter)))
		return false;
	decl_note(unit, decl);
	decl_note(unit, parameter);
	return true;
}
