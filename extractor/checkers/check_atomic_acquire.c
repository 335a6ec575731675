// SPDX-License-Identifier: GPL-2.0-only
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

/* An acquire that sleeps, for report(). */
struct acquiring {
	struct checker_context *context;
	const struct call_info *acquire;
};

static void report(const struct locked_call *at, void *data)
{
	const struct acquiring *acquiring = data;
	g_autofree char *locker = node_callee_text(at->lock);
	struct finding_row row = {
		.kind = check_atomic_acquire.kind->word, .detail = "", .call = acquiring->acquire,
		.file = at->function->info->file,
		.line = function_node(at->function, at->node)->line,
		.message = reason_new(REASON_UNDER_LOCK, "ssdr", acquiring->acquire->callee, locker,
				      at->lock->line, reason_new(REASON_IT_SLEEPS, "")),
	};

	finding_add(acquiring->context->found, row);
}

static void look(struct checker_context *context, const struct function *function, int call)
{
	struct acquiring acquiring = { context, function->calls[call] };

	if (function_known(function, call, KNOW_SLEEPER))
		locks_around(context->program, function, call, report, &acquiring);
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
