// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "checkers/allocation.h"
#include "checkers/expr_query.h"
#include "checkers/object_service.h"

/**
 * struct service - a row of table wrapper
 * @param: the parameter that is the object, -1: the result is
 * @tag: of the struct of its object; not terminated, of @length
 */
struct service {
	struct function *function;
	const struct call_info *call;
	bool drops;
	int param;
	const char *tag;
	size_t length;
};

/* "struct ib_umem" is the struct of that parameter, or of the result. */
static bool is_carrier(const char *carrier, const char *tag, size_t length)
{
	return g_str_has_prefix(carrier, "struct ") && tag &&
	       strlen(carrier) == strlen("struct ") + length &&
	       !strncmp(carrier + strlen("struct "), tag, length);
}

/* How many variables may lie between an allocation and a return. */
#define VALUE_DEPTH 3

/* The value is memory that the function allocates, or that another one has made so. */
static bool is_new(const struct function *function, const struct expr *value, int depth)
{
	const struct ir_function *ir = function->ir;
	int call = expr_result_node(value);

	if (call >= 0 && function->callees[call] && function->callees[call]->makes)
		return true;
	if (!expr_is_name(value) || function_allocates(function, value))
		return expr_is_name(value);
	for (int i = 0; depth && i < ir->count; i++)
		if (node_sets(&ir->nodes[i], value) && ir->nodes[i].op == IR_OP_ASSIGN &&
		    is_new(function, ir->nodes[i].rhs, depth - 1))
			return true;
	return false;
}

static bool returns_new(const struct function *function)
{
	const struct ir_function *ir = function->ir;

	for (int i = 0; i < ir->count; i++)
		if (ir->nodes[i].kind == IR_RETURN && ir->nodes[i].rhs &&
		    is_new(function, ir->nodes[i].rhs, VALUE_DEPTH))
			return true;
	return false;
}

static void find_object(struct service *service, const char *carrier)
{
	const struct function *function = service->function;

	for (int i = service->drops ? 0 : -1; i < function_param_count(function); i++) {
		size_t length = 0;
		const char *tag = function_object_tag(function, i, &length);

		if (!is_carrier(carrier, tag, length))
			continue;
		service->param = i;
		service->tag = tag;
		service->length = length;
		return;
	}
}

static struct function *function_of_id(const struct program *program, int id)
{
	for (guint i = 0; i < program->functions->len; i++) {
		struct function *function = program->functions->pdata[i];

		if (function->info->id == id)
			return function;
	}
	return NULL;
}

/* Of struct service: those with an object. NULL with error set. */
static GArray *services_read(struct program *program, struct db *db, GError **error)
{
	GArray *services = g_array_new(FALSE, TRUE, sizeof(struct service));
	sqlite3_stmt *stmt = db_query(db, "finding_services");
	GError *failure = NULL;

	while (db_step(db, stmt, &failure)) {
		struct service service = {
			.function = function_of_id(program, sqlite3_column_int(stmt, 0)),
			.call = graph_call(program->graph, sqlite3_column_int(stmt, 2)),
			.drops = !strcmp(db_text(stmt, 1), "release"),
		};

		if (!service.function || !service.call)
			continue;
		find_object(&service, db_text(stmt, 3));
		if (service.tag)
			g_array_append_val(services, service);
	}
	if (!failure)
		return services;
	g_propagate_error(error, failure);
	g_array_unref(services);
	return NULL;
}

/* The one makes objects that the other releases. */
static bool are_mates(const struct program *program, const struct service *maker,
		      const struct service *dropper)
{
	return !maker->drops && dropper->drops && maker->length == dropper->length &&
	       !strncmp(maker->tag, dropper->tag, maker->length) &&
	       (maker->call->file == dropper->call->file ||
		program_paired(program, maker->call->id, dropper->call->id));
}

/* "object->member", anywhere in the function. */
static bool accesses(const struct function *function, const struct expr *object)
{
	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *node = function_node(function, i);

		if ((node->lhs && expr_is_within(node->lhs, object)) ||
		    (node->rhs && expr_is_within(node->rhs, object)))
			return true;
		for (int a = 0; node->kind == IR_CALL && a < node->arg_count; a++)
			if (expr_is_within(expr_without_address(node->args[a]), object))
				return true;
	}
	return false;
}

/*
 * The caller has the object: a new one, or its own that it gives to a service, and is told whether
 * the pages came.
 */
static bool hands_over(const struct service *maker)
{
	const struct function *function = maker->function;

	if (maker->param < 0)
		return returns_new(function);
	return !function->info->is_static && function_node(function, 0)->type == IR_TYPE_SIGNED &&
	       accesses(function, function_param(function, maker->param));
}

/* Its mates, if it is a constructor; true: it was not known to be one. */
static bool set_maker(const struct program *program, const GArray *services,
		      const struct service *maker)
{
	bool any = false;

	if (maker->drops || maker->function->makes || !hands_over(maker))
		return false;
	for (guint i = 0; i < services->len; i++) {
		const struct service *dropper = &g_array_index(services, struct service, i);

		if (!are_mates(program, maker, dropper))
			continue;
		dropper->function->drops = dropper->call;
		dropper->function->dropped_in = dropper->param;
		any = true;
	}
	if (any)
		maker->function->makes = maker->call;
	maker->function->made_in = maker->param;
	return any;
}

bool services_load(struct program *program, struct db *db, GError **error)
{
	GArray *services = services_read(program, db, error);
	bool more = services;

	while (more) {	/* to a fixpoint: one may return what another has made */
		more = false;
		for (guint i = 0; i < services->len; i++)
			more |= set_maker(program, services,
					  &g_array_index(services, struct service, i));
	}
	if (!services)
		return false;
	g_array_unref(services);
	return true;
}

const struct expr *service_place(struct expr_pool *pool, const struct expr *pointer)
{
	return pointer->op == EXPR_ADDRESS ? expr_member(pool, EXPR_MEMBER, pointer->a, "pages") :
					     expr_member(pool, EXPR_ARROW, pointer, "pages");
}

GArray *service_outcomes(struct expr_pool *pool, const struct function *function, int call,
			 unsigned int failures)
{
	const struct function *maker = function->callees[call];
	const struct expr *object = maker->made_in < 0 ? expr_result(pool, call) :
		node_argument(function_node(function, call), maker->made_in);
	GArray *outcomes;
	struct call_outcome failed = {
		.result = value_of_signs(failures), .step = REASON_STEP_NOTHING,
	};
	struct call_outcome made = {
		.result = value_of_signs(failures & SIGN_POS ? SIGN_ZERO : SIGN_POS),
		.ownership = OWNERSHIP_OWNED, .place_count = 1, .step = REASON_STEP_PAGES,
	};

	if (!object || object->unknown)
		return NULL;
	outcomes = g_array_new(FALSE, TRUE, sizeof(struct call_outcome));
	made.places[0] = service_place(pool, object);
	g_array_append_val(outcomes, failed);
	g_array_append_val(outcomes, made);
	return outcomes;
}

unsigned int maker_failures(const GPtrArray *walks)
{
	unsigned int signs = 0;

	for (guint w = 0; w < walks->len; w++) {
		const struct acquire_walk *walk = walks->pdata[w];

		for (guint i = 0; i < walk->result->events->len; i++) {
			const struct path_event *event =
				&g_array_index(walk->result->events, struct path_event, i);

			if (event->kind == EVENT_EXIT && !(event->value.signs & SIGN_POS))
				signs |= event->value.signs;
		}
	}
	return signs ? signs : SIGN_NEG | SIGN_ZERO;
}

unsigned int filler_failures(const GPtrArray *walks)
{
	for (guint w = 0; w < walks->len; w++) {
		const struct acquire_walk *walk = walks->pdata[w];

		for (guint i = 0; i < walk->result->events->len; i++) {
			const struct path_event *event =
				&g_array_index(walk->result->events, struct path_event, i);

			if (event->kind == EVENT_EXIT && event->value.signs & SIGN_ZERO)
				return SIGN_NEG | SIGN_POS;
		}
	}
	return SIGN_NEG | SIGN_ZERO;
}
