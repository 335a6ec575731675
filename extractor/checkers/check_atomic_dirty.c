// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/dirtying.h"
#include "checkers/expr_query.h"
#include "checkers/locked_section.h"

/*
 * Acquired pages are dirtied where nothing may sleep: under a spinlock, or in a function that
 * is registered as a handler, and what that calls. The form that locks the page sleeps.
 *
 *	spin_lock(&lock);
 *	set_page_dirty_lock(page);
 *
 * The lock may be a caller's, of a call that sleeps for sure: locks_around().
 */

/* How many calls down a handler's callees may not sleep either. */
#define HANDLER_DEPTH 3

/**
 * struct registration - a node that makes a function a handler
 */
struct registration {
	const struct function *function;
	int node;
};

/**
 * struct atomic - functions that are called where nothing may sleep
 * @handlers: struct function -> struct registration
 */
struct atomic {
	const struct program *program;
	GHashTable *handlers;
};

static void add_handler(struct atomic *atomic, const struct function *handler,
			const struct registration *why, int depth)
{
	if (!handler || g_hash_table_contains(atomic->handlers, handler))
		return;
	g_hash_table_insert(atomic->handlers, (void *)handler, g_memdup2(why, sizeof(*why)));
	for (int i = 0; depth && i < handler->ir->count; i++)
		if (function_node(handler, i)->kind == IR_CALL)
			add_handler(atomic, handler->callees[i], why, depth - 1);
}

/* fn or &fn, as a value. */
static const struct function *function_named(const struct atomic *atomic,
					     const struct function *from, const struct expr *value)
{
	const struct expr *name = value ? expr_without_address(value) : NULL;

	return name && !name->a && name->name ? program_find(atomic->program, from, name->name)
					      : NULL;
}

/* "timer.function = fn", "urb->complete = fn": where the member is known. */
static void look_at_store(struct atomic *atomic, const struct registration *at)
{
	const struct ir_node *set = function_node(at->function, at->node);
	const struct expr *lhs = set->lhs;

	while (lhs->op == EXPR_DEREF)
		lhs = lhs->a;
	if (set->op == IR_OP_ASSIGN && expr_is_member(lhs) &&
	    knowledge_details(at->function->knowledge, KNOW_SLOT, lhs->name) & KNOWN(ATOMIC))
		add_handler(atomic, function_named(atomic, at->function, set->rhs), at,
			    HANDLER_DEPTH);
}

static void look_at_call(struct atomic *atomic, const struct registration *at)
{
	const struct ir_node *call = function_node(at->function, at->node);
	const struct known *known = function_known(at->function, at->node, KNOW_HANDLER);

	if (known)
		add_handler(atomic,
			    function_named(atomic, at->function, node_argument(call, known->index)),
			    at, HANDLER_DEPTH);
}

static void find_handlers(struct atomic *atomic)
{
	for (guint f = 0; f < atomic->program->functions->len; f++) {
		struct registration at = { atomic->program->functions->pdata[f], 0 };

		for (; at.node < at.function->ir->count; at.node++) {
			if (function_node(at.function, at.node)->kind == IR_SET)
				look_at_store(atomic, &at);
			else if (function_node(at.function, at.node)->kind == IR_CALL)
				look_at_call(atomic, &at);
		}
	}
}

/* Takes fault. */
static struct reason *handler_reason(const struct registration *why, const char *callee,
				     struct reason *fault)
{
	const struct ir_node *node = function_node(why->function, why->node);
	bool call = node->kind == IR_CALL;
	g_autofree char *by = call ? node_callee_text(node) : expr_print(node->lhs);

	return reason_new(call ? REASON_IN_HANDLER_REGISTERED : REASON_IN_HANDLER_STORED, "ssdr",
			  callee, by, node->line, fault);
}

/* Each call of the function is in a handler: no test in it can tell a caller that may sleep. */
static bool is_only_in_handlers(const struct atomic *atomic, const struct function *function)
{
	const GArray *calls = program_calls(atomic->program, function);

	for (guint i = 0; calls && i < calls->len; i++)
		if (!g_hash_table_contains(atomic->handlers,
					   g_array_index(calls, struct program_call, i).caller))
			return false;
	return true;
}

/**
 * struct dirtied - a call that dirties pages of an acquire, for report_locked()
 * @call: a node of @function
 */
struct dirtied {
	struct checker_context *context;
	const struct function *function;
	int call;
	const struct call_info *acquire;
};

static void report(const struct dirtied *dirtied, const struct function *at, int node, bool sure,
		   struct reason *message)
{
	struct finding_row row = {
		.kind = dirty_kind.word, .detail = "atomic",
		.call = dirtied->function->calls[dirtied->call], .other = dirtied->acquire,
		.file = at->info->file, .line = function_node(at, node)->line, .message = message,
	};

	if (sure && dirtying_sleeps(dirtied->function, dirtied->call))
		finding_add(dirtied->context->found, row);
	else
		check_hazard(dirtied->context, dirtied->function, dirtied->call, "atomic-dirty",
			     message);
}

static struct reason *fault_of(const struct dirtied *dirtied)
{
	bool sleeps = dirtying_sleeps(dirtied->function, dirtied->call);

	return reason_new(sleeps ? REASON_IT_SLEEPS : REASON_IT_MAY_NOT_LOCK, "");
}

/* make_dirty is a parameter: known of a caller that gives it itself, and not as 0. */
static bool is_clean_there(const struct dirtied *dirtied, const struct locked_call *at)
{
	const struct expr *make_dirty =
		node_argument(function_node(dirtied->function, dirtied->call),
			      dirtied->function->args[dirtied->call].dirty);
	int param = make_dirty && at->function != dirtied->function ?
		function_param_of(dirtied->function, make_dirty) : -1;

	return param >= 0 && (at->function->callees[at->node] != dirtied->function ||
			      expr_is_number(node_argument(function_node(at->function, at->node),
							   param), 0));
}

static void report_locked(const struct locked_call *at, void *data)
{
	const struct dirtied *dirtied = data;
	g_autofree char *locker = node_callee_text(at->lock);

	if (is_clean_there(dirtied, at))
		return;
	report(dirtied, at->function, at->node, true,
	       reason_new(REASON_UNDER_LOCK, "ssdr",
			  node_callee(function_node(dirtied->function, dirtied->call)), locker,
			  at->lock->line, fault_of(dirtied)));
}

static void look(struct checker_context *context, const struct function *function, int call,
		 const struct call_info *acquire, void *data)
{
	const struct atomic *atomic = data;
	const struct registration *why = g_hash_table_lookup(atomic->handlers, function);
	struct dirtied dirtied = { context, function, call, acquire };
	const struct locked_call here = { function, call, lock_around(function, call) };

	if (why && !here.lock)
		report(&dirtied, function, call, is_only_in_handlers(atomic, function),
		       handler_reason(why, node_callee(function_node(function, call)),
				      fault_of(&dirtied)));
	else if (dirtying_sleeps(function, call))
		locks_around(context->program, function, call, report_locked, &dirtied);
	else if (here.lock)
		report_locked(&here, &dirtied);
}

static void run(struct checker_context *context)
{
	struct atomic atomic = {
		.program = context->program,
		.handlers = g_hash_table_new_full(NULL, NULL, NULL, g_free),
	};

	find_handlers(&atomic);
	check_dirtying(context, look, &atomic);
	g_hash_table_destroy(atomic.handlers);
}

static const struct finding_detail details[] = {
	{ "atomic-dirty", "Acquired pages are dirtied where nothing may sleep",
	  "Dirty them behind the lock, or without taking the page's lock." },
	{ NULL },
};
const struct checker check_atomic_dirty = { .kind = &hazard_kind, .details = details, .run = run };
