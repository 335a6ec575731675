// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "cfg/cfg_load.h"
#include "decide/era_rules.h"
#include "decide/notifier.h"
#include "decide/site_lifetime.h"
#include "decide/use_case.h"
#include "decide/write_intent.h"
#include "model/path_class.h"

#define ESCAPES_MAX 3	/* places that a reason names */

/* Where the function has several, one whose argument is understood comes first. */
enum sight {
	SIGHT_FLOW,	/* the pages are seen to come to the call */
	SIGHT_TEXT,	/* the call is seen as text, in a function that the pages come to */
};

static bool is_within(const struct graph *graph, const struct page_source *feed, int function)
{
	for (guint i = 0; function && i < feed->reach->steps->len; i++) {
		const struct reached *step = &g_array_index(feed->reach->steps, struct reached, i);
		const struct function_info *info = graph_function(graph, function);

		if (info && step->file == info->file && step->line >= info->line &&
		    step->line <= info->end_line)
			return true;
	}
	return false;
}

/* The first call of a role, with one of the details (by bits), that the pages come to. */
static const struct call_info *call_find(const struct graph *graph, const struct page_source *feed,
					 enum role role, unsigned int details, enum sight sight)
{
	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];

		if (call->role != role || !(details & 1u << call->detail))
			continue;
		if (sight == SIGHT_FLOW ? reach_has(feed->reach, call->node) :
					  call->status == CALL_TEXT_ONLY &&
					  is_within(graph, feed, call->function))
			return call;
	}
	return NULL;
}

/* The access begins in a local variable itself, not in what one points to. */
static bool is_in_local(const struct expr *e)
{
	while (e->op == EXPR_MEMBER || e->op == EXPR_INDEX || e->op == EXPR_ADDRESS)
		e = e->a;
	return e->op == EXPR_LOCAL;
}

/* Some part of the expression is the member, in an object on the stack. */
static bool has_local_member(const struct expr *e, const char *member)
{
	if (!e)
		return false;
	if (e->op == EXPR_MEMBER && e->name && g_str_equal(e->name, member) && is_in_local(e->a))
		return true;
	return has_local_member(e->a, member) || has_local_member(e->b, member);
}

static bool node_has_local_member(const struct ir_node *node, const char *member)
{
	for (int i = 0; node->kind == IR_CALL && i < node->arg_count; i++)
		if (has_local_member(node->args[i], member))
			return true;
	return has_local_member(node->lhs, member) || has_local_member(node->rhs, member);
}

/* The object whose member this step comes to is a variable of the function. */
static bool is_on_stack(const struct deciding *d, const struct reached *step)
{
	const struct function_info *info = graph_function_at(d->graph, step->file, step->line);
	const struct ir_function *function = info ? cfg_function(d->cfg, info->id) : NULL;
	const char *member = strrchr(graph_node(d->graph, step->node)->name, '.');

	for (int i = 0; function && member && i < function->count; i++)
		if (function->nodes[i].line == step->line &&
		    node_has_local_member(&function->nodes[i], member + 1))
			return true;
	return false;
}

static bool is_released_at_once(const struct decision *site)
{
	for (guint i = 0; i < site->pairs->len; i++) {
		const struct pair *pair = site->pairs->pdata[i];

		if (pair->kind == LINK_LINK && pair->release->function != site->call->function)
			return false;
	}
	return pairs_of_kind(site, LINK_LINK) > 0;
}

/* A number that nothing makes pages of again. */
static bool is_mere_number(const struct node *node)
{
	return !node->out->len && !strchr(node->type, '*') && !strchr(node->type, '[') &&
	       !strstr(node->type, "struct") && !strstr(node->type, "union");
}

/* Kept in an object that outlives the call which took the pages. */
static const struct reached *field_find(const struct deciding *d, const struct decision *site)
{
	const struct reach *reach = site->feed->reach;

	if (is_released_at_once(site))
		return NULL;
	for (guint i = 0; i < reach->steps->len; i++) {
		const struct reached *step = &g_array_index(reach->steps, struct reached, i);
		const struct node *node = graph_node(d->graph, step->node);

		if (node->kind == PLACE_FIELD && !node->shared && !is_mere_number(node) &&
		    !is_on_stack(d, step))
			return step;
	}
	return NULL;
}

static const struct call_info *notifier_find(const struct deciding *d, const struct decision *site,
					     bool by_device)
{
	return notifier_near(d->graph, site->call, by_device || field_find(d, site));
}

static struct reason *call_reason(const struct graph *graph, const struct call_info *call)
{
	return reason_call(call->callee, graph_path(graph, call->file), call->line);
}

/* A case of pin_user_pages.rst; takes what shows it. */
static struct use_case use_of_case(int number, enum strength strength, struct reason *what)
{
	return (struct use_case){ number, strength, reason_new(REASON_CASE, "dr", number, what) };
}

/* A device has the pages: CASE 2 where they outlive the call and no request, else CASE 1. */
static struct use_case use_of_dma(const struct deciding *d, const struct decision *site,
				  const struct call_info *use)
{
	struct reason *call = call_reason(d->graph, use);
	const struct reached *kept = field_find(d, site);
	enum lifetime lifetime = lifetime_of_site(d, site);

	if (strstr(site->call->flags, "FOLL_LONGTERM"))
		return use_of_case(2, STRENGTH_KEPT, reason_new(REASON_CASE_LONGTERM, "r", call));
	if (!kept || use->detail == DETAIL_DIRECT_IO || lifetime == LIFETIME_CALL ||
	    lifetime == LIFETIME_REQUEST)
		return use_of_case(1, STRENGTH_DEVICE, reason_new(REASON_CASE_DIRECT, "r", call));
	return use_of_case(2, STRENGTH_KEPT,
			   reason_new(REASON_CASE_KEPT, "rr", call,
				      graph_place_reason(d->graph, kept->node)));
}

/* The CPU has the data: is it written? */
static struct use_case use_of_cpu(const struct deciding *d, const struct decision *site,
				  const struct call_info *use, enum strength strength)
{
	struct write_intent intent = write_intent_of(d, site->call);
	struct reason *call = call_reason(d->graph, use);

	if (site->call->family == FAMILY_ITER)
		return use_of_case(5, strength, reason_new(REASON_ITERATOR_MAY_WRITE, "r", call));
	if (!intent.may)
		return (struct use_case){ 0, STRENGTH_READ,
					  reason_new(REASON_READ_ONLY, "r", call) };
	if (intent.sure || !intent.file)
		return use_of_case(5, strength, reason_new(REASON_CASE_WRITTEN, "r", call));
	return use_of_case(5, strength,
			   reason_new(REASON_CASE_MAY_WRITE, "rssd", call, site->call->flags,
				      graph_path(d->graph, intent.file), intent.line));
}

static struct use_case use_of_cpu_seen(const struct deciding *d, const struct decision *site,
				       const struct call_info *use)
{
	return use_of_cpu(d, site, use, STRENGTH_CPU);
}

static struct use_case use_of_cpu_text(const struct deciding *d, const struct decision *site,
				       const struct call_info *use)
{
	return use_of_cpu(d, site, use, STRENGTH_DIRTY);
}

/* Their address in memory is taken: by a device, where it can write or comes back later. */
static struct use_case use_of_phys(const struct deciding *d, const struct decision *site,
				   const struct call_info *use)
{
	const struct call_info *notifier;

	if (!write_intent_of(d, site->call).may && !field_find(d, site) &&
	    !strstr(site->call->flags, "FOLL_LONGTERM"))
		return (struct use_case){ 0, STRENGTH_READ,
			reason_new(REASON_ADDRESS_ONLY, "r", call_reason(d->graph, use)) };
	notifier = notifier_find(d, site, true);
	if (notifier)
		return use_of_case(
			3, STRENGTH_NOTIFIER,
			reason_new(REASON_CASE_NOTIFIER, "r", call_reason(d->graph, notifier)));
	return use_of_dma(d, site, use);
}

static bool is_outside_param(const struct graph *graph, const struct node *node)
{
	return node->kind == PLACE_PARAM && !node->resolved && !graph_has_body(graph, node->owner);
}

static const struct reached *outside_find(const struct deciding *d, const struct page_source *feed)
{
	for (guint i = 0; i < feed->reach->steps->len; i++) {
		const struct reached *step = &g_array_index(feed->reach->steps, struct reached, i);
		const struct node *node = graph_node(d->graph, step->node);
		g_autofree char *words = is_outside_param(d->graph, node)
						 ? graph_function_words(node)
						 : NULL;

		if (words && !api_is_harmless(d->apis, words))
			return step;
	}
	return NULL;
}

static struct use_case question(struct reason *why)
{
	return (struct use_case){ 0, STRENGTH_UNKNOWN, why };
}

/* The function is public, and no call of it that is seen takes the pages on from the node. */
static bool is_for_others(const struct node *node)
{
	for (guint i = 0; i < node->out->len; i++)
		if (g_array_index(node->out, struct edge, i).kind == EDGE_EXIT)
			return false;
	return g_str_has_suffix(node->owner, "\t");
}

/* A container that others may read, or callers that are not seen: the pages go on from there. */
static const struct reached *open_end_find(const struct graph *graph,
					   const struct page_source *feed)
{
	for (guint i = 0; i < feed->reach->steps->len; i++) {
		const struct reached *step = &g_array_index(feed->reach->steps, struct reached, i);
		const struct node *node = graph_node(graph, step->node);

		if ((node->kind == PLACE_FIELD && node->shared) ||
		    (node->kind == PLACE_RETURN && is_for_others(node)) ||
		    (node->kind == PLACE_PARAM && step->from < 0 && is_for_others(node)))
			return step;
	}
	return NULL;
}

static struct use_case question_of_step(const struct deciding *d, const struct reached *step)
{
	const struct node *node = graph_node(d->graph, step->node);
	const char *path = graph_path(d->graph, step->file);
	g_autofree char *words = NULL;

	if (node->kind == PLACE_FIELD)
		return question(reason_new(REASON_QUESTION_PLACE, "rsd",
					   graph_place_reason(d->graph, step->node), path,
					   step->line));
	words = graph_function_words(node);
	return question(reason_new(is_outside_param(d->graph, node) ? REASON_QUESTION_CALLEE :
				   REASON_QUESTION_FUNCTION, "ssd", words, path, step->line));
}

static const struct call_info *dirty_find(const struct deciding *d, const struct decision *site)
{
	return call_find(d->graph, site->feed, ROLE_DIRTY, ~0u, SIGHT_FLOW);
}

static struct use_case use_of_dirty(const struct deciding *d, const struct call_info *dirty)
{
	return use_of_case(5, STRENGTH_DIRTY,
			   reason_new(REASON_CASE_DIRTIED, "r", call_reason(d->graph, dirty)));
}

/* The pages go on to code that is not seen; a dirtying call answers the question of writes. */
static struct use_case use_out_of_sight(const struct deciding *d, const struct decision *site,
					const struct reached *step)
{
	const struct call_info *dirty = dirty_find(d, site);

	return dirty ? use_of_dirty(d, dirty) : question_of_step(d, step);
}

/*
 * Memory management has taken pages of its own for no write: it looks at struct page, or moves or
 * unmaps them, and has no device of its own that could write to them.
 */
static bool is_own_business(const struct deciding *d, const struct decision *site)
{
	return path_is_mm(d->graph->knowledge, path_of(d, site->call)) &&
	       !write_intent_of(d, site->call).may;
}

/*
 * No use of the data is seen. That proves nothing, unless every place that the pages come to
 * was followed to its end, and they were not to be written or functions of struct page are
 * seen to be all that they come to.
 */
static struct use_case use_not_seen(const struct deciding *d, const struct decision *site)
{
	static const unsigned int state = 1u << DETAIL_STATE;
	const struct function_info *function = graph_function(d->graph, site->call->function);
	const struct reached *step = outside_find(d, site->feed);

	if (!step)
		step = field_find(d, site);
	if (!step)
		step = open_end_find(d->graph, site->feed);
	if (step && !is_own_business(d, site))
		return use_out_of_sight(d, site, step);
	/* The iterator goes on to others, its pages' data too: what dirties it shows that. */
	if (site->call->family == FAMILY_ITER && dirty_find(d, site))
		return use_of_dirty(d, dirty_find(d, site));
	if (call_find(d->graph, site->feed, ROLE_USE, state, SIGHT_FLOW) || dirty_find(d, site))
		return use_of_case(4, STRENGTH_STATE, reason_new(REASON_CASE_STATE, ""));
	if (site->call->family != FAMILY_ITER && !write_intent_of(d, site->call).may)
		return (struct use_case){ 0, STRENGTH_READ, reason_new(REASON_NOT_USED, "") };
	return question(reason_new(REASON_QUESTION_FUNCTION, "ssd", function ? function->name : "?",
				   path_of(d, site->call), site->call->line));
}

static bool comes_to_file(const struct page_source *feed, int file)
{
	for (guint i = 0; i < feed->reach->steps->len; i++)
		if (g_array_index(feed->reach->steps, struct reached, i).file == file)
			return true;
	return false;
}

/*
 * The caller of memory management has the pages: the notifier is in its file. Another use of them
 * in memory management itself says nothing against it.
 */
static const struct call_info *notifier_of_user(const struct deciding *d,
						const struct decision *site,
						const struct call_info *use)
{
	if (!path_is_mm(d->graph->knowledge, path_of(d, site->call)))
		return NULL;
	for (guint i = 0; i < d->graph->calls->len; i++) {
		const struct call_info *call = d->graph->calls->pdata[i];

		if (call->role == ROLE_NOTIFIER && call->status != CALL_DEAD &&
		    (call->file == use->file || comes_to_file(site->feed, call->file)))
			return call;
	}
	return NULL;
}

static struct use_case use_of_notifier(const struct deciding *d, const struct call_info *notifier)
{
	return use_of_case(3, STRENGTH_NOTIFIER,
			   reason_new(REASON_CASE_NOTIFIER, "r", call_reason(d->graph, notifier)));
}

static struct use_case use_of_answer(const struct answered *answered)
{
	return (struct use_case){ 0, STRENGTH_ANSWER,
				  reason_new(REASON_ANSWERED, "ss",
					     answer_word(answered->answer), answered->reason),
				  answered->answer != ANSWER_KEEP };
}

/* The use that says the most, its sight and what it makes of the pages. */
struct use_kind {
	unsigned int details;
	enum sight sight;
	struct use_case (*of)(const struct deciding *d, const struct decision *site,
			      const struct call_info *use);
};

struct use_case use_case_of(const struct deciding *d, const struct decision *site)
{
	static const struct use_kind kinds[] = {
		{ 1u << DETAIL_DMA | 1u << DETAIL_SCATTER | 1u << DETAIL_DIRECT_IO, SIGHT_FLOW,
		  use_of_dma },
		{ 1u << DETAIL_CPU, SIGHT_FLOW, use_of_cpu_seen },
		{ 1u << DETAIL_PHYS, SIGHT_FLOW, use_of_phys },
		{ 1u << DETAIL_CPU, SIGHT_TEXT, use_of_cpu_text },
		{ 1u << DETAIL_PHYS, SIGHT_TEXT, use_of_phys },
	};
	const struct answered *answered = answer_of(d, site->call);
	const struct call_info *notifier = answered ? NULL : notifier_find(d, site, false);

	if (answered)
		return use_of_answer(answered);
	if (notifier)
		return use_of_notifier(d, notifier);
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		const struct call_info *use = call_find(d->graph, site->feed, ROLE_USE,
							kinds[i].details, kinds[i].sight);

		if (!use)
			continue;
		notifier = notifier_of_user(d, site, use);
		return notifier ? use_of_notifier(d, notifier) : kinds[i].of(d, site, use);
	}
	return use_not_seen(d, site);
}

static struct reason *escape_of(const struct graph *graph, const struct reached *step)
{
	const struct node *node = graph_node(graph, step->node);
	const char *path = graph_path(graph, step->file);
	g_autofree char *function = node->kind == PLACE_PARAM ? graph_function_words(node) : NULL;

	if (node->kind == PLACE_FIELD || node->kind == PLACE_GLOBAL)
		return reason_new(REASON_STORED_IN, "rsd", graph_place_reason(graph, step->node),
				  path, step->line);
	if (is_outside_param(graph, node))
		return reason_new(REASON_PASSED_TO, "ssd", function, path, step->line);
	if (node->kind == PLACE_RETURN)
		return reason_new(REASON_RETURNED_BY, "ssd", node->name, path, step->line);
	if (node->kind == PLACE_PARAM && step->from < 0)
		return reason_new(REASON_GIVEN_TO_CALLERS, "s", function);
	return NULL;
}

struct reason *escapes_of(const struct graph *graph, const struct page_source *feed)
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
