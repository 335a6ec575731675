/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CFG_LIVE_VARS_H
#define GUPCONV_CFG_LIVE_VARS_H

#include "cfg/cfg_edges.h"

/*
 * Live variables: whether a name (a variable, a call's result or a temporary) may be read on some
 * path from a node before it is written as a whole. A write to a member of a variable neither reads
 * nor kills it; one through a pointer or an index reads that. Taking the address is a read: reads
 * through the address, later, are not seen.
 */
struct ir_live;

struct ir_live *ir_live_new(const struct ir_function *function);
void ir_live_free(struct ir_live *live);

/* When a path comes to the node, before what the node itself does. */
bool ir_live_before(const struct ir_live *live, int node, const struct expr *name);

#endif
