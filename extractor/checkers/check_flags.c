// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "checkers/checker_context.h"
#include "checkers/gup_flags.h"
#include "ctext/presence_condition.h"

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

/* The file has a pin in the other branch of an #if: this one is for kernels that have none. */
static bool is_fallback(const struct graph *graph, const struct call_info *get)
{
	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];

		if (call->file == get->file && call->role == ROLE_ACQUIRE &&
		    call->family == FAMILY_PIN && guards_exclude(call->guard, get->guard))
			return true;
	}
	return false;
}

static void look(struct checker_context *context, const struct function *function, int call)
{
	const struct call_info *acquire = function->calls[call];

	if (function->args[call].flags < 0)
		return;
	if (is_truth(function, call))
		check_finding(context, &flags_kind, function, call, "boolean",
			      reason_new(REASON_FLAGS_BOOLEAN, "ss", acquire->callee,
					 acquire->flags));
	if (context->pins && acquire->family == FAMILY_GET &&
	    gup_flags_of(context->program, function, call).may & context->longterm &&
	    !is_fallback(context->program->graph, acquire))
		check_finding(context, &flags_kind, function, call, "longterm-get",
			      reason_new(REASON_LONGTERM_GET, "s", acquire->callee));
}

static void run(struct checker_context *context)
{
	check_acquires(context, look);
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
