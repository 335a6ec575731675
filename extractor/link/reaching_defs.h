/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LINK_REACHING_DEFS_H
#define GUPCONV_LINK_REACHING_DEFS_H

#include "dataflow/reachability.h"

/*
 * Order inside a function: of the assignments to a local page, those whose
 * value can still be in it where it is released. From table path_node.
 */
struct order;

struct order *order_load(struct db *db, GError **error);
void order_free(struct order *order);

/* true when nothing speaks against pages of this reach being released there */
bool order_allows(const struct order *order, const struct graph *graph, const struct reach *reach,
		  const struct call_info *release);

/* true when whoever makes the call in the line of the function makes the other one next, whatever happens */
bool order_is_straight(const struct order *order, int function, int line, int call);

/* true when the function can get from one call to another without making the third on the way */
bool order_leads(const struct order *order, int function, int from, int to, int without);

#endif
