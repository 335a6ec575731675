// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/same_folder.h"
#include "cfg/dominators.h"
#include "checkers/expr_query.h"
#include "checkers/later_call.h"
#include "checkers/path_lines.h"

/* How many calls down callees of the later function are evaluated. */
#define LATER_DEPTH 2

/* A release of such pages, or of the allocator's. */
static bool makes_release(const struct program *program, const struct function *function,
			  const struct call_info *acquire)
{
	for (int i = 0; i < function->ir->count; i++)
		if (function_releases(function, i) &&
		    (!function_has_role(function, i, ROLE_RELEASE) ||
		     program_paired(program, acquire->id, function->calls[i]->id)))
			return true;
	return false;
}

static bool makes_acquire(const struct function *function)
{
	for (int i = 0; i < function->ir->count; i++)
		if (function_has_role(function, i, ROLE_ACQUIRE))
			return true;
	return false;
}

/*
 * It releases such pages and makes no acquire, itself or by a helper: one that fills the object
 * cleans up on errors.
 */
static bool only_releases(const struct program *program, const struct function *function,
			  const struct call_info *acquire)
{
	bool releases = makes_release(program, function, acquire);

	if (makes_acquire(function))
		return false;
	for (int i = 0; i < function->ir->count; i++) {
		const struct function *callee = function->callees[i];

		if (callee && makes_acquire(callee))
			return false;
		releases |= callee && makes_release(program, callee, acquire);
	}
	return releases;
}

/* -- what the later function is entered with -- */

/**
 * struct handover - from one object to the same, as the later function names it
 * @from, @to: the parameters
 */
struct handover {
	struct expr_pool *pool;
	const struct expr *from, *to;
	struct known_value values[VALUES_MAX];
	int count;
};

static const struct expr *renamed(const struct handover *over, const struct expr *e)
{
	return e && expr_root(e) == over->from ?
		expr_replace_root(over->pool, e, over->from, over->to) : NULL;
}

static void give_value(struct handover *over, const struct expr *of, struct value value)
{
	if (!of || of->op == EXPR_NUMBER || over->count == VALUES_MAX)
		return;
	for (int i = 0; i < over->count; i++)
		if (over->values[i].of == of)
			return;
	over->values[over->count++] = (struct known_value){ of, value };
}

/* A pointer or number in the object that the function asks for: nothing, in a new object. */
static void give_zeroes(struct handover *over, const struct function *function)
{
	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *node = function_node(function, i);

		if (node->kind == IR_TEST && expr_is_member(node->lhs) &&
		    expr_root(node->lhs) == over->to && !expr_has_op(node->lhs, EXPR_INDEX))
			give_value(over, node->lhs, value_of_number(0));
	}
}

static void give_values(struct handover *over, const struct path_event *exit, bool fresh,
			const struct function *function)
{
	struct value there = value_of_signs(SIGN_POS);

	for (int i = 0; i < exit->place_count; i++)
		give_value(over, renamed(over, exit->places[i]), there);
	give_value(over, renamed(over, exit->range.base), there);
	give_value(over, renamed(over, exit->range.to), there);
	for (guint i = 0; exit->left && i < exit->left->len; i++) {
		const struct known_value *known = &g_array_index(exit->left, struct known_value, i);

		give_value(over, renamed(over, known->of), known->value);
	}
	if (fresh)
		give_zeroes(over, function);
}

static struct call_outcome outcome_of(const struct handover *over, const struct path_event *exit)
{
	struct call_outcome outcome = { .ownership = exit->ownership };

	for (int i = 0; i < exit->place_count; i++) {
		const struct expr *place = renamed(over, exit->places[i]);

		if (place)
			outcome.places[outcome.place_count++] = place;
	}
	if (exit->ownership == OWNERSHIP_RELEASED) {
		outcome.places[0] = renamed(over, exit->range.base);
		outcome.place_count = 1;
	}
	return outcome;
}

/* The released entries as the later function has them: up to where is all that is compared. */
static struct range released_of(const struct handover *over, const struct path_event *exit)
{
	const struct range *range = &exit->range;

	if (exit->ownership != OWNERSHIP_RELEASED)
		return (struct range){ 0 };
	return (struct range){
		.base = renamed(over, range->base), .to = renamed(over, range->to),
		.one = range->one,
	};
}

struct path_result *later_run(struct checker_context *context, const struct later_call *later,
			      bool fresh, const struct expr *zero)
{
	const struct function *earlier = later->walk->result->query.function;
	struct handover over = {
		.pool = context->program->pool,
		.from = function_param(earlier, later->earlier_param),
		.to = function_param(later->function, later->param),
	};
	struct path_query query = {
		.function = later->function, .acquire = later->walk->result->query.acquire,
		.depth = LATER_DEPTH, .later = true, .fewer = later->exit->fewer,
		.outcomes = g_array_new(FALSE, TRUE, sizeof(struct call_outcome)),
		.values = over.values, .released = released_of(&over, later->exit),
	};
	struct call_outcome outcome = outcome_of(&over, later->exit);
	struct path_result *result;

	g_array_append_val(query.outcomes, outcome);
	give_value(&over, renamed(&over, zero), value_of_number(0));
	give_values(&over, later->exit, fresh, later->function);
	query.value_count = over.count;
	result = path_engine_run(context->program, &query);
	result->query.values = NULL;	/* they were of this call alone */
	result->query.value_count = 0;
	return result;
}

/* A tag is that of one struct in one folder. */
static bool may_share_object(const struct graph *graph, const struct function *earlier,
			     const struct function *later)
{
	return later != earlier && same_directory(graph_path(graph, earlier->info->file),
					       graph_path(graph, later->info->file));
}

/* The caller's object that has the pages, or has had them: a parameter's index, or -1. */
static int param_of_object(const struct function *function, const struct path_event *exit)
{
	const struct expr *base = exit->range.base;

	if (exit->ownership == OWNERSHIP_RELEASED)
		return base && base->a ? function_param_of(function, base) : -1;
	for (int i = 0; i < exit->place_count; i++)
		if (exit->places[i]->a && function_param_of(function, exit->places[i]) >= 0)
			return function_param_of(function, exit->places[i]);
	return -1;
}

void each_later_call(struct checker_context *context, const struct acquire_walk *walk,
		     const struct path_event *exit, bool fresh, later_call_fn look, void *data)
{
	const struct program *program = context->program;
	const struct path_query *query = &walk->result->query;
	int param = param_of_object(query->function, exit);
	size_t length = 0;
	const char *tag = param < 0 ? NULL : function_object_tag(query->function, param, &length);

	for (guint i = 0; tag && i < program->functions->len; i++) {
		const struct function *function = program->functions->pdata[i];
		struct later_call later = {
			.walk = walk, .exit = exit, .function = function, .earlier_param = param,
		};
		struct path_result *result;

		if (!may_share_object(program->graph, query->function, function) ||
		    !only_releases(program, function, query->acquire))
			continue;
		later.param = function_param_of_tag(function, tag, length);
		if (later.param < 0)
			continue;
		later.result = result = later_run(context, &later, fresh, NULL);
		look(context, &later, data);
		path_result_free(result);
	}
}

/* -- what its events are worth -- */

/* The result of a call that was given a member of the object, or its address; and it is not 0. */
static bool asks_object(const struct later_call *later, const struct path_trace *trace)
{
	const struct function *function = later->result->query.function;
	const struct ir_node *test = function_node(function, trace->node);
	int call = expr_result_node(test->lhs);
	bool given = false;

	if (call < 0 || !expr_is_number(test->rhs, 0) || (test->op == IR_OP_NE) != trace->taken)
		return false;
	for (int i = 0; i < function_node(function, call)->arg_count; i++) {
		const struct expr *e = expr_without_address(function_node(function, call)->args[i]);

		given |= e->a && expr_root(e) == function_param(function, later->param);
	}
	return given;
}

bool later_is_open(const struct later_call *later, const struct path_event *event, bool asked)
{
	const struct path_result *result = later->result;
	const struct function *function = result->query.function;

	for (int i = event->trace; i >= 0;) {
		const struct path_trace *trace = &g_array_index(result->traces, struct path_trace,
								i);

		i = trace->before;
		if (function_node(function, trace->node)->kind == IR_TEST && trace->open &&
		    (!asked || asks_object(later, trace)) &&
		    ir_deciding_outcome(function->ir, trace->node, event->node) >= 0)
			return true;
	}
	return false;
}

GArray *later_lines(const struct later_call *later, const struct path_event *event,
		    struct reason *between, struct reason *last)
{
	GArray *lines = path_lines(later->walk->result, later->exit, between);
	GArray *more = path_lines(later->result, event, last);

	g_array_append_vals(lines, more->data, more->len);
	g_array_set_clear_func(more, NULL);
	g_array_unref(more);
	return lines;
}
