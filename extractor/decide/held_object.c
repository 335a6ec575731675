// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

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

/* -- an object that others have had before -- */

static bool sets_member(const struct ir_function *ir, const char *member)
{
	for (int i = 0; i < ir->count; i++)
		if (ir->nodes[i].kind == IR_SET && ir->nodes[i].lhs->op == EXPR_ARROW &&
		    ir->nodes[i].lhs->name == member)
			return true;
	return false;
}

static bool is_param(const struct ir_function *ir, const struct expr *e)
{
	for (int i = 0; i < ir->nodes[0].arg_count; i++)
		if (ir->nodes[0].args[i] == e)
			return true;
	return false;
}

bool is_in_older_object(const struct cfg *cfg, GHashTable *takers, const struct holding *holding)
{
	const struct expr *array = holding->pages;
	GHashTableIter iter;
	void *taker;

	if (!array || array->op != EXPR_ARROW || holding->function->is_static ||
	    !is_param(cfg_function(cfg, holding->function->id), array->a))
		return false;
	g_hash_table_iter_init(&iter, takers);
	while (g_hash_table_iter_next(&iter, &taker, NULL)) {
		const struct function_info *function = taker;
		const struct ir_function *ir = cfg_function(cfg, function->id);

		if (!ir || sets_member(ir, array->name))
			return false;
	}
	return true;
}
