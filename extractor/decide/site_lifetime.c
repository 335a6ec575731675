// SPDX-License-Identifier: GPL-2.0-only
#include "decide/site_lifetime.h"

enum lifetime lifetime_of_site(const struct deciding *d, const struct decision *site)
{
	const struct ir_function *ir = cfg_function(d->cfg, site->call->function);
	g_autoptr(GPtrArray) releases = g_ptr_array_new();
	struct holding holding = {
		.function = graph_function(d->graph, site->call->function),
		.node = ir ? cfg_call_node(ir, site->call->id) : -1,
		.acquire = true, .releases = releases,
	};

	for (guint i = 0; i < site->pairs->len; i++) {
		const struct pair *pair = site->pairs->pdata[i];

		if (pair->kind == LINK_LINK)
			g_ptr_array_add(releases, (void *)pair->release);
	}
	return d->lifetimes && holding.node >= 0 ? lifetime_of(d->lifetimes, &holding)
						 : LIFETIME_UNKNOWN;
}
