// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "cfg/cfg_edges.h"
#include "decide/held_object.h"

bool object_is_shown(const struct knowledge *knowledge, const struct ir_function *ir)
{
	for (int i = 0; ir && i < ir->count; i++) {
		const struct ir_node *node = &ir->nodes[i];

		if (node->kind == IR_CALL && node->callee &&
		    (knowledge_has(knowledge, KNOW_INSERT, node->callee) ||
		     knowledge_has(knowledge, KNOW_LOOKUP, node->callee)))
			return true;
		if (node->kind == IR_SET && node->type == IR_TYPE_POINTER &&
		    node->lhs->op == EXPR_GLOBAL && node->rhs && node->rhs->op != EXPR_NUMBER)
			return true;
	}
	return false;
}

/* -- a list of what was made before -- */

/* "head.next" is in it, where the list is given as &head, or "head->next" of a pointer. */
static bool begins_list(const struct expr *e, const struct expr *list)
{
	const struct expr *head = list->op == EXPR_ADDRESS ? list->a : list;

	for (; e; e = e->a)
		if (expr_is_member(e) && e->a == head && !strcmp(e->name, "next"))
			return true;
	return false;
}

/* A loop behind the node, which begins to walk through a list, returns what it has found. */
static bool returns_from_walk(const struct ir_function *ir, int start)
{
	int head = start;

	while (head < ir->count && ir->nodes[head].kind != IR_LOOP)
		head++;
	for (int i = head; head < ir->count && i < ir->nodes[head].no; i++) {
		const struct expr *value = ir->nodes[i].kind == IR_RETURN ? ir->nodes[i].rhs : NULL;

		if (value && (value->op != EXPR_NUMBER || value->number >= 0))
			return true;
	}
	return false;
}

static bool looks_there_first(const struct ir_function *ir, int insert)
{
	const struct ir_node *call = &ir->nodes[insert];

	for (int i = 0; i < insert; i++)
		for (int a = 0; ir->nodes[i].kind == IR_SET && a < call->arg_count; a++)
			if (begins_list(ir->nodes[i].rhs, call->args[a]) &&
			    returns_from_walk(ir, i))
				return true;
	return false;
}

bool object_is_found_again(const struct knowledge *knowledge, const struct ir_function *ir)
{
	for (int i = 0; ir && i < ir->count; i++)
		if (ir->nodes[i].kind == IR_CALL && ir->nodes[i].callee &&
		    knowledge_has(knowledge, KNOW_INSERT, ir->nodes[i].callee) &&
		    looks_there_first(ir, i))
			return true;
	return false;
}

/* -- a file of the user's -- */

static bool opens_behind(const struct knowledge *knowledge, const struct ir_function *ir, int from)
{
	for (int i = 0; ir && i < ir->count; i++)
		if (ir->nodes[i].kind == IR_CALL && ir->nodes[i].callee &&
		    knowledge_has(knowledge, KNOW_OPENS, ir->nodes[i].callee) &&
		    (from < 0 || ir_reaches(ir, from, i, -1)))
			return true;
	return false;
}

bool object_is_in_file(const struct knowledge *knowledge, const struct cfg *cfg,
		       GHashTable *takers, const struct holding *holding)
{
	GHashTableIter iter;
	void *key;

	g_hash_table_iter_init(&iter, takers);
	while (g_hash_table_iter_next(&iter, &key, NULL)) {
		const struct function_info *taker = key;
		int from = taker == holding->function ? holding->node : -1;

		if (opens_behind(knowledge, cfg_function(cfg, taker->id), from))
			return true;
	}
	return false;
}

/* -- an object that others have had before -- */

static bool sets_member(const struct ir_function *ir, const char *member)
{
	for (int i = 0; i < ir->count; i++)
		if (ir->nodes[i].kind == IR_SET && ir->nodes[i].lhs->op == EXPR_ARROW &&
		    ir->nodes[i].lhs->name == member)
			return true;
	return false;
}

/* The member of the object that a parameter points to, in which the access lies; or NULL. */
static const char *member_of_param(const struct ir_function *ir, const struct expr *access)
{
	for (; access; access = access->a)
		if (access->op == EXPR_ARROW && ir_parameter(ir, access->a) >= 0)
			return access->name;
	return NULL;
}

/* Where the node puts a page of the array: "list->page[i] = pages[0]", sg_set_page(); or NULL. */
static const struct expr *filled_by(const struct knowledge *knowledge, const struct ir_node *node,
				    const struct expr *array)
{
	const struct known *known = node->kind == IR_CALL && node->callee ?
		knowledge_find(knowledge, KNOW_BORROW, node->callee) : NULL;

	if (node->kind == IR_SET && node->rhs && node->op == IR_OP_ASSIGN &&
	    expr_base(node->rhs) == array)
		return node->lhs;
	for (int i = 0; known && known->index >= 0 && known->index < node->arg_count &&
	     i < node->arg_count; i++)
		if (i != known->index && expr_base(node->args[i]) == array)
			return node->args[known->index];
	return NULL;
}

/* A page of the function's own array or variable is put into such a member; or NULL. */
static const char *member_filled(const struct knowledge *knowledge, const struct ir_function *ir,
				 const struct expr *array)
{
	const char *member = NULL;

	for (int i = 1; !member && i < ir->count; i++) {
		const struct expr *access = filled_by(knowledge, &ir->nodes[i], array);

		member = access ? member_of_param(ir, access) : NULL;
	}
	return member;
}

bool is_in_older_object(const struct knowledge *knowledge, const struct cfg *cfg,
			GHashTable *takers, const struct holding *holding)
{
	const struct ir_function *own = cfg_function(cfg, holding->function->id);
	const struct expr *array = holding->pages;
	const char *member = NULL;
	GHashTableIter iter;
	void *taker;

	if (!array || holding->function->is_static)
		return false;
	if (array->op == EXPR_ARROW && ir_parameter(own, array->a) >= 0)
		member = array->name;
	else if (array->op == EXPR_LOCAL && ir_parameter(own, array) < 0)
		member = member_filled(knowledge, own, array);
	if (!member)
		return false;
	g_hash_table_iter_init(&iter, takers);
	while (g_hash_table_iter_next(&iter, &taker, NULL)) {
		const struct function_info *function = taker;
		const struct ir_function *ir = cfg_function(cfg, function->id);

		if (!ir || sets_member(ir, member))
			return false;
	}
	return true;
}
