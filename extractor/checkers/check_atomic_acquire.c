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
	const struct ir_node *lock = lock_around(function, call);
	const struct call_info *acquire = function->calls[call];
	struct finding_row row = {
		.kind = check_atomic_acquire.kind->word, .detail = "", .call = acquire,
		.file = function->info->file, .line = function_node(function, call)->line,
	};
	g_autofree char *locker = lock ? node_callee_text(lock) : NULL;

	if (!lock)
		return;
	row.message = reason_new(REASON_UNDER_LOCK, "ssdr", acquire->callee, locker, lock->line,
				 reason_new(REASON_IT_SLEEPS, ""));
	finding_add(context->found, row);
}

static void run(struct checker_context *context)
{
	const struct graph *graph = context->program->graph;

	for (guint f = 0; f < context->program->functions->len; f++) {
		const struct function *function = context->program->functions->pdata[f];

		if (graph_is_core_path(graph, graph_path(graph, function->info->file)))
			continue;
		for (int i = 0; i < function->ir->count; i++)
			if (function_has_role(function, i, ROLE_ACQUIRE) &&
			    function_known(function, i, KNOW_SLEEPER))
				look(context, function, i);
	}
}

static const struct finding_kind atomic_kind = {
	.word = "atomic",
	.title = "Pages are acquired where nothing may sleep",
	.help = "Acquire before the lock is taken, or by a *_fast_only() function that may give fewer.",
	.level = "error", .sarif = "fail", .marks_site = true,
};
const struct checker check_atomic_acquire = { .kind = &atomic_kind, .run = run };
