// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "decide/use_case.h"

#define WORDS_MAX 3

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

static char *call_words(const struct graph *graph, const struct call_info *call)
{
	return g_strdup_printf("%s() at %s:%d", call->callee, graph_path(graph, call->file),
			       call->line);
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
	g_autofree char *words = call_words(graph, use), *field = NULL;
	const struct reached *kept = field_find(graph, feed);

	if (strstr(feed->call->flags, "FOLL_LONGTERM"))
		return (struct use_case){ 2, true, true,
			g_strdup_printf("CASE 2: device access, by %s, for long (FOLL_LONGTERM)", words) };
	if (!kept || use->detail == DETAIL_DIRECT_IO)
		return (struct use_case){ 1, true, true,
			g_strdup_printf("CASE 1: device access, by %s, while the call lasts", words) };
	field = graph_place_words(graph, kept->node);
	return (struct use_case){ 2, true, true,
		g_strdup_printf("CASE 2: device access, by %s, while %s keeps the pages", words, field) };
}

static struct use_case use_of_cpu(const struct graph *graph, const struct feed *feed,
				  const struct call_info *use)
{
	g_autofree char *words = call_words(graph, use);
	const char *flags = feed->call->flags;

	if (strstr(flags, "FOLL_WRITE") || g_str_equal(flags, "write: 1"))
		return (struct use_case){ 5, true, true,
			g_strdup_printf("CASE 5: the data is written through %s", words) };
	if (flags_are_constant(flags))
		return (struct use_case){ 0, false, true,
			g_strdup_printf("no case asks for a pin: without FOLL_WRITE, the data is only read through %s",
					words) };
	return (struct use_case){ 0, false, false,
		g_strdup_printf("the data is used through %s, but whether it is written depends on %s",
				words, flags) };
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

	if (use) {
		words = call_words(graph, use);
		return (struct use_case){ 3, false, true,
			g_strdup_printf("CASE 3: an MMU notifier, by %s, makes a pin needless", words) };
	}
	if ((use = use_find(graph, feed, dma)))
		return use_of_dma(graph, feed, use);
	if ((use = use_find(graph, feed, cpu)))
		return use_of_cpu(graph, feed, use);
	outside = outside_find(graph, feed);
	if (!outside && (outside = field_find(graph, feed))) {
		words = graph_place_words(graph, outside->node);
		return (struct use_case){ 0, false, false,
			g_strdup_printf("what is done with the pages in %s (%s:%d) is not seen", words,
					graph_path(graph, outside->file), outside->line) };
	}
	if (!outside)
		return (struct use_case){ 4, false, true,
			g_strdup("CASE 4: only struct page is looked at, not the data") };
	words = graph_function_words(graph_node(graph, outside->node));
	return (struct use_case){ 0, false, false,
		g_strdup_printf("what %s() does with the pages (%s:%d) is not seen", words,
				graph_path(graph, outside->file), outside->line) };
}

static char *escape_word(const struct graph *graph, const struct reached *step)
{
	const struct node *node = graph_node(graph, step->node);
	g_autofree char *words = graph_place_words(graph, step->node);
	const char *path = graph_path(graph, step->file);
	g_autofree char *function = node->kind == PLACE_PARAM ? graph_function_words(node) : NULL;

	if (node->kind == PLACE_FIELD || node->kind == PLACE_GLOBAL)
		return g_strdup_printf("stored in %s (%s:%d)", words, path, step->line);
	if (is_outside_param(graph, node))
		return g_strdup_printf("passed to %s() (%s:%d)", function, path, step->line);
	if (node->kind == PLACE_RETURN)
		return g_strdup_printf("returned by %s (%s:%d)", node->name, path, step->line);
	if (node->kind == PLACE_PARAM && step->from < 0)
		return g_strdup_printf("given to whoever calls %s()", function);
	return NULL;
}

char *escape_words(const struct graph *graph, const struct feed *feed)
{
	GString *text = g_string_new(NULL);
	int count = 0;

	for (guint i = 0; i < feed->reach->steps->len && count < WORDS_MAX; i++) {
		const struct reached *step = &g_array_index(feed->reach->steps, struct reached, i);
		g_autofree char *word = escape_word(graph, step);

		if (word)
			g_string_append_printf(text, "%s%s", count++ ? ", " : "", word);
	}
	return g_string_free(text, FALSE);
}
