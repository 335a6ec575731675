// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "decide/use_case.h"

#define ESCAPES_MAX 3	/* places that a reason names */

/* The first call of role use with one of the details (by bits) that the pages come to. */
static const struct call_info *use_find(const struct graph *graph, const struct feed *feed,
					unsigned int details)
{
	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];

		if (call->role == ROLE_USE && (details & 1u << call->detail) &&
		    reach_has(feed->reach, call->node))
			return call;
	}
	return NULL;
}

/* Kept in an object, so that it outlives the call that took the pages. */
static const struct reached *field_find(const struct graph *graph, const struct feed *feed)
{
	for (guint i = 0; i < feed->reach->steps->len; i++) {
		const struct reached *step = &g_array_index(feed->reach->steps, struct reached, i);
		const struct node *node = graph_node(graph, step->node);

		if (node->kind == PLACE_FIELD && !node->shared)
			return step;
	}
	return NULL;
}

/* One driver's own folder: deep enough that it is not shared by a whole class of them. */
static bool same_driver(const char *a, const char *b)
{
	const char *end_a = strrchr(a, '/'), *end_b = strrchr(b, '/');
	int depth = 1;

	if (!end_a || !end_b || end_a - a != end_b - b || strncmp(a, b, end_a - a))
		return false;
	for (const char *p = a; p < end_a; p++)
		depth += *p == '/';
	return depth >= 3;
}

static bool notifier_is_near(const struct graph *graph, const struct call_info *notifier,
			     const struct feed *feed)
{
	if (notifier->file == feed->call->file)
		return true;
	/* Pages that do not outlive the call need no notifier's word. */
	return same_driver(graph_path(graph, notifier->file), graph_path(graph, feed->call->file)) &&
	       field_find(graph, feed);
}

static const struct call_info *notifier_find(const struct graph *graph, const struct feed *feed)
{
	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];

		if (call->role == ROLE_NOTIFIER && call->status != CALL_DEAD &&
		    notifier_is_near(graph, call, feed))
			return call;
	}
	return NULL;
}

static struct reason *call_reason(const struct graph *graph, const struct call_info *call)
{
	return reason_call(call->callee, graph_path(graph, call->file), call->line);
}

/* A case of pin_user_pages.rst; takes what shows it. */
static struct use_case use_of_case(int number, bool pins, struct reason *what)
{
	return (struct use_case){ number, pins, true, reason_new(REASON_CASE, "dr", number, what) };
}

static bool flags_are_constant(const char *flags)
{
	for (const char *p = flags; *p; p++)
		if (g_ascii_islower(*p))
			return false;
	return true;
}

static struct use_case use_of_dma(const struct graph *graph, const struct feed *feed,
				  const struct call_info *use)
{
	struct reason *call = call_reason(graph, use);
	const struct reached *kept = field_find(graph, feed);

	if (strstr(feed->call->flags, "FOLL_LONGTERM"))
		return use_of_case(2, true, reason_new(REASON_CASE_LONGTERM, "r", call));
	if (!kept || use->detail == DETAIL_DIRECT_IO)
		return use_of_case(1, true, reason_new(REASON_CASE_DIRECT, "r", call));
	return use_of_case(2, true, reason_new(REASON_CASE_KEPT, "rr", call, graph_place_reason(graph, kept->node)));
}

static struct use_case use_of_cpu(const struct graph *graph, const struct feed *feed,
				  const struct call_info *use)
{
	struct reason *call = call_reason(graph, use);
	const char *flags = feed->call->flags;

	if (strstr(flags, "FOLL_WRITE") || g_str_equal(flags, "write: 1"))
		return use_of_case(5, true, reason_new(REASON_CASE_WRITTEN, "r", call));
	if (flags_are_constant(flags))
		return (struct use_case){ 0, false, true,
			reason_new(REASON_READ_ONLY, "r", call) };
	return (struct use_case){ 0, false, false,
		reason_new(REASON_WRITE_UNKNOWN, "rs", call, flags) };
}

static bool is_outside_param(const struct graph *graph, const struct node *node)
{
	return node->kind == PLACE_PARAM && !node->resolved && !graph_has_body(graph, node->owner);
}

static const struct reached *outside_find(const struct graph *graph, const struct feed *feed)
{
	for (guint i = 0; i < feed->reach->steps->len; i++) {
		const struct reached *step = &g_array_index(feed->reach->steps, struct reached, i);

		if (is_outside_param(graph, graph_node(graph, step->node)))
			return step;
	}
	return NULL;
}

struct use_case use_case_of(const struct graph *graph, const struct feed *feed)
{
	static const unsigned int dma = 1u << DETAIL_DMA | 1u << DETAIL_SCATTER |
					1u << DETAIL_PHYS | 1u << DETAIL_DIRECT_IO;
	static const unsigned int cpu = 1u << DETAIL_CPU;
	const struct call_info *use = notifier_find(graph, feed);
	const struct reached *outside;
	g_autofree char *words = NULL;

	if (use)
		return use_of_case(3, false, reason_new(REASON_CASE_NOTIFIER, "r", call_reason(graph, use)));
	if ((use = use_find(graph, feed, dma)))
		return use_of_dma(graph, feed, use);
	if ((use = use_find(graph, feed, cpu)))
		return use_of_cpu(graph, feed, use);
	outside = outside_find(graph, feed);
	if (!outside && (outside = field_find(graph, feed)))
		return (struct use_case){ 0, false, false,
			reason_new(REASON_USE_OUT_OF_SIGHT, "rsd", graph_place_reason(graph, outside->node),
				   graph_path(graph, outside->file), outside->line) };
	if (!outside)
		return use_of_case(4, false, reason_new(REASON_CASE_STATE, ""));
	words = graph_function_words(graph_node(graph, outside->node));
	return (struct use_case){ 0, false, false,
		reason_new(REASON_CALLEE_OUT_OF_SIGHT, "ssd", words, graph_path(graph, outside->file),
			   outside->line) };
}

static struct reason *escape_of(const struct graph *graph, const struct reached *step)
{
	const struct node *node = graph_node(graph, step->node);
	const char *path = graph_path(graph, step->file);
	g_autofree char *function = node->kind == PLACE_PARAM ? graph_function_words(node) : NULL;

	if (node->kind == PLACE_FIELD || node->kind == PLACE_GLOBAL)
		return reason_new(REASON_STORED_IN, "rsd", graph_place_reason(graph, step->node), path,
				  step->line);
	if (is_outside_param(graph, node))
		return reason_new(REASON_PASSED_TO, "ssd", function, path, step->line);
	if (node->kind == PLACE_RETURN)
		return reason_new(REASON_RETURNED_BY, "ssd", node->name, path, step->line);
	if (node->kind == PLACE_PARAM && step->from < 0)
		return reason_new(REASON_GIVEN_TO_CALLERS, "s", function);
	return NULL;
}

struct reason *escapes_of(const struct graph *graph, const struct feed *feed)
{
	g_autoptr(GPtrArray) escapes = g_ptr_array_new_with_free_func(reason_free);

	for (guint i = 0; i < feed->reach->steps->len && escapes->len < ESCAPES_MAX; i++) {
		const struct reached *step = &g_array_index(feed->reach->steps, struct reached, i);
		struct reason *escape = escape_of(graph, step);

		if (escape)
			g_ptr_array_add(escapes, escape);
	}
	return escapes->len ? reason_list(escapes, ESCAPES_MAX) : NULL;
}
