// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/allocation.h"
#include "checkers/checker_context.h"
#include "checkers/path_lines.h"
#include "link/page_source.h"
#include "model/link_kind.h"

void checkers_run(struct checker_context *context)
{
	for (int i = 0; checkers[i]; i++)
		if (checkers[i]->run)
			checkers[i]->run(context);
}

/* The acquire's iterator is given by the caller of its function: over whatever memory. */
static bool is_callers_iterator(const struct program *program, const struct call_info *acquire)
{
	int node;
	const struct function *function = program_caller(program, acquire, &node);
	const struct expr *iterator;

	iterator = function ? node_argument(function_node(function, node), 0) : NULL;
	return iterator && function_param_of(function, iterator) >= 0;
}

const struct page_source *check_source_of(const struct checker_context *context,
					  const struct call_info *acquire)
{
	for (guint i = 0; i < context->feeds->len; i++) {
		const struct page_source *feed = context->feeds->pdata[i];

		if (feed->kind == FEED_ACQUIRE && feed->call == acquire)
			return feed;
	}
	return NULL;
}

/* No pin is taken of what an iterator over kernel memory has: only of user memory's pages. */
static bool may_take_no_pin(const struct checker_context *context, const struct call_info *acquire)
{
	const struct page_source *feed;

	if (acquire->family != FAMILY_EXTRACT)
		return false;
	feed = check_source_of(context, acquire);
	return !feed || feed->iterator.kind == ITERATOR_KERNEL ||
	       (feed->iterator.kind != ITERATOR_USER &&
		!is_callers_iterator(context->program, acquire));
}

static void look_at_walk(struct checker_context *context, const struct acquire_walk *walk,
			 unsigned int kinds, check_event_fn look)
{
	const GArray *events = walk->result->events;

	if (may_take_no_pin(context, walk->result->query.acquire))
		return;
	for (guint i = 0; i < events->len; i++) {
		const struct path_event *event = &g_array_index(events, struct path_event, i);

		if (kinds & EVENT_BIT(event->kind))
			look(context, walk, event);
	}
}

void check_events(struct checker_context *context, unsigned int kinds, check_event_fn look)
{
	const GPtrArray *functions = context->program->functions;

	for (guint i = 0; i < functions->len; i++) {
		const GPtrArray *walks = acquire_walks(context->summaries, functions->pdata[i]);

		for (guint w = 0; w < walks->len; w++)
			look_at_walk(context, walks->pdata[w], kinds, look);
	}
}

static bool drops_user_pages(const struct checker_context *context,
			     const struct function *function, int node, bool mixed)
{
	int kind = function_has_role(function, node, ROLE_RELEASE) ?
		program_link_kind(context->program, function->calls[node]->id) : -1;

	return kind == LINK_LINK || (mixed && kind == LINK_MIXED);
}

void check_releases(struct checker_context *context, bool mixed, check_site_fn look)
{
	for (guint f = 0; f < context->program->functions->len; f++) {
		const struct function *function = context->program->functions->pdata[f];

		for (int i = 0; i < function->ir->count; i++)
			if (drops_user_pages(context, function, i, mixed))
				look(context, function, i);
	}
}

void check_acquires(struct checker_context *context, check_site_fn look)
{
	const struct graph *graph = context->program->graph;

	for (guint f = 0; f < context->program->functions->len; f++) {
		const struct function *function = context->program->functions->pdata[f];

		if (graph_is_core_path(graph, graph_path(graph, function->info->file)))
			continue;
		for (int i = 0; i < function->ir->count; i++)
			if (function_has_role(function, i, ROLE_ACQUIRE))
				look(context, function, i);
	}
}

void check_finding(struct checker_context *context, const struct finding_kind *kind,
		   const struct function *function, int node, const char *detail,
		   struct reason *message)
{
	struct finding_row row = {
		.kind = kind->word, .detail = detail, .call = function->calls[node],
		.file = function->info->file, .line = function_node(function, node)->line,
		.message = message,
	};

	finding_add(context->found, row);
}

void check_hazard(struct checker_context *context, const struct function *function, int node,
		  const char *detail, struct reason *message)
{
	check_finding(context, &hazard_kind, function, node, detail, message);
}

struct finding_row check_event_row(const struct path_result *result,
				   const struct path_event *event, int release)
{
	const struct function *function = result->query.function;
	const struct call_info *call = function->calls[release];

	return (struct finding_row){
		.call = call ? call : result->query.acquire,
		.other = call ? result->query.acquire : NULL, .file = function->info->file,
		.line = event_line(result, event),
	};
}

void check_event_hazard(struct checker_context *context, const struct path_event *event,
			const struct path_result *result, const char *detail, struct reason *last,
			struct reason *message)
{
	struct finding_row row = check_event_row(result, event, check_release_of(result, event));

	row.kind = hazard_kind.word;
	row.detail = detail;
	row.message = message;
	row.steps = path_lines(result, event, last);
	finding_add(context->found, row);
}

struct reason *check_origin(const struct acquire_walk *walk)
{
	const struct path_query *query = &walk->result->query;
	const struct call_info *acquire = query->acquire;
	const char *path;

	if (!walk->through)
		return reason_new(REASON_CALL_HERE, "sd", acquire->callee, acquire->line);
	path = graph_path(walk->result->program->graph, acquire->file);
	return reason_new(REASON_CALL_WITHIN, "sdssd", walk->through->info->name,
			  function_node(query->function, query->start)->line, acquire->callee, path,
			  acquire->line);
}

int check_release_of(const struct path_result *result, const struct path_event *event)
{
	const struct function *function = result->query.function;
	const struct ir_node *node = function_node(function, event->node);

	for (int i = event->node; node->kind == IR_LOOP && i < node->no; i++)
		if (function_has_role(function, i, ROLE_RELEASE))
			return i;
	return event->node;
}

bool event_is_zeroed(const struct function *function, const struct path_event *event)
{
	for (int i = 0; i < event->place_count; i++)
		if (function_zeroes(function, event->places[i]))
			return true;
	return false;
}
