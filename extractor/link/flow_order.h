/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_FLOW_ORDER_H
#define GUPCONV_LINK_FLOW_ORDER_H

#include "cfg/cfg_load.h"
#include "dataflow/reachability.h"

/*
 * Order inside a function: which of the assignments to a local page can still be in it where
 * it is released (reaching definitions), and which call comes after which.
 */

struct flow_order;

/* The definitions that reach a release; they are looked up when they are asked for. */
struct flow_order *flow_order_new(const struct cfg *cfg, const struct graph *graph,
				  const struct call_info *release);
void flow_order_free(struct flow_order *order);
/* true when none of them speaks against the release's pages being of this reach */
bool flow_order_allows(struct flow_order *order, const struct reach *reach);

/* true when a call in the line of the function is always followed by the other one */
bool flow_order_is_straight(const struct cfg *cfg, int function, int line, int call);

/* true when some path of the function leads from one call to another without making the third */
bool flow_order_leads(const struct cfg *cfg, int function, int from, int to, int without);

#endif
