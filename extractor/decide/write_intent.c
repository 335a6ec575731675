// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "cfg/reaching_defs.h"
#include "decide/write_intent.h"

#define FOLL_WRITE 1	/* its value in every kernel that has gup_flags; the older bool is 1 too */
#define CALLERS_MAX 4	/* functions that flags come through as parameters */

/**
 * struct evaluation - of the flags of one call: a may-analysis of one bit
 * @seen: (node of the function, expression) that were evaluated, against cycles
 * @depth: callers that were entered
 */
struct evaluation {
	const struct deciding *d;
	GHashTable *seen;
	int depth;
	struct write_intent found;
};

static bool may_write(struct evaluation *e, const struct ir_function *function, int node,
		      const struct expr *flags);

static bool found_at(struct evaluation *e, const struct ir_function *function, int node)
{
	e->found.file = function->file;
	e->found.line = function->nodes[node].line;
	return true;
}

/* Is it a constant? Then *value is its. */
static bool is_constant(const struct expr *e, long long *value)
{
	long long a, b;

	if (e->op == EXPR_NUMBER) {
		*value = e->number;
		return true;
	}
	if (e->op == EXPR_INVERT && is_constant(e->a, &a)) {
		*value = ~a;
		return true;
	}
	if (!e->a || !e->b || !is_constant(e->a, &a) || !is_constant(e->b, &b))
		return false;
	if (e->op == EXPR_OR)
		*value = a | b;
	else if (e->op == EXPR_AND)
		*value = a & b;
	else if (e->op == EXPR_SHL && b >= 0 && b < 63)
		*value = (long long)((unsigned long long)a << b);
	else
		return false;
	return true;
}

/* A path from the entry comes to the node on which nothing is put into the variable. */
static bool entry_reaches(const struct ir_function *function, int node, const struct expr *variable)
{
	g_autofree bool *seen = g_new0(bool, function->count);
	g_autoptr(GArray) queue = g_array_new(FALSE, FALSE, sizeof(int));
	int start = 0;

	g_array_append_val(queue, start);
	for (guint q = 0; q < queue->len; q++) {
		int next[2], count;

		count = ir_successors(function, g_array_index(queue, int, q), IR_EDGES_PASS_BY,
				      next);
		for (int i = 0; i < count; i++) {
			bool kills;

			if (next[i] == node)
				return true;
			if (seen[next[i]])
				continue;
			seen[next[i]] = true;
			if (!ir_defines(&function->nodes[next[i]], variable, &kills) || !kills)
				g_array_append_val(queue, next[i]);
		}
	}
	return false;
}

/* Whether the argument in one line of a caller may be true; also where it is not seen. */
static bool caller_may_write(struct evaluation *e, const struct invoked *call, const char *callee,
			     int parameter)
{
	const struct function_info *info = graph_function_at(e->d->graph, call->file, call->line);
	const struct ir_function *caller = info ? cfg_function(e->d->cfg, info->id) : NULL;
	bool any = false;

	for (int i = 0; caller && i < caller->count; i++) {
		const struct ir_node *node = &caller->nodes[i];

		if (node->kind != IR_CALL || node->line != call->line ||
		    g_strcmp0(node->callee, callee) != 0)
			continue;
		any = true;
		if (parameter >= node->arg_count || may_write(e, caller, i, node->args[parameter]))
			return true;
	}
	if (any)
		return false;
	e->found.file = call->file;
	e->found.line = call->line;
	return true;
}

static bool callers_may_write(struct evaluation *e, const struct ir_function *function,
			      int parameter)
{
	const struct function_info *info = graph_function(e->d->graph, function->id);
	const GArray *calls = info ? call_graph_of(e->d->invokes, info->key) : NULL;
	bool may = false;

	if (!info || call_graph_are_open(e->d->invokes, info) || info->taken ||
	    e->depth >= CALLERS_MAX)
		return found_at(e, function, 0);
	e->depth++;
	for (guint i = 0; calls && i < calls->len && !may; i++)
		may = caller_may_write(e, &g_array_index(calls, struct invoked, i), info->name,
				       parameter);
	e->depth--;
	return may;
}

/* Of a local or a temporary: any definition that reaches the node counts. */
static bool variable_may_write(struct evaluation *e, const struct ir_function *function, int node,
			       const struct expr *variable)
{
	g_autoptr(GArray) defs = ir_reaching_defs(function, node, variable, IR_EDGES_CONTROL);
	int parameter = ir_parameter(function, variable);

	for (guint i = 0; i < defs->len; i++) {
		int at = g_array_index(defs, int, i);
		const struct ir_node *def = &function->nodes[at];

		if (def->kind == IR_CALL)
			return found_at(e, function, at);
		if (may_write(e, function, at, def->rhs) ||
		    (def->op != IR_OP_ASSIGN && may_write(e, function, at, variable)))
			return true;
	}
	if (parameter >= 0 && entry_reaches(function, node, variable))
		return callers_may_write(e, function, parameter);
	/* Of another function's, or never set: nothing is known. */
	return !defs->len && parameter < 0 ? found_at(e, function, node) : false;
}

static bool is_new(struct evaluation *e, const struct ir_function *function, int node,
		   const struct expr *flags)
{
	return g_hash_table_add(e->seen, g_strdup_printf("%d %d %u", function->id, node,
							 flags->serial));
}

static bool may_write(struct evaluation *e, const struct ir_function *function, int node,
		      const struct expr *flags)
{
	long long value;

	if (is_constant(flags, &value))
		return value & FOLL_WRITE ? found_at(e, function, node) : false;
	if (!is_new(e, function, node, flags))
		return false;
	if (flags->op == EXPR_OR || flags->op == EXPR_ADD)
		return may_write(e, function, node, flags->a) ||
		       may_write(e, function, node, flags->b);
	if (flags->op == EXPR_AND)
		return may_write(e, function, node, flags->a) &&
		       may_write(e, function, node, flags->b);
	if (flags->op == EXPR_LOCAL || flags->op == EXPR_TEMP)
		return variable_may_write(e, function, node, flags);
	return found_at(e, function, node);
}

/* From the text alone, where the function has no graph: a name in small letters is anything. */
static struct write_intent intent_of_text(const char *flags)
{
	struct write_intent intent = { 0 };
	char *end;
	long value;

	if (g_str_has_prefix(flags, "write: "))
		flags += strlen("write: ");
	value = strtol(flags, &end, 0);
	if (*flags && !*end) {
		intent.sure = intent.may = value & FOLL_WRITE;
		return intent;
	}
	for (const char *p = flags; *p; p++)
		intent.may |= g_ascii_islower(*p);
	intent.sure = strstr(flags, "FOLL_WRITE") && !intent.may;
	intent.may |= strstr(flags, "FOLL_WRITE") != NULL;
	return intent;
}

struct write_intent write_intent_of(const struct deciding *d, const struct call_info *call)
{
	struct write_intent text = intent_of_text(call->flags);
	const struct ir_function *function = cfg_function(d->cfg, call->function);
	int node = function ? cfg_call_node(function, call->id) : -1;
	void *index = g_hash_table_lookup(d->flags_index, GINT_TO_POINTER(call->id));
	struct evaluation e = { .d = d };

	if (!*call->flags || text.sure || node < 0 || !index ||
	    GPOINTER_TO_INT(index) > function->nodes[node].arg_count)
		return text;
	e.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	e.found.may = may_write(&e, function, node,
				function->nodes[node].args[GPOINTER_TO_INT(index) - 1]);
	g_hash_table_destroy(e.seen);
	if (!e.found.may)
		return (struct write_intent){ 0 };
	return e.found;
}
