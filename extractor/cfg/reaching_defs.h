/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CFG_REACHING_DEFS_H
#define GUPCONV_CFG_REACHING_DEFS_H

#include "cfg/cfg_edges.h"

/*
 * Reaching definitions of a variable. A SET of the whole variable is a definition that kills
 * the others, a declaration is none; a CALL that is given its address, or that of a part of it,
 * may define it and kills nothing.
 */

/* Whether the node may put a value into the variable, and whether none from before is left then. */
bool ir_defines(const struct ir_node *node, const struct expr *variable, bool *kills);

/*
 * The nodes whose definition may be the one in force when a path comes to the node at, in rising
 * order; of int. at itself is among them when it is in a cycle. g_array_unref() it.
 */
GArray *ir_reaching_defs(const struct ir_function *function, int at, const struct expr *variable,
			 enum ir_edges edges);

#endif
