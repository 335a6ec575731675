// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "checkers/checker_context.h"
#include "checkers/gup_flags.h"

/*
 * The flags that an acquire is called with are no FOLL_ flags, or such that it refuses.
 *
 *	get_user_pages_fast(start, n, dir == DMA_FROM_DEVICE, pages);
 *	get_user_pages(start, n, FOLL_WRITE | FOLL_LONGTERM, pages);
 *
 * A truth value is FOLL_WRITE by chance, and so is the number 1. FOLL_LONGTERM needs a pin.
 */

/* "1", as the text has it: a FOLL_ constant is a number only in the graph. */
static bool is_literal(const char *text)
{
	char *end;

	return g_ascii_isdigit(*text) && strtoul(text, &end, 0) && !end[strspn(end, "uUlL")];
}

static bool is_truth(const struct function *function, int call)
{
	return function->args[call].bool_flags || gup_flags_are_truth(function, call) ||
	       is_literal(function->calls[call]->flags);
}

static void found(struct checker_context *context, const struct function *function, int call,
		  const char *detail, struct reason *message)
{
	struct finding_row row = {
		.kind = flags_kind.word, .detail = detail, .call = function->calls[call],
		.file = function->info->file, .line = function_node(function, call)->line,
		.message = message,
	};

	finding_add(context->found, row);
}

static void look(struct checker_context *context, const struct function *function, int call,
		 unsigned long longterm)
{
	const struct call_info *acquire = function->calls[call];

	if (is_truth(function, call))
		found(context, function, call, "boolean",
		      reason_new(REASON_FLAGS_BOOLEAN, "ss", acquire->callee, acquire->flags));
	if (context->pins && acquire->family == FAMILY_GET &&
	    gup_flags_of(function, call).may & longterm)
		found(context, function, call, "longterm-get",
		      reason_new(REASON_LONGTERM_GET, "s", acquire->callee));
}

static void run(struct checker_context *context)
{
	const struct graph *graph = context->program->graph;
	unsigned long longterm = gup_longterm_bit(context->program);

	for (guint f = 0; f < context->program->functions->len; f++) {
		const struct function *function = context->program->functions->pdata[f];

		/* mm itself has flags of its own */
		if (graph_is_core_path(graph, graph_path(graph, function->info->file)))
			continue;
		for (int i = 0; i < function->ir->count; i++)
			if (function_has_role(function, i, ROLE_ACQUIRE) &&
			    function->args[i].flags >= 0)
				look(context, function, i, longterm);
	}
}

const struct finding_kind flags_kind = {
	.word = "flags",
	.title = "Pages are acquired with wrong flags",
	.help = "Give it FOLL_ flags that fit to the use of the pages.",
	.level = "error", .sarif = "fail", .marks_site = true,
};
static const struct finding_detail details[] = {
	{ "boolean", "A truth value or a bare number is given as flags",
	  "Write FOLL_WRITE where the pages are written, and 0 where they are only read." },
	{ "longterm-get", "FOLL_LONGTERM is given to a function that refuses it",
	  "Acquire with the pin_user_pages*() of that name, and release with unpin_user_page*()." },
	{ NULL },
};
const struct checker check_flags = { .kind = &flags_kind, .details = details, .run = run };
