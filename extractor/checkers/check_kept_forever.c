// SPDX-License-Identifier: GPL-2.0-only
#include "base/same_folder.h"
#include "cfg/natural_loops.h"
#include "checkers/checker_context.h"
#include "checkers/expr_query.h"
#include "link/page_source.h"
#include "model/link_kind.h"

/*
 * Pages that a function leaves in an object are released by nothing but its own errors: the
 * function that frees the object has forgotten them.
 *
 *	int fill(struct depot *depot) {
 *		n = pin_user_pages(addr, depot->nr, flags, depot->pages);
 *		if (n < depot->nr) {
 *			unpin_user_pages(depot->pages, n);
 *			return -EFAULT;
 *		}
 *		return 0;			depot has them
 *	}
 *	void empty(struct depot *depot) {
 *		kfree(depot->pages);		and nobody releases them
 *
 * Only where all that the pages come to is seen, and where no release of the folder is of pages
 * that are not known. A release counts as one of an error where every path to it comes from the
 * acquire, in the function that makes it or in a helper that is called from there alone.
 */

/* How many calls up from a release the acquire's function is looked for. */
#define HELPER_HEIGHT 3

/**
 * struct kept_pages - an acquire, in a function that leaves the pages in an object
 */
struct kept_pages {
	const struct checker_context *context;
	const struct function *function;
	int start;
	const struct page_source *feed;
	struct ir_dominators *dominators;
	bool *marks;
};

/* -- all that the pages come to is seen -- */

/* A function out of sight that keeps no page, or that is followed by what it does. */
static bool is_harmless(const struct graph *graph, const struct node *node)
{
	static const enum knowledge_kind kinds[] = {
		KNOW_PRINT, KNOW_COPY, KNOW_WRITES, KNOW_FREE,
	};
	g_autofree char *name = g_strndup(node->name, graph_function_length(node->name));

	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (knowledge_has(graph->knowledge, kinds[i], name))
			return true;
	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];

		if (!strcmp(call->callee, name) && call->role != ROLE_ACQUIRE &&
		    call->role != ROLE_SOURCE)
			return call->role != ROLE_USE || call->detail != DETAIL_DIRECT_IO;
	}
	return false;
}

/* A result comes to callers that are seen, or is an address that a header's function makes. */
static bool has_callers(const struct graph *graph, const struct node *node)
{
	for (guint i = 0; i < node->out->len; i++)
		if (g_array_index(node->out, struct edge, i).kind == EDGE_EXIT)
			return true;
	return graph_is_inline(graph, node->owner);
}

static bool is_seen(const struct graph *graph, const struct node *node)
{
	switch (node->kind) {
	case PLACE_PARAM:
		return node->resolved || graph_has_body(graph, node->owner) ||
		       is_harmless(graph, node);
	case PLACE_FIELD:
		return !node->share;
	case PLACE_RETURN:
		return has_callers(graph, node);
	case PLACE_LOCAL:
	case PLACE_GLOBAL:
	case PLACE_RESULT:
		return true;
	default:
		return false;
	}
}

static bool all_is_seen(const struct kept_pages *keeping)
{
	const struct graph *graph = keeping->context->program->graph;
	const GArray *steps = keeping->feed->reach->steps;
	bool kept = false;

	for (guint i = 0; i < steps->len; i++) {
		const struct node *node =
			graph_node(graph, g_array_index(steps, struct reached, i).node);

		if (!is_seen(graph, node))
			return false;
		kept |= node->kind == PLACE_FIELD && !node->shared;
	}
	return kept;
}

/* -- releases -- */

/* Every path to the node comes from the acquire. */
static bool is_behind(const struct kept_pages *keeping, int node)
{
	return node != keeping->start &&
	       ir_dominates(keeping->dominators, keeping->start, node);
}

/* Notes the node, and the loops around it. */
static void mark(const struct kept_pages *keeping, int node)
{
	const struct ir_function *ir = keeping->function->ir;

	for (; node >= 0 && !ir_in_loop(ir, node, keeping->start);
	     node = ir_loop_around(ir, node))
		keeping->marks[node] = true;
}

/* Each call of the helper is made behind the acquire, and nobody else can call it. */
static bool is_own_helper(const struct kept_pages *keeping, const struct function *helper,
			  int height)
{
	const GArray *calls = program_calls(keeping->context->program, helper);

	if (!helper->info->is_static || helper->info->taken || !calls || !height)
		return false;
	for (guint i = 0; i < calls->len; i++) {
		const struct program_call *call = &g_array_index(calls, struct program_call, i);

		if (call->caller == keeping->function && is_behind(keeping, call->node))
			mark(keeping, call->node);
		else if (call->caller == keeping->function || call->caller == helper ||
			 !is_own_helper(keeping, call->caller, height - 1))
			return false;
	}
	return true;
}

static bool is_of_own_error(const struct kept_pages *keeping, const struct call_info *release)
{
	int node;
	const struct function *function =
		program_caller(keeping->context->program, release, &node);

	if (!function)
		return false;
	if (function != keeping->function)
		return is_own_helper(keeping, function, HELPER_HEIGHT);
	if (!is_behind(keeping, node))
		return false;
	mark(keeping, node);
	return true;
}

static bool may_be_theirs(const struct kept_pages *keeping, const struct call_info *call)
{
	const struct program *program = keeping->context->program;
	int kind = program_link_kind(program, call->id);

	if (call->role != ROLE_RELEASE || call->status == CALL_DEAD)
		return false;
	return reach_has(keeping->feed->reach, call->node) ||
	       program_paired(program, keeping->feed->call->id, call->id) ||
	       ((kind < 0 || kind == LINK_UNKNOWN || kind == LINK_MIXED) &&
		same_directory(graph_path(program->graph, call->file),
			    graph_path(program->graph, keeping->feed->call->file)));
}

/* All releases that may be of the pages are of errors of the function that has acquired them. */
static bool only_errors_release(const struct kept_pages *keeping)
{
	const struct graph *graph = keeping->context->program->graph;

	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];

		if (may_be_theirs(keeping, call) && !is_of_own_error(keeping, call))
			return false;
	}
	return true;
}

/* -- the function succeeds with the pages -- */

static bool is_success(const struct function *function, const struct path_event *exit)
{
	switch (function_node(function, 0)->type) {
	case IR_TYPE_POINTER:
		return exit->value.signs == SIGN_POS;
	case IR_TYPE_SIGNED:
		return exit->value.signs == SIGN_ZERO;
	default:
		return false;
	}
}

static void report(struct checker_context *context, const struct acquire_walk *walk,
		   const struct path_event *exit)
{
	const struct function *function = walk->result->query.function;
	struct finding_row row = {
		.kind = check_kept_forever.kind->word, .detail = "",
		.call = walk->result->query.acquire, .file = function->info->file,
		.line = function_node(function, walk->result->query.start)->line,
	};

	row.message = reason_new(REASON_KEPT_FOREVER, "rsd", check_origin(walk),
				 function->info->name, event_line(walk->result, exit));
	finding_add(context->found, row);
}

static bool stays(const struct kept_pages *keeping, const struct path_event *exit)
{
	return exit->kind == EVENT_EXIT &&
	       (exit->ownership == OWNERSHIP_OWNED || exit->ownership == OWNERSHIP_ESCAPED) &&
	       !exit->certain && is_success(keeping->function, exit) &&
	       ir_leads_around(keeping->function->ir, keeping->start, exit->node, keeping->marks,
			       IR_EDGES_CONTROL);
}

static void look_at_walk(struct checker_context *context, const struct acquire_walk *walk)
{
	const struct path_query *query = &walk->result->query;
	struct kept_pages keeping = {
		.context = context, .function = query->function, .start = query->start,
		.feed = check_source_of(context, query->acquire),
	};
	const struct path_event *kept = NULL;

	if (walk->through || query->kind != QUERY_PAGES || query->start <= 0 || !keeping.feed ||
	    !all_is_seen(&keeping))
		return;
	keeping.dominators = ir_dominators_new(query->function->ir);
	keeping.marks = g_new0(bool, query->function->ir->count);
	if (only_errors_release(&keeping))
		for (guint i = 0; !kept && i < walk->result->events->len; i++) {
			const struct path_event *event =
				&g_array_index(walk->result->events, struct path_event, i);

			if (stays(&keeping, event))
				kept = event;
		}
	if (kept)
		report(context, walk, kept);
	g_free(keeping.marks);
	ir_dominators_free(keeping.dominators);
}

static void run(struct checker_context *context)
{
	const struct program *program = context->program;

	for (guint f = 0; f < program->functions->len; f++) {
		const struct function *function = program->functions->pdata[f];
		const GPtrArray *walks = acquire_walks(context->summaries, function);

		if (graph_is_core_path(program->graph,
				       graph_path(program->graph, function->info->file)))
			continue;
		for (guint w = 0; w < walks->len; w++)
			look_at_walk(context, walks->pdata[w]);
	}
}

const struct checker check_kept_forever = { .kind = &unreleased_kind, .run = run };
