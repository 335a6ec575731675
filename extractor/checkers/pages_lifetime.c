// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/pages_lifetime.h"
#include "model/link_kind.h"

/* Releases that its pages come to, and no others. Caller frees. */
static GPtrArray *releases_of(const struct checker_context *context,
			      const struct call_info *acquire)
{
	const struct graph *graph = context->program->graph;
	GPtrArray *releases = g_ptr_array_new();

	for (guint i = 0; i < graph->calls->len; i++) {
		struct call_info *call = graph->calls->pdata[i];

		if (call->role == ROLE_RELEASE &&
		    program_paired(context->program, acquire->id, call->id) &&
		    program_link_kind(context->program, call->id) == LINK_LINK)
			g_ptr_array_add(releases, call);
	}
	return releases;
}

enum lifetime pages_lifetime(const struct checker_context *context,
			     const struct function *function, int call,
			     const struct call_info *acquire)
{
	g_autoptr(GPtrArray) releases = releases_of(context, acquire);
	const struct expr *pages = function->calls[call] == acquire ?
		function_pages(function, call) : NULL;
	const struct holding holding = {
		.function = function->info, .node = call,
		.acquire = function->calls[call] == acquire,
		.pages = pages ? expr_base(pages) : NULL, .releases = releases,
	};

	return context->lifetimes ? lifetime_of(context->lifetimes, &holding) : LIFETIME_UNKNOWN;
}
