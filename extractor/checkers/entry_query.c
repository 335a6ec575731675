// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/cfg_edges.h"
#include "checkers/allocation.h"
#include "checkers/entry_query.h"
#include "checkers/expr_query.h"

static void add_entry(struct path_query *query)
{
	struct call_outcome outcome = { .ownership = OWNERSHIP_NONE };

	query->outcomes = g_array_new(FALSE, TRUE, sizeof(struct call_outcome));
	g_array_append_val(query->outcomes, outcome);
}

static void add_place(struct path_query *query, const struct expr *place)
{
	struct call_outcome *entry = &g_array_index(query->outcomes, struct call_outcome, 0);

	for (int i = 0; i < entry->place_count; i++)
		if (entry->places[i] == place)
			return;
	if (entry->place_count < PLACES_MAX)
		entry->places[entry->place_count++] = place;
}

/* The node releases what is in one of the places, or calls a function that may. */
static bool may_release(const struct function *function, int node, const struct call_outcome *entry)
{
	const struct ir_node *call = function_node(function, node);

	if (call->kind != IR_CALL ||
	    (!function_releases(function, node) && !function->callees[node]))
		return false;
	for (int a = 0; a < call->arg_count; a++)
		for (int p = 0; p < entry->place_count; p++)
			if (expr_base(call->args[a]) == entry->places[p])
				return true;
	return false;
}

/* Some path comes to a release without the call that hands the pages out. */
static bool may_be_before(const struct path_query *walk, const struct path_query *query)
{
	const struct call_outcome *entry = &g_array_index(query->outcomes, struct call_outcome, 0);

	for (int i = 0; i < walk->function->ir->count; i++)
		if (i != walk->start && may_release(walk->function, i, entry) &&
		    ir_leads(walk->function->ir, 0, i, walk->start, IR_EDGES_CONTROL))
			return true;
	return false;
}

/* A variable of the function, or a member of an object that it makes. */
static bool is_own_place(const struct function *function, const struct expr *place)
{
	if (expr_is_name(place))
		return function_is_local(function, place);
	return place->op == EXPR_ARROW && expr_is_name(place->a) &&
	       function_is_local(function, place->a) && function_allocates(function, place->a);
}

bool entry_query_before(const struct path_query *walk, struct path_query *query)
{
	*query = (struct path_query){
		.kind = QUERY_BEFORE, .function = walk->function, .acquire = walk->acquire,
		.nothing = true,
	};
	add_entry(query);
	for (guint i = 0; i < walk->outcomes->len; i++) {
		const struct call_outcome *outcome =
			&g_array_index(walk->outcomes, struct call_outcome, i);

		for (int p = 0; outcome->ownership == OWNERSHIP_OWNED && p < outcome->place_count;
		     p++)
			if (is_own_place(walk->function, outcome->places[p]))
				add_place(query, outcome->places[p]);
	}
	if (may_be_before(walk, query))
		return true;
	g_array_unref(query->outcomes);
	return false;
}

static bool may_release_error(const struct function *function, int release)
{
	const struct expr *page = function_pages(function, release);

	if (!function_is_plain_release(function, release) || function_count(function, release) ||
	    !page || page->op != EXPR_LOCAL)
		return false;
	for (int i = 0; i < function->ir->count; i++)
		if (function_error_tested(function, i) == page)
			return true;
	return false;
}

bool entry_query_pointer(const struct function *function, struct path_query *query)
{
	for (int i = 0; i < function->ir->count; i++) {
		if (!may_release_error(function, i))
			continue;
		*query = (struct path_query){
			.kind = QUERY_POINTER, .function = function, .acquire = function->calls[i],
		};
		add_entry(query);
		return true;
	}
	return false;
}
