// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/reaching_defs.h"
#include "link/page_number.h"

/**
 * struct making - what pages are made by
 */
struct making {
	const struct graph *graph;
	const struct api_table *apis;
};

/* pfn_to_page(number), virt_to_page(address), where these are functions and no macros. */
static bool makes_page(const struct api_table *apis, const struct ir_node *call)
{
	const struct api *api = call->callee ? api_find(apis, call->callee) : NULL;

	if (call->kind != IR_CALL || !call->arg_count)
		return false;
	if (api_has_role(api, ROLE_SOURCE))
		return api->detail == DETAIL_ADDRESS;
	return api_has_role(api, ROLE_CARRY) && call->param_count &&
	       (call->param_types[0] == IR_TYPE_UNSIGNED || call->param_types[0] == IR_TYPE_SIGNED);
}

/* The number: of mem_map + number, a global table of all pages or its address; or NULL. */
static const struct expr *number_in(const struct making *m, const struct ir_function *function,
				    const struct expr *e)
{
	if (e->op == EXPR_RESULT && makes_page(m->apis, &function->nodes[e->number]))
		return function->nodes[e->number].args[0];
	if (e->op != EXPR_ADD)
		return NULL;
	if (e->a->op == EXPR_GLOBAL)
		return knowledge_details(m->graph->knowledge, KNOW_GLOBAL, e->a->name) &
			KNOWN(MEMMAP) ? e->b : NULL;
	return e->a->op == EXPR_NUMBER ? e->b : NULL;
}

/* The outermost member in the number: "aibv" of (mem_map + (dev->fib.aibv >> 12)). */
static const char *member_in(const struct expr *e)
{
	const char *name = NULL;

	if (!e || expr_is_member(e))
		return e ? e->name : NULL;
	name = member_in(e->b);
	return name ? name : member_in(e->a);
}

/*
 * Whether nothing but a page of a number, or NULL, is the value at the node, or was ever put into
 * the variable that it is: page = number ? pfn_to_page(number) : NULL has one in between.
 */
static bool is_made(const struct making *m, const struct ir_function *function, int node,
		    const struct expr *value, int depth, struct made_page *made)
{
	const struct expr *number = value ? number_in(m, function, value) : NULL;
	g_autoptr(GArray) defs = NULL;

	if (number) {
		*made = (struct made_page){
			.line = function->nodes[node].line,
			.member = member_in(number),
		};
		return true;
	}
	if (!value || depth > 2)
		return false;
	if (depth && expr_is_number(value, 0))
		return true;
	if (value->op != EXPR_LOCAL && value->op != EXPR_TEMP)
		return false;
	defs = ir_reaching_defs(function, node, value, IR_EDGES_CONTROL);
	for (guint i = 0; i < defs->len; i++) {
		int at = g_array_index(defs, int, i);
		const struct ir_node *def = &function->nodes[at];

		if (def->kind != IR_SET || def->op != IR_OP_ASSIGN ||
		    !is_made(m, function, at, def->rhs, depth + 1, made))
			return false;
	}
	return true;
}

struct made_page made_page_of(const struct graph *graph, const struct api_table *apis,
			      const struct cfg *cfg, const struct call_info *release)
{
	const struct making m = { graph, apis };
	struct made_page made = { 0 }, none = { 0 };
	const struct ir_function *function = cfg_function(cfg, release->function);
	int node = function ? cfg_call_node(function, release->id) : -1;
	const struct expr *page = node >= 0 && function->nodes[node].arg_count ?
		function->nodes[node].args[0] : NULL;

	return is_made(&m, function, node, page, 0, &made) ? made : none;
}
