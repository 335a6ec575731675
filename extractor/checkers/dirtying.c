// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/dirtying.h"
#include "link/page_source.h"

/* The first acquire whose pages come to the call, or NULL. */
static const struct call_info *acquire_of(const struct checker_context *context,
					  const struct call_info *call)
{
	for (guint i = 0; i < context->feeds->len; i++) {
		const struct page_source *feed = context->feeds->pdata[i];

		if (feed->kind == FEED_ACQUIRE && reach_has(feed->reach, call->node))
			return feed->call;
	}
	return NULL;
}

static bool dirties(const struct function *function, int node)
{
	return function_has_role(function, node, ROLE_DIRTY) ||
	       (function_has_role(function, node, ROLE_RELEASE) &&
		function_known(function, node, KNOW_DIRTIES) &&
		!expr_is_number(node_argument(function_node(function, node),
					      function->args[node].dirty), 0));
}

void check_dirtying(struct checker_context *context, dirtying_fn look, void *data)
{
	for (guint f = 0; f < context->program->functions->len; f++) {
		const struct function *function = context->program->functions->pdata[f];

		for (int i = 0; i < function->ir->count; i++) {
			const struct call_info *acquire = dirties(function, i) ?
				acquire_of(context, function->calls[i]) : NULL;

			if (acquire)
				look(context, function, i, acquire, data);
		}
	}
}

bool dirtying_sleeps(const struct function *function, int call)
{
	return function->calls[call]->detail == DETAIL_SLEEPS ||
	       function_has_role(function, call, ROLE_RELEASE);
}

bool dirtying_is_of_others(const struct checker_context *context, const struct function *function,
			   int call)
{
	for (guint i = 0; i < context->feeds->len; i++) {
		const struct page_source *feed = context->feeds->pdata[i];

		if ((feed->kind == FEED_OWNER || feed->kind == FEED_BORROWER) &&
		    reach_has(feed->reach, function->calls[call]->node))
			return true;
	}
	return false;
}
