// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/cfg_edges.h"
#include "checkers/dma_direction.h"
#include "checkers/expr_query.h"
#include "checkers/page_writes.h"

/* How many calls down a write behind an address is looked for. */
#define WRITES_DEPTH 2

/* The expression that a pointer is made of: at of "at", "at + 4" and "&at[4]". */
static const struct expr *pointer_of(const struct expr *e)
{
	while (e->op == EXPR_ADD || e->op == EXPR_SUB ||
	       (e->op == EXPR_ADDRESS && e->a->op == EXPR_INDEX))
		e = e->op == EXPR_ADDRESS ? e->a->a : e->a;
	return e;
}

/* An assignment to lhs writes behind one of the pointers. */
static bool is_behind(GHashTable *pointers, const struct expr *lhs)
{
	bool through = false;

	for (; lhs; lhs = lhs->a) {
		if (through && g_hash_table_contains(pointers, pointer_of(lhs)))
			return true;
		through = lhs->op == EXPR_DEREF || lhs->op == EXPR_ARROW || lhs->op == EXPR_INDEX;
		if (!through && lhs->op != EXPR_MEMBER)
			return false;
	}
	return false;
}

/* The value is, or is made of, one of the pointers, or what the call at use gives (-1: none). */
static bool is_address(GHashTable *pointers, const struct expr *value, int use)
{
	const struct expr *pointer = pointer_of(value);

	if (use >= 0 && expr_result_node(value) == use)
		return value->op == EXPR_RESULT;
	return g_hash_table_contains(pointers, pointer) ||
	       (use >= 0 && pointer->op == EXPR_RESULT && pointer->number == use);
}

/* Adds the names that are given the address, in the order of nodes, twice round for loops. */
static void add_pointers(const struct function *function, int use, GHashTable *pointers)
{
	for (int i = 0; i < 2 * function->ir->count; i++) {
		const struct ir_node *set = function_node(function, i % function->ir->count);

		if (set->kind == IR_SET && set->op == IR_OP_ASSIGN && !set->lhs->unknown &&
		    is_address(pointers, set->rhs, use))
			g_hash_table_add(pointers, (void *)set->lhs);
	}
}

static bool is_written_by(const struct function *function, int node, int use, GHashTable *pointers,
			  int depth);

/* The function writes behind this parameter of its. */
static bool writes_param(const struct function *function, int param, int depth)
{
	g_autoptr(GHashTable) pointers = g_hash_table_new(NULL, NULL);

	if (param >= function_param_count(function))
		return false;
	g_hash_table_add(pointers, (void *)function_param(function, param));
	add_pointers(function, -1, pointers);
	for (int i = 0; i < function->ir->count; i++)
		if (is_written_by(function, i, -1, pointers, depth))
			return true;
	return false;
}

static bool is_written_by(const struct function *function, int node, int use, GHashTable *pointers,
			  int depth)
{
	const struct ir_node *at = function_node(function, node);
	const struct function *callee = depth ? function->callees[node] : NULL;
	const struct known *known;
	const struct expr *to;

	if (at->kind == IR_SET)
		return at->op != IR_OP_DECLARE && is_behind(pointers, at->lhs);
	known = function_known(function, node, KNOW_WRITES);
	to = known ? node_argument(at, known->index) : NULL;
	if (known || at->kind != IR_CALL)
		return to && is_address(pointers, to, use);
	for (int i = 0; callee && i < at->arg_count; i++)
		if (is_address(pointers, at->args[i], use) && writes_param(callee, i, depth - 1))
			return true;
	return false;
}

static int cpu_write(const struct function *function, int use)
{
	g_autoptr(GHashTable) pointers = g_hash_table_new(NULL, NULL);

	if (function_known(function, use, KNOW_WRITES))
		return use;
	add_pointers(function, use, pointers);
	for (int i = 0; i < function->ir->count; i++)
		if (is_written_by(function, i, use, pointers, WRITES_DEPTH) &&
		    ir_reaches(function->ir, use, i, -1))
			return i;
	return -1;
}

/* Where it need not be sure, a direction that is not known is one of both. */
static bool is_from_device(const struct program *program, const struct function *function, int use,
			   bool sure)
{
	struct dma_direction direction = dma_direction_of(program, function, use);

	return dma_direction_writes(direction) || (!sure && !direction.known);
}

/* Mappings of a scatterlist in the file, by whether they are in a direction that writes. */
static int list_mappings(const struct program *program, int file, bool sure, bool writing)
{
	int count = 0;

	for (guint f = 0; f < program->functions->len; f++) {
		const struct function *function = program->functions->pdata[f];

		for (int i = 0; function->info->file == file && i < function->ir->count; i++)
			count += function_has_role(function, i, ROLE_USE) &&
				 function->calls[i]->detail == DETAIL_DMA &&
				 is_from_device(program, function, i, sure) == writing;
	}
	return count;
}

/* A scatterlist is mapped in the same file, all those that are in a direction that writes. */
static bool list_is_written(const struct program *program, int file, bool sure)
{
	return list_mappings(program, file, sure, true) &&
	       !list_mappings(program, file, sure, false);
}

bool page_use_reads(const struct program *program, const struct function *function, int use)
{
	switch (function->calls[use]->detail) {
	case DETAIL_DMA:
		return !is_from_device(program, function, use, false);
	case DETAIL_SCATTER:
		return list_mappings(program, function->info->file, false, false);
	default:
		return false;
	}
}

int page_write_of(const struct program *program, const struct function *function, int use,
		  bool sure)
{
	switch (function->calls[use]->detail) {
	case DETAIL_CPU:
		return cpu_write(function, use);
	case DETAIL_DMA:
		return is_from_device(program, function, use, sure) ? use : -1;
	case DETAIL_SCATTER:
		return list_is_written(program, function->info->file, sure) ? use : -1;
	default:
		return -1;
	}
}
