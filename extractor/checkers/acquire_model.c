// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/acquire_model.h"
#include "checkers/expr_query.h"

static void add_outcome(GArray *outcomes, struct value result, enum ownership ownership,
			const struct expr *place, enum reason_code step)
{
	struct call_outcome outcome = { .result = result, .ownership = ownership, .step = step };

	if (ownership == OWNERSHIP_OWNED)
		outcome.places[outcome.place_count++] = place;
	g_array_append_val(outcomes, outcome);
}

static struct value related(enum relation relation)
{
	struct value value = value_of_signs(SIGN_POS);

	value.relation = relation;
	return value;
}

/* Of an acquire that returns the page itself, or NULL. */
static GArray *outcomes_of_result(const struct program *program, int call)
{
	GArray *outcomes = g_array_new(FALSE, TRUE, sizeof(struct call_outcome));

	add_outcome(outcomes, value_of_signs(SIGN_NEG | SIGN_ZERO), OWNERSHIP_NONE, NULL,
		    REASON_STEP_NOTHING);
	add_outcome(outcomes, value_of_signs(SIGN_POS), OWNERSHIP_OWNED,
		    expr_result(program->pool, call), REASON_STEP_PAGE);
	return outcomes;
}

static GArray *outcomes_of_count(const struct expr *place, bool is_signed, bool one)
{
	GArray *outcomes = g_array_new(FALSE, TRUE, sizeof(struct call_outcome));

	if (is_signed)
		add_outcome(outcomes, value_of_signs(SIGN_NEG), OWNERSHIP_NONE, NULL,
			    REASON_STEP_FAILS);
	add_outcome(outcomes, value_of_number(0), OWNERSHIP_NONE, NULL, REASON_STEP_NOTHING);
	if (!one && is_signed)
		add_outcome(outcomes, related(REL_SHORT), OWNERSHIP_OWNED, place,
			    REASON_STEP_FEWER);
	if (one) {
		struct value value = value_of_number(1);

		value.relation = REL_FULL;
		add_outcome(outcomes, value, OWNERSHIP_OWNED, place, REASON_STEP_THE_PAGE);
	} else {
		add_outcome(outcomes, related(REL_FULL), OWNERSHIP_OWNED, place,
			    REASON_STEP_ALL);
	}
	return outcomes;
}

GArray *acquire_outcomes(const struct program *program, const struct function *function, int call)
{
	const struct ir_node *node = function_node(function, call);
	const struct expr *pages = function_pages(function, call);
	const struct expr *base = pages ? expr_base(pages) : NULL;

	if (node->type == IR_TYPE_POINTER)
		return outcomes_of_result(program, call);
	if (!pages || expr_is_number(pages, 0) || base->unknown || expr_is_of_result(base))
		return NULL;
	return outcomes_of_count(base, node->type == IR_TYPE_SIGNED,
				 expr_is_number(function_count(function, call), 1));
}

bool acquire_is_lockless(const struct function *function, int call)
{
	const struct call_info *info = function->calls[call];

	return function_has_role(function, call, ROLE_ACQUIRE) &&
	       (info->family == FAMILY_GET || info->family == FAMILY_PIN) &&
	       function_node(function, call)->type != IR_TYPE_POINTER &&
	       !function_known(function, call, KNOW_SLEEPER);
}

const struct expr *acquire_limit(const struct function *function, int call, int index)
{
	const struct call_info *info = function->calls[call];
	const struct ir_node *node = function_node(function, call);
	int param = function->args[call].pages + 1 + index;

	if (!function_has_role(function, call, ROLE_ACQUIRE) ||
	    (info->family != FAMILY_ITER && info->family != FAMILY_EXTRACT) ||
	    function->args[call].pages < 0 || param >= node->param_count ||
	    node->param_types[param] != IR_TYPE_UNSIGNED)
		return NULL;
	return node_argument(node, param);
}
