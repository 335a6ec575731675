// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/cfg_edges.h"
#include "decide/flag_refusal.h"
#include "model/path_class.h"

#define CALLEES_DEPTH 6
#define VISITS_MAX 4	/* of one node, in one call of its function */
#define VARIABLES_MAX 12

/**
 * struct flag_value - what is known of an expression
 * @known: it is @number
 * @set: it is not 0
 * @flags: the flags are part of it
 * @behind: of the address of a variable that is: the variable, in the caller
 */
struct flag_value {
	bool known, set, flags;
	unsigned long number;
	const struct expr *behind;
};

/**
 * struct memory - the variables that something is known of
 */
struct memory {
	const struct expr *names[VARIABLES_MAX];
	struct flag_value values[VARIABLES_MAX];
	int count;
};

/**
 * struct interpretation - of the target with one set of flags
 * @by_name: name -> struct ir_function
 * @refusals: set of struct ir_node: the tests that are in reach
 * @depth: callees that are entered
 */
struct interpretation {
	const struct deciding *d;
	GHashTable *by_name;
	GHashTable *refusals;
	int depth;
};

static const struct flag_value unknown;

static struct flag_value number(unsigned long number, bool flags)
{
	return (struct flag_value){ .known = true, .set = number, .flags = flags,
				    .number = number };
}

static struct flag_value memory_get(const struct memory *memory, const struct expr *name)
{
	for (int i = 0; i < memory->count; i++)
		if (memory->names[i] == name)
			return memory->values[i];
	return unknown;
}

static void memory_set(struct memory *memory, const struct expr *name, struct flag_value value)
{
	int i = 0;

	while (i < memory->count && memory->names[i] != name)
		i++;
	if (i == VARIABLES_MAX)
		return;
	memory->names[i] = name;
	memory->values[i] = value;
	memory->count = MAX(memory->count, i + 1);
}

/* -- expressions -- */

static struct flag_value value_of(const struct memory *memory, const struct expr *e);

static struct flag_value value_of_binary(const struct memory *memory, const struct expr *e)
{
	struct flag_value a = value_of(memory, e->a), b = value_of(memory, e->b);
	bool flags = a.flags || b.flags;

	if (e->op == EXPR_AND && ((a.known && !a.number) || (b.known && !b.number)))
		return number(0, flags);
	if (!a.known || !b.known)
		return (struct flag_value){ .flags = flags,
				       .set = e->op == EXPR_OR && (a.set || b.set) };
	switch (e->op) {
	case EXPR_AND:
		return number(a.number & b.number, flags);
	case EXPR_OR:
		return number(a.number | b.number, flags);
	case EXPR_SHL:
		return b.number < 8 * sizeof(long) ? number(a.number << b.number, flags) : unknown;
	default:
		return unknown;
	}
}

static struct flag_value value_of(const struct memory *memory, const struct expr *e)
{
	struct flag_value value;

	if (!e)
		return unknown;
	if (expr_is_binary(e))
		return value_of_binary(memory, e);
	switch (e->op) {
	case EXPR_NUMBER:
		return number(e->number, false);
	case EXPR_ADDRESS:
		value = memory_get(memory, e->a);
		return (struct flag_value){ .set = true, .behind = value.flags ? e->a : NULL };
	case EXPR_INVERT:
		value = value_of(memory, e->a);
		return value.known ? number(~value.number, value.flags) : unknown;
	default:
		return memory_get(memory, e);
	}
}

/* -1: not known */
static int outcome_of(const struct memory *memory, const struct ir_node *test)
{
	struct flag_value a = value_of(memory, test->lhs), b = value_of(memory, test->rhs);

	if (a.known && b.known)
		return ir_op_holds(test->op, a.number, b.number);
	if (a.set && b.known && !b.number && (test->op == IR_OP_NE || test->op == IR_OP_EQ))
		return test->op == IR_OP_NE;
	return -1;
}

/* -- nodes -- */

/* The flags become "flags |= number"; the operator is not in the graph: a mask is below zero. */
static void run_set(struct memory *memory, const struct ir_node *node)
{
	struct flag_value was = value_of(memory, node->lhs), with = value_of(memory, node->rhs);

	if (node->op == IR_OP_OTHER_ASSIGN && was.known && with.known)
		with = number((long)with.number < 0 ? was.number & with.number :
						      was.number | with.number,
			      was.flags || with.flags);
	else if (node->op != IR_OP_ASSIGN)
		with = (struct flag_value){ .flags = was.flags };
	memory_set(memory, node->lhs, with);
}

/* The outcome of the test leads to the return of an error, or of false, and to nothing else. */
static bool is_refusing(const struct ir_function *function, const struct ir_node *test)
{
	int at = test->yes;

	while (at >= 0 && function->nodes[at].kind == IR_JOIN)
		at = function->nodes[at].yes;
	return test->warned && at >= 0 && function->nodes[at].kind == IR_RETURN &&
	       function->nodes[at].rhs && function->nodes[at].rhs->op == EXPR_NUMBER &&
	       function->nodes[at].rhs->number <= 0;
}

static void run_function(struct interpretation *in, const struct ir_function *function,
			 struct memory *memory);

/* With the values that the node has for its parameters. */
static void run_call(struct interpretation *in, struct memory *memory, const struct ir_node *call)
{
	const struct ir_function *callee = call->callee ?
		g_hash_table_lookup(in->by_name, call->callee) : NULL;
	struct memory inner = { .count = 0 };
	const struct expr *behind = NULL, *pointed = NULL;
	bool flags = false;

	for (int i = 0; callee && i < call->arg_count && i < callee->nodes[0].arg_count; i++) {
		const struct expr *parameter = callee->nodes[0].args[i];
		struct flag_value value = value_of(memory, call->args[i]);

		memory_set(&inner, parameter, value);
		flags |= value.flags || value.behind;
		if (!value.behind)
			continue;
		behind = value.behind;
		pointed = expr_unary(in->d->cfg->pool, EXPR_DEREF, parameter);
		memory_set(&inner, pointed, memory_get(memory, behind));
	}
	if (!flags || in->depth >= CALLEES_DEPTH)
		return;
	in->depth++;
	run_function(in, callee, &inner);
	in->depth--;
	if (behind)
		memory_set(memory, behind, memory_get(&inner, pointed));
}

/* A node to go on with, and the memory in front of it. */
struct step {
	int node;
	struct memory memory;
};

static void add_steps(GArray *steps, const struct ir_function *function, int at, int outcome,
		      const struct memory *memory)
{
	int next[2], count = ir_successors(function, at, IR_EDGES_CONTROL, next);
	const struct ir_node *node = &function->nodes[at];

	for (int i = 0; i < count; i++) {
		struct step step = { next[i], *memory };

		if (outcome < 0 || next[i] == (outcome ? node->yes : node->no))
			g_array_append_val(steps, step);
	}
}

/* *memory is what a return leaves, where the function has been given flags by their address. */
static void run_function(struct interpretation *in, const struct ir_function *function,
			 struct memory *memory)
{
	g_autoptr(GArray) steps = g_array_new(FALSE, FALSE, sizeof(struct step));
	g_autofree int *visits = g_new0(int, function->count);
	struct step start = { 0, *memory };

	g_array_append_val(steps, start);
	while (steps->len) {
		struct step step = g_array_index(steps, struct step, steps->len - 1);
		const struct ir_node *node = &function->nodes[step.node];
		int outcome = -1;

		g_array_set_size(steps, steps->len - 1);
		if (visits[step.node]++ >= VISITS_MAX)
			continue;
		if (node->kind == IR_SET)
			run_set(&step.memory, node);
		else if (node->kind == IR_CALL)
			run_call(in, &step.memory, node);
		else if (node->kind == IR_TEST)
			outcome = outcome_of(&step.memory, node);
		else if (node->kind == IR_RETURN)
			*memory = step.memory;
		if (node->kind == IR_TEST && outcome && is_refusing(function, node))
			g_hash_table_insert(in->refusals, (void *)node, (void *)function);
		add_steps(steps, function, step.node, outcome, &step.memory);
	}
}

/* The tests that refuse the call with these flags, and may. Caller frees. */
static GHashTable *refusals_of(const struct deciding *d, GHashTable *by_name,
			       const struct ir_function *target, const struct ir_node *call,
			       int flags, unsigned long bits)
{
	GHashTable *refusals = g_hash_table_new(NULL, NULL);
	struct interpretation in = { d, by_name, refusals, 0 };
	struct memory memory = { .count = 0 }, nothing = { .count = 0 };

	for (int i = 0; i < target->nodes[0].arg_count && i < call->arg_count; i++)
		memory_set(&memory, target->nodes[0].args[i],
			   i == flags ? number(bits, true) : value_of(&nothing, call->args[i]));
	run_function(&in, target, &memory);
	return refusals;
}

/* Those of memory management come last, and stay: others have no such names. Caller frees. */
static GHashTable *functions_by_name(const struct deciding *d)
{
	GHashTable *by_name = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < d->cfg->functions->len; i++) {
		const struct ir_function *function = d->cfg->functions->pdata[i];

		if (path_is_mm(d->graph->knowledge, graph_path(d->graph, function->file)))
			g_hash_table_insert(by_name, (void *)function->nodes[0].callee,
					    (void *)function);
	}
	return by_name;
}

bool flag_is_refused(const struct deciding *d, const struct call_info *call, const char *target,
		     unsigned long bits, unsigned long bit, struct flag_refusal *at)
{
	const struct ir_function *caller = cfg_function(d->cfg, call->function);
	int node = caller ? cfg_call_node(caller, call->id) : -1;
	int flags = GPOINTER_TO_INT(g_hash_table_lookup(d->flags_index, GINT_TO_POINTER(call->id)));
	g_autoptr(GHashTable) by_name = functions_by_name(d), with = NULL, without = NULL;
	const struct ir_function *callee = g_hash_table_lookup(by_name, target);
	GHashTableIter iter;
	void *test, *function;
	bool found = false;

	if (!callee || node < 0 || !flags)
		return false;
	without = refusals_of(d, by_name, callee, &caller->nodes[node], flags - 1, bits & ~bit);
	with = refusals_of(d, by_name, callee, &caller->nodes[node], flags - 1, bits | bit);
	g_hash_table_iter_init(&iter, with);
	while (g_hash_table_iter_next(&iter, &test, &function)) {
		const struct ir_function *in = function;
		int number = (const struct ir_node *)test - in->nodes;

		/* Of several, the first of the first function: hash tables have no order. */
		if (g_hash_table_contains(without, test) ||
		    (found && (at->function->id < in->id ||
			       (at->function == in && at->node < number))))
			continue;
		*at = (struct flag_refusal){ in, number };
		found = true;
	}
	return found;
}
