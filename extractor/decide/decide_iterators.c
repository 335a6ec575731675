// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "cfg/dominators.h"
#include "decide/decide_iterators.h"
#include "decide/era_rules.h"
#include "decide/iterator_direction.h"
#include "decide/other_drops.h"
#include "decide/use_case.h"

/* "skb_shared_info" of the field "skb_shared_info.frags" has ordinary references alone. */
static bool is_among_ordinary(const struct graph *graph, const struct node *node)
{
	g_autofree char *tag = NULL;

	if (node->kind != PLACE_FIELD)
		return false;
	tag = g_strndup(node->name, strcspn(node->name, "."));
	return knowledge_has(graph->knowledge, KNOW_ORDINARY, tag);
}

/* The pages come to the step from the acquire, and not out of a place that keeps them. */
static bool is_first_place(const struct graph *graph, const struct reach *reach,
			   const struct reached *step)
{
	for (int from = step->from; from >= 0;) {
		const struct reached *before = &g_array_index(reach->steps, struct reached, from);
		const struct node *node = graph_node(graph, before->node);

		if (node->kind == PLACE_FIELD && !node->shared && !is_among_ordinary(graph, node))
			return false;
		from = before->from;
	}
	return true;
}

/*
 * The first place among ordinary references that the pages come to; NULL for none. Another
 * place that keeps the pages may give such a one a reference of its own.
 */
static const struct reached *ordinary_find(const struct deciding *d, const struct page_source *feed)
{
	for (guint i = 0; i < feed->reach->steps->len; i++) {
		const struct reached *step = &g_array_index(feed->reach->steps, struct reached, i);

		if (is_among_ordinary(d->graph, graph_node(d->graph, step->node)) &&
		    is_first_place(d->graph, feed->reach, step))
			return step;
	}
	return NULL;
}

/* The pages go to the function's caller, with or without a reference. */
static bool is_returned(const struct graph *graph, int place)
{
	const GArray *out = graph_node(graph, place)->out;

	for (guint i = 0; i < out->len; i++)
		if (graph_node(graph, g_array_index(out, struct edge, i).to)->kind == PLACE_RETURN)
			return true;
	return false;
}

/* All that releases the pages is in the function that acquired: the last of it, else NULL. */
static const struct call_info *released_here(const struct decision *site)
{
	const struct call_info *release = NULL;

	for (guint i = 0; i < site->pairs->len; i++) {
		const struct pair *pair = site->pairs->pdata[i];

		if (pair->kind != LINK_LINK || pair->release->function != site->call->function)
			return NULL;
		release = pair->release;
	}
	return release;
}

/*
 * A release in the function that acquired, which is the only one, while the pages go on to its
 * caller: they are used without the reference. NULL for none.
 */
static const struct call_info *dropped_at_once(const struct deciding *d,
					       const struct decision *site)
{
	const struct call_info *release = released_here(site);

	return release && is_returned(d->graph, site->call->node) ? release : NULL;
}

/* The result of the call is not 0 for an iterator over user memory, and 0 for all others. */
static bool tells_user_memory(const struct deciding *d, const struct ir_node *node)
{
	return node->kind == IR_CALL && node->callee &&
	       knowledge_details(d->graph->knowledge, KNOW_BORROW, node->callee) & KNOWN(ONE);
}

/* A test of the acquire's iterator that says no before it, on every path; NULL for none. */
static const struct ir_node *denied_by(const struct deciding *d, const struct decision *site)
{
	const struct ir_function *function = cfg_function(d->cfg, site->call->function);
	const struct expr *iterator = iterator_of(d, site->call);

	if (!iterator)
		return NULL;
	for (int i = 0; i < function->count; i++) {
		const struct ir_node *call = &function->nodes[i];

		if (tells_user_memory(d, call) && call->arg_count &&
		    call->args[0] == iterator &&
		    ir_result_decides(function, expr_result(d->cfg->pool, i),
				      cfg_call_node(function, site->call->id), false))
			return call;
	}
	return NULL;
}

static void keep(struct decision *site, struct reason *reason)
{
	decision_set(site, STATE_KEEP, TARGET_KEEP, reason);
}

/* Set where the references may stay ordinary ones. */
static bool iterator_keeps(const struct deciding *d, struct decision *site)
{
	const struct iterator_source source = iterator_source_of(d, site->call);
	const struct call_info *release = dropped_at_once(d, site);
	const struct reached *ordinary = ordinary_find(d, site->feed);
	const struct ir_node *denied = denied_by(d, site);

	if (denied)
		keep(site, reason_new(REASON_ITERATOR_DENIED, "sd", denied->callee, denied->line));
	else if (source.callee)
		keep(site, reason_new(REASON_ITERATOR_SOURCE, "r",
				      reason_call(source.callee, graph_path(d->graph, source.file),
						  source.line)));
	else if (ordinary)
		keep(site, reason_new(REASON_AMONG_ORDINARY, "rsd",
				      graph_place_reason(d->graph, ordinary->node),
				      graph_path(d->graph, ordinary->file), ordinary->line));
	else if (release)
		keep(site, reason_new(REASON_DROPPED_AT_ONCE, "r",
				      reason_call(release->callee, path_of(d, release),
						  release->line)));
	return site->decided;
}

/* The pages go nowhere: they are dropped in the function, and nothing is seen to use their data. */
static bool is_probe(const struct decision *site, const struct use_case *use)
{
	return use->strength == STRENGTH_UNKNOWN && use->why->code == REASON_QUESTION_FUNCTION &&
	       released_here(site);
}

void decide_iterator(const struct deciding *d, struct decision *site)
{
	struct use_case use;
	struct reason *drop;

	if (!answer_of(d, site->call) && iterator_keeps(d, site))
		return;
	use = use_case_of(d, site);
	site->use_case = use.number;
	drop = use_case_pins(&use) ? other_drop_of(d, site, false) : NULL;
	if (drop) {
		keep(site, reason_new(REASON_OBSTACLE, "rr", use.why, drop));
	} else if (use_case_pins(&use)) {
		decision_set(site, STATE_UNCONVERTED, target_of(d, site->call->callee), use.why);
	} else if (is_probe(site, &use)) {
		keep(site, reason_new(REASON_PROBED, ""));
		reason_free(use.why);
	} else if (use.strength == STRENGTH_UNKNOWN) {
		decision_set(site, STATE_UNKNOWN, "", use.why);
	} else {
		keep(site, use.why);
	}
}

bool is_to_extract(const struct decision *site)
{
	return site && site->call->role == ROLE_ACQUIRE && site->call->family == FAMILY_ITER &&
	       site->state == STATE_UNCONVERTED;
}
