// SPDX-License-Identifier: GPL-2.0-only
#include "decide/site_lifetime.h"

/*
 * The local array or variable that the call fills, else NULL: a member of an object that was there
 * before may be the caller's, who drops the pages when he is through with it.
 */
static const struct expr *pages_of(const struct deciding *d, const struct call_info *call,
				   const struct ir_node *node)
{
	int index = GPOINTER_TO_INT(g_hash_table_lookup(d->pages_index, GINT_TO_POINTER(call->id)));
	const struct expr *pages = index && index <= node->arg_count ?
		expr_base(node->args[index - 1]) : NULL;

	return pages && pages->op == EXPR_LOCAL ? pages : NULL;
}

enum lifetime lifetime_of_site(const struct deciding *d, const struct decision *site)
{
	const struct ir_function *ir = cfg_function(d->cfg, site->call->function);
	g_autoptr(GPtrArray) releases = g_ptr_array_new();
	struct holding holding = {
		.function = graph_function(d->graph, site->call->function),
		.node = ir ? cfg_call_node(ir, site->call->id) : -1,
		.acquire = true, .releases = releases,
	};

	if (holding.node >= 0)
		holding.pages = pages_of(d, site->call, &ir->nodes[holding.node]);
	for (guint i = 0; i < site->pairs->len; i++) {
		const struct pair *pair = site->pairs->pdata[i];

		if (pair->kind == LINK_LINK)
			g_ptr_array_add(releases, (void *)pair->release);
	}
	return d->lifetimes && holding.node >= 0 ? lifetime_of(d->lifetimes, &holding)
						 : LIFETIME_UNKNOWN;
}
