// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/dominators.h"
#include "checkers/checker_context.h"
#include "checkers/locked_section.h"

/*
 * Pages are acquired under a lock that forbids to sleep: a fault has to be served, perhaps from a
 * disk. Only the functions of table knowledge, kind "sleeper", and not in mm itself.
 *
 *	spin_lock(&lock);
 *	n = pin_user_pages_fast(start, 1, 0, &page);
 *
 * The lock may be a caller's: then the finding is at its call. Not where a parameter decides
 * whether the acquire is come to ("if (atomic) return -EAGAIN;").
 */

/* How many calls up a lock is looked for. */
#define CALLERS_UP 3

static void report(struct checker_context *context, const struct call_info *acquire,
		   const struct function *function, int node, const struct ir_node *lock)
{
	g_autofree char *locker = node_callee_text(lock);
	struct finding_row row = {
		.kind = check_atomic_acquire.kind->word, .detail = "", .call = acquire,
		.file = function->info->file, .line = function_node(function, node)->line,
		.message = reason_new(REASON_UNDER_LOCK, "ssdr", acquire->callee, locker, lock->line,
				      reason_new(REASON_IT_SLEEPS, "")),
	};

	finding_add(context->found, row);
}

/* A parameter, or something in what it points to, stands in the expression. */
static bool has_param(const struct function *function, const struct expr *e)
{
	for (; e; e = e->a)
		if ((!e->a && function_param_of(function, e) >= 0) ||
		    (e->b && has_param(function, e->b)))
			return true;
	return false;
}

/* The function's caller has a say in whether it comes to the node. */
static bool is_for_caller_to_decide(const struct function *function, int node)
{
	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *test = function_node(function, i);

		if (test->kind == IR_TEST && test->type != IR_TYPE_POINTER &&
		    (has_param(function, test->lhs) || has_param(function, test->rhs)) &&
		    ir_deciding_outcome(function->ir, i, node) >= 0)
			return true;
	}
	return false;
}

static void look_up(struct checker_context *context, const struct call_info *acquire,
		    const struct function *function, int node, int up)
{
	const struct ir_node *lock = lock_around(function, node);
	const GArray *calls = program_calls(context->program, function);

	if (lock)
		report(context, acquire, function, node, lock);
	if (lock || !up || !calls || is_for_caller_to_decide(function, node))
		return;
	for (guint i = 0; i < calls->len; i++) {
		const struct program_call *at = &g_array_index(calls, struct program_call, i);

		if (at->caller != function)
			look_up(context, acquire, at->caller, at->node, up - 1);
	}
}

static void look(struct checker_context *context, const struct function *function, int call)
{
	if (function_known(function, call, KNOW_SLEEPER))
		look_up(context, function->calls[call], function, call, CALLERS_UP);
}

static void run(struct checker_context *context)
{
	check_acquires(context, look);
}

static const struct finding_kind atomic_kind = {
	.word = "atomic",
	.title = "Pages are acquired where nothing may sleep",
	.help = "Acquire before the lock is taken, or by a *_fast_only() function that may give fewer.",
	.level = "error", .sarif = "fail", .marks_site = true,
};
const struct checker check_atomic_acquire = { .kind = &atomic_kind, .run = run };
