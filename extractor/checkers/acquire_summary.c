// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/acquire_model.h"
#include "checkers/acquire_summary.h"
#include "checkers/call_places.h"
#include "checkers/entry_query.h"
#include "checkers/expr_query.h"
#include "checkers/object_service.h"

/* How many calls down callees are evaluated. */
#define CALLEE_DEPTH 3
/* How many calls up pages are followed. */
#define SUMMARY_HEIGHT 3

/**
 * struct function_summary - what is known of a function
 * @walks: of struct acquire_walk
 * @summaries: of struct acquire_summary
 * @busy: it is being made: the function calls itself
 */
struct function_summary {
	GPtrArray *walks;
	GPtrArray *summaries;
	bool busy;
};

struct acquire_summaries {
	const struct program *program;
	GHashTable *functions;	/* struct function -> struct function_summary */
};

static void walk_free(void *data)
{
	struct acquire_walk *walk = data;

	path_result_free(walk->result);
	g_free(walk);
}

static void summary_free(void *data)
{
	struct acquire_summary *summary = data;

	g_array_free(summary->outcomes, TRUE);
	g_free(summary);
}

static void function_summary_free(void *data)
{
	struct function_summary *known = data;

	g_ptr_array_unref(known->walks);
	g_ptr_array_unref(known->summaries);
	g_free(known);
}

struct acquire_summaries *acquire_summaries_new(const struct program *program)
{
	struct acquire_summaries *summaries = g_new0(struct acquire_summaries, 1);

	summaries->program = program;
	summaries->functions = g_hash_table_new_full(NULL, NULL, NULL, function_summary_free);
	return summaries;
}

void acquire_summaries_free(struct acquire_summaries *summaries)
{
	g_hash_table_destroy(summaries->functions);
	g_free(summaries);
}

/* -- a summary, from the ends of a function's paths -- */

static bool is_outside(const struct function *function, const struct expr *place)
{
	return expr_root(place)->op == EXPR_RETURNED || function_param_of(function, place) >= 0;
}

/* An error, after a release of entries that the caller can name: their count still stands. */
static bool leaves_count(const struct function *function, const struct path_event *exit)
{
	const struct range *range = &exit->range;

	return exit->ownership == OWNERSHIP_RELEASED && exit->value.signs == SIGN_NEG &&
	       range->base && is_outside(function, range->base) &&
	       (range->one || (range->to && is_outside(function, range->to)));
}

static struct call_outcome outcome_of_exit(const struct function *function,
					   const struct path_event *exit)
{
	struct call_outcome outcome = {
		.result = exit->value, .step = REASON_STEP_NOTHING, .published = exit->published,
	};
	bool returned = false;

	if (exit->ownership == OWNERSHIP_ESCAPED || exit->rest)
		outcome.ownership = OWNERSHIP_ESCAPED;
	if (leaves_count(function, exit)) {
		outcome.ownership = OWNERSHIP_RELEASED;
		outcome.range = exit->range;
		outcome.places[outcome.place_count++] = exit->range.base;
	}
	if (exit->ownership != OWNERSHIP_OWNED || exit->certain || exit->rest)
		return outcome;	/* lost: found there */
	for (int i = 0; i < exit->place_count; i++) {
		if (is_outside(function, exit->places[i]))
			outcome.places[outcome.place_count++] = exit->places[i];
		returned |= expr_root(exit->places[i])->op == EXPR_RETURNED;
	}
	if (returned)
		outcome.result = value_of_signs(SIGN_POS);
	outcome.ownership = outcome.place_count && outcome.result.signs != SIGN_ANY ?
		OWNERSHIP_OWNED : OWNERSHIP_ESCAPED;
	if (outcome.ownership == OWNERSHIP_OWNED && outcome.result.signs == SIGN_NEG)
		outcome.failed = exit->lost;
	outcome.step = outcome.result.relation == REL_SHORT ? REASON_STEP_FEWER : REASON_STEP_PAGES;
	return outcome;
}

static bool same_outcome(const struct call_outcome *a, const struct call_outcome *b)
{
	if (a->ownership != b->ownership || a->published != b->published ||
	    a->place_count != b->place_count ||
	    a->failed.function != b->failed.function || a->failed.node != b->failed.node ||
	    !value_equal(&a->result, &b->result) || !range_equal(&a->range, &b->range))
		return false;
	for (int i = 0; i < a->place_count; i++)
		if (a->places[i] != b->places[i])
			return false;
	return true;
}

static void add_outcome(GArray *outcomes, const struct call_outcome *outcome)
{
	for (guint i = 0; i < outcomes->len; i++)
		if (same_outcome(&g_array_index(outcomes, struct call_outcome, i), outcome))
			return;
	g_array_append_val(outcomes, *outcome);
}

static int request_param(const struct path_query *query)
{
	const struct expr *request = query->request;

	return request && !request->a ? function_param_of(query->function, request) : -1;
}

/* A constant number of pages, of an acquire that the function makes itself; else NULL. */
static const struct expr *constant_request(const struct path_query *query)
{
	const struct expr *request = query->request;

	return request && request->op == EXPR_NUMBER &&
	       function_has_role(query->function, query->start, ROLE_ACQUIRE) ? request : NULL;
}

static struct call_outcome outcome_for_caller(const struct path_query *query,
					      const struct path_event *exit)
{
	if (exit->short_lost && exit->ownership == OWNERSHIP_OWNED)	/* found there, too */
		return (struct call_outcome){ .result = exit->value,
					      .ownership = OWNERSHIP_ESCAPED };
	return outcome_of_exit(query->function, exit);
}

/* Of the walk's function; NULL when it hands nothing to its caller. */
static struct acquire_summary *summary_of_walk(const struct path_result *result)
{
	const struct path_query *query = &result->query;
	struct acquire_summary *summary = g_new0(struct acquire_summary, 1);
	bool any = false;

	summary->acquire = query->acquire;
	summary->handle = query->handle;
	summary->outcomes = g_array_new(FALSE, TRUE, sizeof(struct call_outcome));
	summary->request = request_param(query);
	summary->number = constant_request(query);
	for (guint i = 0; i < result->events->len; i++) {
		const struct path_event *event = &g_array_index(result->events, struct path_event,
								i);
		struct call_outcome outcome;

		if (event->kind != EVENT_EXIT)
			continue;
		outcome = outcome_for_caller(query, event);
		if (outcome.result.relation && summary->request < 0 && !summary->number)
			outcome.ownership = OWNERSHIP_ESCAPED;	/* of a number that is not known */
		any |= outcome.ownership == OWNERSHIP_OWNED ||
		       outcome.ownership == OWNERSHIP_RELEASED;
		add_outcome(summary->outcomes, &outcome);
	}
	if (any)
		return summary;
	summary_free(summary);
	return NULL;
}

/* -- the same, as expressions of a caller -- */

/*
 * An error with pages, beside a variable that the callee fills: that may tell of the pages.
 * *variable: the last of so many.
 */
static int count_tellers(const struct function *caller, const struct ir_node *call,
			 const struct call_outcome *outcome, const struct expr **variable)
{
	int count = 0;

	for (int i = 0; i < call->arg_count; i++) {
		const struct expr *filled = call->args[i]->op == EXPR_ADDRESS ? call->args[i]->a
									      : NULL;
		bool holds = false;

		for (int p = 0; p < outcome->place_count; p++)
			holds |= filled && expr_extends(outcome->places[p], filled);
		if (filled && !holds && expr_is_name(filled) &&
		    function_is_local(caller, filled)) {
			*variable = filled;
			count++;
		}
	}
	return count;
}

/*
 * The released entries as the caller has them: up to where is all that is compared, as a
 * release of fewer begins with the same one.
 */
static void range_outside(const struct program *program, const struct function *callee,
			  const struct ir_node *call, struct call_outcome *outcome)
{
	outcome->range = range_of_callee(program->pool, callee, call, &outcome->range);
	outcome->range.from = NULL;
	if (outcome->ownership != OWNERSHIP_RELEASED)
		return;
	if (!outcome->place_count || (!outcome->range.one && !outcome->range.to)) {
		outcome->ownership = OWNERSHIP_NONE;
		outcome->place_count = 0;
		outcome->range.base = NULL;
	}
}

static GArray *outcomes_outside(const struct program *program, const struct function *callee,
				const struct function *caller, int call,
				const struct acquire_summary *summary)
{
	const struct expr *result = expr_result(program->pool, call);
	GArray *outcomes = g_array_new(FALSE, TRUE, sizeof(struct call_outcome));

	for (guint i = 0; i < summary->outcomes->len; i++) {
		struct call_outcome outcome = g_array_index(summary->outcomes, struct call_outcome,
							    i);
		int count = outcome.place_count;

		outcome.place_count = 0;
		for (int p = 0; p < count; p++) {
			const struct expr *place =
				place_outside(program->pool, callee, function_node(caller, call),
					      result, outcome.places[p]);

			if (place)
				place = place_led_to(caller, call, place);
			if (place)
				outcome.places[outcome.place_count++] = place;
		}
		if (outcome.ownership == OWNERSHIP_OWNED && outcome.place_count < count)
			outcome.ownership = OWNERSHIP_ESCAPED;
		outcome.teller = NULL;
		if (outcome.failed.function &&
		    count_tellers(caller, function_node(caller, call), &outcome,
				  &outcome.teller) > 1)
			outcome.ownership = OWNERSHIP_ESCAPED;
		if (outcome.ownership != OWNERSHIP_OWNED)
			outcome.failed.function = NULL;
		range_outside(program, callee, function_node(caller, call), &outcome);
		add_outcome(outcomes, &outcome);
	}
	return outcomes;
}

/* -- all walks of a function -- */

static void add_walk(struct acquire_summaries *summaries, struct function_summary *known,
		     struct path_query *query, const struct function *through, int height)
{
	struct acquire_walk *walk = g_new0(struct acquire_walk, 1);
	struct acquire_summary *summary;

	query->depth = CALLEE_DEPTH;
	walk->result = path_engine_run(summaries->program, query);
	walk->through = through;
	g_ptr_array_add(known->walks, walk);
	summary = summary_of_walk(walk->result);
	if (!summary)
		return;
	summary->height = height;
	g_ptr_array_add(known->summaries, summary);
}

static void walk_acquire(struct acquire_summaries *summaries, struct function_summary *known,
			 const struct function *function, int call)
{
	struct path_query query = {
		.function = function, .acquire = function->calls[call], .start = call,
		.request = function_count(function, call),
		.outcomes = acquire_outcomes(summaries->program, function, call),
	};

	if (query.outcomes)
		add_walk(summaries, known, &query, NULL, 0);
}

/* A walk that no summary is made of. */
static void add_entry_walk(struct acquire_summaries *summaries, struct function_summary *known,
			   struct path_query *query)
{
	struct acquire_walk *walk = g_new0(struct acquire_walk, 1);

	query->depth = CALLEE_DEPTH;
	walk->result = path_engine_run(summaries->program, query);
	g_ptr_array_add(known->walks, walk);
}

static void walk_entry(struct acquire_summaries *summaries, struct function_summary *known,
		       const struct function *function)
{
	guint count = known->walks->len;
	struct path_query query;

	for (guint i = 0; i < count; i++) {
		const struct acquire_walk *walk = known->walks->pdata[i];

		if (entry_query_before(&walk->result->query, &query))
			add_entry_walk(summaries, known, &query);
	}
	if (entry_query_pointer(function, &query))
		add_entry_walk(summaries, known, &query);
}

static struct function_summary *summarise(struct acquire_summaries *summaries,
					  const struct function *function);

/* Where the pages are that it hands out is known. */
static bool hands_any(const struct function_summary *known)
{
	for (guint s = 0; s < known->summaries->len; s++) {
		const struct acquire_summary *summary = known->summaries->pdata[s];

		for (guint i = 0; i < summary->outcomes->len; i++)
			if (g_array_index(summary->outcomes, struct call_outcome, i).ownership ==
			    OWNERSHIP_OWNED)
				return true;
	}
	return false;
}

/* The callee makes an object: it is followed itself, wherever in it the pages are. */
static void walk_maker(struct acquire_summaries *summaries, struct function_summary *known,
		       const struct function *function, int call,
		       const struct function_summary *below)
{
	const struct function *callee = function->callees[call];
	struct path_query query = {
		.function = function, .acquire = callee->makes, .start = call, .handle = true,
	};

	query.outcomes = service_outcomes(summaries->program->pool, function, call,
					  callee->made_in < 0 ? maker_failures(below->walks) :
								filler_failures(below->walks));
	if (query.outcomes)
		add_walk(summaries, known, &query, callee, 1);
}

static void walk_callee(struct acquire_summaries *summaries, struct function_summary *known,
			const struct function *function, int call)
{
	const struct function *callee = function->callees[call];
	const struct function_summary *below = callee ? summarise(summaries, callee) : NULL;

	if (below && !below->busy && callee->makes &&
	    (callee->made_in < 0 || !hands_any(below))) {
		walk_maker(summaries, known, function, call, below);
		return;
	}
	for (guint i = 0; below && !below->busy && i < below->summaries->len; i++) {
		const struct acquire_summary *summary = below->summaries->pdata[i];
		struct path_query query = {
			.function = function, .acquire = summary->acquire, .start = call,
			.handle = summary->handle || callee->makes,
			.request = summary->number ? summary->number :
				   node_argument(function_node(function, call), summary->request),
		};

		if (summary->height == SUMMARY_HEIGHT)
			continue;
		query.outcomes = outcomes_outside(summaries->program, callee, function, call,
						  summary);
		add_walk(summaries, known, &query, callee, summary->height + 1);
	}
}

static struct function_summary *summarise(struct acquire_summaries *summaries,
					  const struct function *function)
{
	struct function_summary *known = g_hash_table_lookup(summaries->functions, function);

	if (known)
		return known;
	known = g_new0(struct function_summary, 1);
	known->walks = g_ptr_array_new_with_free_func(walk_free);
	known->summaries = g_ptr_array_new_with_free_func(summary_free);
	known->busy = true;
	g_hash_table_insert(summaries->functions, (void *)function, known);
	for (int i = 0; i < function->ir->count; i++) {
		if (function_has_role(function, i, ROLE_ACQUIRE))
			walk_acquire(summaries, known, function, i);
		else if (function_node(function, i)->kind == IR_CALL && !function->calls[i])
			walk_callee(summaries, known, function, i);
	}
	walk_entry(summaries, known, function);
	known->busy = false;
	return known;
}

const GPtrArray *acquire_walks(struct acquire_summaries *summaries, const struct function *function)
{
	return summarise(summaries, function)->walks;
}
