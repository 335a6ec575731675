/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_SELECT_SITE_VIEW_H
#define GUPCONV_CONVERT_SELECT_SITE_VIEW_H

#include "convert/select/site_facts.h"
#include "ctext/tokens.h"

/**
 * struct site_view - a call, in the text that is converted and in the graphs of the index
 * @callee: token of its name
 * @takes: of the release: what table api has as its detail
 * @function: around it; NULL: none
 * @facts: the graphs, and the knowledge of functions
 * @has_graph: the function's text is what was indexed, and no #if in it hides a part of it
 *	from its graph; otherwise only the tokens count: an earlier patch of the series has
 *	changed the function, or it is the second form of a helper
 * @file_is_indexed: the same of the whole file
 * @line_shift: what is added to a line of the text for that of the index, in @function
 * @call_id, @file_id: of the call in the index
 */
struct site_view {
	const struct tokens *tokens;
	int callee;
	enum detail takes;
	const struct token_function *function;
	const struct site_facts *facts;
	bool has_graph, file_is_indexed;
	int line_shift;
	gint64 call_id, file_id;
};

/* The call in its graph, with the loop that begins at the token first (-1: none). */
static inline struct fact_place site_view_place(const struct site_view *view, int first)
{
	if (!view->has_graph)
		return (struct fact_place){ NULL, -1, -1 };
	return site_facts_call(view->facts, view->call_id,
			       first < 0 ? 0 : tokens_at(view->tokens, first)->line +
					       view->line_shift);
}

#endif
