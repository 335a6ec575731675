// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/reaching_defs.h"
#include "checkers/dma_direction.h"

/* How many definitions and calls are followed one behind the other. */
#define MAX_DEPTH 4

static const struct dma_direction unknown = { 0, false };

static struct dma_direction value_at(const struct program *program,
				     const struct function *function, int at, const struct expr *e,
				     int depth);

static void add(struct dma_direction *to, struct dma_direction other)
{
	to->may |= other.may;
	to->known &= other.known;
}

static struct dma_direction value_of_param(const struct program *program,
					   const struct function *function, int param, int depth)
{
	const GArray *calls = program_calls(program, function);
	struct dma_direction value = { 0, calls && function->info->is_static };

	for (guint i = 0; calls && i < calls->len; i++) {
		const struct program_call *at = &g_array_index(calls, struct program_call, i);

		add(&value, value_at(program, at->caller, at->node,
				     node_argument(function_node(at->caller, at->node), param),
				     depth));
	}
	return value;
}

static struct dma_direction value_of_variable(const struct program *program,
					      const struct function *function, int at,
					      const struct expr *variable, int depth)
{
	g_autoptr(GArray) defs = ir_reaching_defs(function->ir, at, variable, IR_EDGES_CONTROL);
	int param = function_param_of(function, variable);
	struct dma_direction value = { 0, defs->len > 0 };

	if (param >= 0)
		value = value_of_param(program, function, param, depth);
	for (guint i = 0; i < defs->len; i++) {
		int node = g_array_index(defs, int, i);
		const struct ir_node *set = function_node(function, node);

		add(&value, set->kind == IR_SET && set->op == IR_OP_ASSIGN ?
			value_at(program, function, node, set->rhs, depth) : unknown);
	}
	return value;
}

/* The values that functions of the file store in a member of that name: there may be others. */
static struct dma_direction value_of_member(const struct program *program, int file,
					    const char *name, int depth)
{
	struct dma_direction value = unknown;

	for (guint f = 0; f < program->functions->len; f++) {
		const struct function *function = program->functions->pdata[f];

		for (int i = 0; function->info->file == file && i < function->ir->count; i++) {
			const struct ir_node *set = function_node(function, i);

			if (set->kind == IR_SET && set->op == IR_OP_ASSIGN &&
			    expr_is_member(set->lhs) && set->lhs->name == name)
				add(&value, value_at(program, function, i, set->rhs, depth));
		}
	}
	return value;
}

static struct dma_direction value_at(const struct program *program,
				     const struct function *function, int at, const struct expr *e,
				     int depth)
{
	if (!e || !depth)
		return unknown;
	switch (e->op) {
	case EXPR_NUMBER:
		return e->number < 0 || e->number > DMA_FROM_DEVICE ? unknown :
		       (struct dma_direction){ 1u << e->number, true };
	case EXPR_LOCAL:
	case EXPR_TEMP:
		return value_of_variable(program, function, at, e, depth - 1);
	case EXPR_MEMBER:
	case EXPR_ARROW:
		return value_of_member(program, function->info->file, e->name, depth - 1);
	default:
		return unknown;
	}
}

struct dma_direction dma_direction_of(const struct program *program,
				      const struct function *function, int node)
{
	return value_at(program, function, node,
			node_argument(function_node(function, node),
				      function->args[node].direction),
			MAX_DEPTH);
}
