// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "cfg/reaching_defs.h"
#include "checkers/gup_flags.h"
#include "decide/longterm.h"

/* How many definitions and calls are followed one behind the other. */
#define MAX_DEPTH 6

static const struct gup_flags unknown = { 0, 0, false };

static struct gup_flags value_at(const struct program *program, const struct function *function,
				 int at, const struct expr *e, int depth);

static bool is_truth(const struct expr *e)
{
	return e->op == EXPR_NOT || (e->op >= EXPR_LT && e->op <= EXPR_NE);
}

static struct gup_flags either(struct gup_flags a, struct gup_flags b)
{
	return (struct gup_flags){ a.may | b.may, a.lacks | b.lacks, a.known && b.known };
}

/* a | b */
static struct gup_flags both(struct gup_flags a, struct gup_flags b)
{
	return (struct gup_flags){ a.may | b.may, a.lacks & b.lacks, a.known && b.known };
}

static struct gup_flags value_of_definition(const struct program *program,
					    const struct function *function, int node,
					    const struct expr *variable, int depth)
{
	const struct ir_node *set = function_node(function, node);
	struct gup_flags value;

	if (set->kind != IR_SET)
		return unknown;
	value = value_at(program, function, node, set->rhs, depth);
	if (set->op == IR_OP_ASSIGN)
		return value;
	/* flags |= FOLL_WRITE: what &= would take away is taken to stay */
	return both(value, value_at(program, function, node, variable, depth));
}

/* All that callers give. It is not known to be all without a program, or of a public function. */
static struct gup_flags value_of_param(const struct program *program,
				       const struct function *function, int param, int depth)
{
	const GArray *calls = program ? program_calls(program, function) : NULL;
	struct gup_flags value = { 0, 0, calls && function->info->is_static };

	for (guint i = 0; calls && i < calls->len; i++) {
		const struct program_call *at = &g_array_index(calls, struct program_call, i);

		value = either(value, value_at(program, at->caller, at->node,
					       node_argument(function_node(at->caller, at->node),
							     param), depth));
	}
	return value;
}

static struct gup_flags value_of_variable(const struct program *program,
					  const struct function *function, int at,
					  const struct expr *variable, int depth)
{
	g_autoptr(GArray) defs = ir_reaching_defs(function->ir, at, variable, IR_EDGES_CONTROL);
	int param = function_param_of(function, variable);
	struct gup_flags value = { 0, 0, defs->len > 0 };

	if (param >= 0)
		value = value_of_param(program, function, param, depth);
	for (guint i = 0; i < defs->len; i++)
		value = either(value, value_of_definition(program, function,
							  g_array_index(defs, int, i), variable,
							  depth));
	return value;
}

/*
 * The values that functions of the file store in a member of that name. A bit that "|=" adds may
 * be there or not.
 */
static struct gup_flags value_of_member(const struct program *program, int file, const char *name,
					int depth)
{
	struct gup_flags value = { 0, 0, false };
	bool known = true;

	for (guint f = 0; program && f < program->functions->len; f++) {
		const struct function *function = program->functions->pdata[f];

		for (int i = 0; function->info->file == file && i < function->ir->count; i++) {
			const struct ir_node *set = function_node(function, i);
			struct gup_flags stored;

			if (set->kind != IR_SET || !expr_is_member(set->lhs) ||
			    set->lhs->name != name || set->op == IR_OP_DECLARE)
				continue;
			stored = value_at(program, function, i, set->rhs, depth);
			known &= stored.known;
			value.known |= set->op == IR_OP_ASSIGN;
			value.may |= stored.may;
			value.lacks |= set->op == IR_OP_ASSIGN ? stored.lacks : 0;
		}
	}
	value.known &= known;
	return value;
}

static struct gup_flags value_at(const struct program *program, const struct function *function,
				 int at, const struct expr *e, int depth)
{
	struct gup_flags a, b;

	if (!e || !depth)
		return unknown;
	switch (e->op) {
	case EXPR_NUMBER:
		return (struct gup_flags){ e->number, ~(unsigned long)e->number, true };
	case EXPR_LOCAL:
	case EXPR_TEMP:
		return value_of_variable(program, function, at, e, depth - 1);
	case EXPR_MEMBER:
	case EXPR_ARROW:
		return value_of_member(program, function->info->file, e->name, depth - 1);
	case EXPR_OR:
	case EXPR_AND:
		a = value_at(program, function, at, e->a, depth);
		b = value_at(program, function, at, e->b, depth);
		return e->op == EXPR_OR ? both(a, b) :
		       a.known && b.known ? (struct gup_flags){ a.may & b.may, a.lacks | b.lacks,
								true } : unknown;
	default:
		/* a truth value: FOLL_WRITE by chance, or nothing */
		return is_truth(e) ? (struct gup_flags){ GUP_WRITE, ~0ul, true } : unknown;
	}
}

static const struct expr *flags_argument(const struct function *function, int call)
{
	return node_argument(function_node(function, call), function->args[call].flags);
}

struct gup_flags gup_flags_of(const struct program *program, const struct function *function,
			      int call)
{
	return value_at(program, function, call, flags_argument(function, call), MAX_DEPTH);
}

struct gup_flags gup_flags_of_argument(const struct function *function, int call, int argument)
{
	return value_at(NULL, function, call,
			node_argument(function_node(function, call), argument), MAX_DEPTH);
}

int gup_flags_param(const struct function *function, int call, int argument)
{
	const struct expr *flags = node_argument(function_node(function, call), argument);
	int param = flags && flags->op == EXPR_LOCAL ? function_param_of(function, flags) : -1;

	for (int i = 0; param >= 0 && i < function->ir->count; i++)
		if (node_sets(function_node(function, i), flags))
			return -1;
	return param;
}

unsigned long gup_longterm_bit(const struct program *program)
{
	for (guint f = 0; f < program->functions->len; f++) {
		const struct function *function = program->functions->pdata[f];

		for (int i = 0; i < function->ir->count; i++) {
			const struct call_info *call = function->calls[i];
			unsigned long bit = call && strstr(call->flags, "FOLL_LONGTERM") ?
				longterm_bit_of(flags_argument(function, i)) : 0;

			if (bit)
				return bit;
		}
	}
	return 0;
}

bool gup_flags_are_truth(const struct function *function, int call)
{
	const struct expr *flags = flags_argument(function, call);
	g_autoptr(GArray) defs = NULL;

	if (!flags || flags->op != EXPR_LOCAL || function_param_of(function, flags) >= 0)
		return flags && is_truth(flags);
	defs = ir_reaching_defs(function->ir, call, flags, IR_EDGES_CONTROL);
	for (guint i = 0; i < defs->len; i++) {
		const struct ir_node *set = function_node(function, g_array_index(defs, int, i));

		if (set->kind != IR_SET || set->op != IR_OP_ASSIGN || !is_truth(set->rhs))
			return false;
	}
	return defs->len > 0;
}
