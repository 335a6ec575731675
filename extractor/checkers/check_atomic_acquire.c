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
 * Blind spot: a lock that a caller holds.
 */

static void look(struct checker_context *context, const struct function *function, int call)
{
	const struct ir_node *lock =
		function_known(function, call, KNOW_SLEEPER) ? lock_around(function, call) : NULL;
	g_autofree char *locker = lock ? node_callee_text(lock) : NULL;

	if (lock)
		check_finding(context, check_atomic_acquire.kind, function, call, "",
			      reason_new(REASON_UNDER_LOCK, "ssdr", function->calls[call]->callee,
					 locker, lock->line, reason_new(REASON_IT_SLEEPS, "")));
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
