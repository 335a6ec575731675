// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/cfg_edges.h"
#include "convert/select/site_facts.h"

#define COPIES_DEPTH 4

/*
 * Sign analysis of one local variable, sparse and on demand: each definition that may give a
 * negative value is followed forward along the paths on which the variable can still be negative.
 * A test of it against a number lets through the outcomes that a negative value has; a new
 * definition ends the path. Where such a path comes to the place in question, the answer is yes.
 *
 * A definition may give a negative value if it is a negative number, a call that may fail, or a
 * copy of a variable that may be negative there (up to COPIES_DEPTH copies). Arithmetic gives
 * none: as in the kernel, a count is only below zero when it is an error code. A parameter is
 * unknown, since its callers need not have a graph, and so is a call of a function that neither
 * the graphs nor the knowledge tell about.
 */

struct sign {
	const struct site_facts *facts;
	const struct ir_function *function;
	int depth;
};

static enum fact variable_negative(const struct sign *sign, int at, const struct expr *variable);

/* Which outcomes of "v op number" a negative v can have. */
static void negative_outcomes(enum ir_op op, long long number, bool *yes, bool *no)
{
	*yes = *no = true;
	switch (op) {
	case IR_OP_LT:
	case IR_OP_NE:
		*no = number < 0;
		break;
	case IR_OP_LE:
		*no = number < -1;
		break;
	case IR_OP_GE:
	case IR_OP_EQ:
		*yes = number < 0;
		break;
	case IR_OP_GT:
		*yes = number < -1;
		break;
	default:
		break;
	}
}

/* The successors of a node on paths on which the variable stays negative. */
static int negative_successors(const struct ir_function *function, int at,
			       const struct expr *variable, int next[2])
{
	const struct ir_node *node = &function->nodes[at];
	bool yes, no;
	int count = 0;

	if (node->kind != IR_TEST || node->lhs != variable || !node->rhs ||
	    node->rhs->op != EXPR_NUMBER)
		return ir_successors(function, at, IR_EDGES_CONTROL, next);
	negative_outcomes(node->op, node->rhs->number, &yes, &no);
	if (yes && node->yes >= 0)
		next[count++] = node->yes;
	if (no && node->no >= 0)
		next[count++] = node->no;
	return count;
}

static bool redefines(const struct ir_node *node, const struct expr *variable)
{
	return node->kind == IR_SET && node->lhs == variable &&
	       (node->op == IR_OP_ASSIGN || node->op == IR_OP_DECLARE);
}

/* A path leads from a definition to a node on which a negative value is kept. */
static bool comes_negative(const struct ir_function *function, int definition, int at,
			   const struct expr *variable)
{
	g_autofree bool *seen = g_new0(bool, function->count);
	g_autoptr(GArray) queue = g_array_new(FALSE, FALSE, sizeof(int));

	g_array_append_val(queue, definition);
	for (guint q = 0; q < queue->len; q++) {
		int next[2];
		int count = negative_successors(function, g_array_index(queue, int, q), variable,
						next);

		for (int i = 0; i < count; i++) {
			if (next[i] == at)
				return true;
			if (seen[next[i]] || redefines(&function->nodes[next[i]], variable))
				continue;
			seen[next[i]] = true;
			g_array_append_val(queue, next[i]);
		}
	}
	return false;
}

/* A function of the file that returns or sets a negative number, or acquires pages. */
static bool may_fail(const struct site_facts *facts, const struct ir_function *function)
{
	for (int i = 0; i < function->count; i++) {
		const struct ir_node *node = &function->nodes[i];

		if ((node->kind == IR_RETURN || node->kind == IR_SET) && node->rhs &&
		    node->rhs->op == EXPR_NUMBER && node->rhs->number < 0)
			return true;
		if (node->kind == IR_CALL && node->callee &&
		    knowledge_details(site_facts_knowledge(facts), KNOW_RESULT, node->callee) &
		    KNOWN(ERROR))
			return true;
	}
	return false;
}

static enum fact call_negative(const struct sign *sign, int node)
{
	const char *callee = sign->function->nodes[node].callee;
	const struct ir_function *function;
	unsigned int details;

	if (!callee)
		return FACT_UNKNOWN;
	function = site_facts_function(sign->facts, sign->function->file, callee);
	if (function)
		return may_fail(sign->facts, function) ? FACT_YES : FACT_NO;
	details = knowledge_details(site_facts_knowledge(sign->facts), KNOW_RESULT, callee);
	if (details & KNOWN(ERROR))
		return FACT_YES;
	return details & KNOWN(COUNT) ? FACT_NO : FACT_UNKNOWN;
}

/* The value that the definition gives. */
static enum fact value_negative(const struct sign *sign, int definition)
{
	const struct expr *value = sign->function->nodes[definition].rhs;
	struct sign copied = *sign;

	if (!value)
		return FACT_NO;
	switch (value->op) {
	case EXPR_NUMBER:
		return value->number < 0 ? FACT_YES : FACT_NO;
	case EXPR_NEGATE:
		return FACT_YES;
	case EXPR_RESULT:
		return call_negative(sign, value->number);
	case EXPR_LOCAL:
	case EXPR_TEMP:
		copied.depth++;
		return copied.depth > COPIES_DEPTH ? FACT_UNKNOWN
						   : variable_negative(&copied, definition, value);
	default:
		return FACT_NO;
	}
}

/* Its type, as the nodes that set or test it have it. */
static bool is_unsigned(const struct ir_function *function, const struct expr *variable)
{
	for (int i = 0; i < function->count; i++)
		if (function->nodes[i].kind == IR_SET && function->nodes[i].lhs == variable)
			return function->nodes[i].type == IR_TYPE_UNSIGNED;
	return false;
}

static enum fact variable_negative(const struct sign *sign, int at, const struct expr *variable)
{
	const struct ir_function *function = sign->function;
	enum fact all = FACT_NO;

	if (is_unsigned(function, variable))
		return FACT_NO;
	if (ir_parameter(function, variable) >= 0 && comes_negative(function, 0, at, variable))
		all = FACT_UNKNOWN;
	for (int i = 0; i < function->count; i++) {
		enum fact one;

		if (!redefines(&function->nodes[i], variable) ||
		    !comes_negative(function, i, at, variable))
			continue;
		one = value_negative(sign, i);
		if (one == FACT_YES)
			return FACT_YES;
		if (one == FACT_UNKNOWN)
			all = FACT_UNKNOWN;
	}
	return all;
}

enum fact site_sign_negative(const struct site_facts *facts, const struct ir_function *function,
			     int at, const struct expr *variable)
{
	const struct sign sign = { .facts = facts, .function = function };

	return variable_negative(&sign, at, variable);
}
