// SPDX-License-Identifier: GPL-2.0-only
#include "frontend/location.h"
#include "frontend/tu_walk.h"
#include "frontend/cfg_builder.h"

void seen_call_free(void *data)
{
	struct seen_call *call = data;

	if (call->param_names)
		g_ptr_array_free(call->param_names, TRUE);
	g_free(call->callee);
	g_free(call->body);
	g_free(call);
}

GPtrArray *param_names(CXCursor function)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	int count = clang_Cursor_getNumArguments(function);

	for (int i = 0; i < count; i++)
		g_ptr_array_add(names, cursor_name(clang_Cursor_getArgument(function, i)));
	return names;
}

struct seen_call *seen_call_add(struct unit *unit, char *key, const char *callee)
{
	struct seen_call *call = g_new0(struct seen_call, 1);

	call->place = -1;
	call->bare = true;
	call->callee = g_strdup(callee);
	call->param_names = g_ptr_array_new_with_free_func(g_free);
	g_hash_table_insert(unit->calls, key, call);
	return call;
}

struct seen_call *seen_call_at(struct unit *unit, const char *path, unsigned int line,
			       unsigned int column, CXCursor function)
{
	g_autofree char *callee = cursor_name(function);
	char *position = g_strdup_printf("%s:%u:%u", path, line, column);
	char *key = g_strdup_printf("%s:%s", position, callee);
	struct seen_call *call = g_hash_table_lookup(unit->calls, key);

	if (call) {
		g_free(position);
		g_free(key);
		return call;
	}
	call = seen_call_add(unit, key, callee);
	call->homonym = function_is_homonym(unit, function);
	g_ptr_array_free(call->param_names, TRUE);
	call->param_names = param_names(function);
	if (g_hash_table_contains(unit->positions, position))
		g_free(position);
	else
		g_hash_table_insert(unit->positions, position, call);
	return call;
}

bool seen_call_has_bool_flags(const struct unit *unit, CXCursor call, const struct seen_call *seen)
{
	int count = MIN(clang_Cursor_getNumArguments(call), (int)seen->param_names->len);

	for (int i = 0; i < count; i++)
		if (api_param_role(unit->apis, seen->param_names->pdata[i]) == PARAM_FLAGS) {
			CXCursor core = expression_core(clang_Cursor_getArgument(call, i));

			return clang_getCanonicalType(clang_getCursorType(core)).kind ==
			       CXType_Bool;
		}
	return false;
}
