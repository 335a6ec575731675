// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "checkers/function.h"

const struct expr *node_argument(const struct ir_node *node, int index)
{
	return index >= 0 && index < node->arg_count ? node->args[index] : NULL;
}

const struct expr *function_pages(const struct function *function, int node)
{
	int index = function->args[node].pages;

	/* release_pages() has a union there, whose name has no meaning */
	if (index < 0 && function_releases(function, node))
		index = 0;
	return node_argument(function_node(function, node), index);
}

const struct expr *function_count(const struct function *function, int node)
{
	return node_argument(function_node(function, node), function->args[node].count);
}

bool function_has_role(const struct function *function, int node, enum role role)
{
	const struct call_info *call = function->calls[node];

	/* An acquire of another kernel is looked at where that kernel is given. */
	return call && call->role == role && call->status != CALL_HOMONYM &&
	       (role != ROLE_ACQUIRE || call->status != CALL_OTHER_KERNEL);
}

bool function_releases(const struct function *function, int node)
{
	const struct call_info *call = function->calls[node];

	return function_has_role(function, node, ROLE_RELEASE) ||
	       (call && call->detail == DETAIL_FREE);
}

bool function_is_plain_release(const struct function *function, int node)
{
	const struct call_info *call = function->calls[node];

	return function_has_role(function, node, ROLE_RELEASE) &&
	       (call->family == FAMILY_GET || call->family == FAMILY_PUT_USER ||
		call->family == FAMILY_PIN);
}

const char *node_callee(const struct ir_node *node)
{
	const char *name = node->callee ? node->callee : node->pointer ? node->pointer->name : NULL;

	return name ? name : "";
}

char *node_callee_text(const struct ir_node *node)
{
	g_autofree char *pointer = node->pointer ? expr_print(node->pointer) : NULL;

	return pointer ? g_strconcat("*", pointer, NULL) : g_strdup(node_callee(node));
}

int function_param_of(const struct function *function, const struct expr *e)
{
	const struct expr *root = expr_root(e);

	for (int i = 0; root->op == EXPR_LOCAL && i < function_param_count(function); i++)
		if (function_param(function, i) == root)
			return i;
	return -1;
}

bool function_is_local(const struct function *function, const struct expr *name)
{
	if (!name->a && function_param_of(function, name) >= 0)
		return false;
	for (int i = 0; i < function->ir->count; i++)
		if (node_sets(function_node(function, i), name))
			return true;
	return false;
}

bool function_is_array(const struct function *function, const struct expr *name)
{
	for (int i = 0; i < function->ir->count; i++)
		if (node_sets(function_node(function, i), name) &&
		    function_node(function, i)->op == IR_OP_DECLARE)
			return function_node(function, i)->type == IR_TYPE_ARRAY;
	return false;
}

const struct known *function_known(const struct function *function, int node,
				   enum knowledge_kind kind)
{
	const struct ir_node *call = function_node(function, node);

	return call->kind == IR_CALL ? knowledge_find(function->knowledge, kind, node_callee(call))
				     : NULL;
}

const struct expr *function_error_tested(const struct function *function, int node)
{
	const struct known *error = function_known(function, node, KNOW_ERROR);

	return error && error->details & KNOWN(TEST) ?
		node_argument(function_node(function, node), error->index) : NULL;
}

bool function_has_detail(const struct function *function, int node, enum knowledge_kind kind,
			 unsigned int details)
{
	const struct known *known = function_known(function, node, kind);

	return known && known->details & details;
}

bool function_acquires(const struct function *function, int depth)
{
	for (int i = 0; i < function->ir->count; i++) {
		const struct function *callee = depth ? function->callees[i] : NULL;

		if (function_has_role(function, i, ROLE_ACQUIRE) ||
		    (callee && callee != function && function_acquires(callee, depth - 1)))
			return true;
	}
	return false;
}

const char *function_object_tag(const struct function *function, int param, size_t *length)
{
	const char *at = function->info->objects;

	if (at && *at == '=')
		at++;
	for (int i = -1; at && i < param; i++) {
		at = strchr(at, ',');
		at += at != NULL;
	}
	*length = at ? strcspn(at, ",") : 0;
	return at && *at != '-' ? at : NULL;
}

int function_param_of_tag(const struct function *function, const char *tag, size_t length)
{
	for (int i = 0; i < function_param_count(function); i++) {
		size_t other = 0;
		const char *at = function_object_tag(function, i, &other);

		if (at && other == length && !strncmp(at, tag, length))
			return i;
	}
	return -1;
}
