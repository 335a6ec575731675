/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CFG_CFG_LOAD_H
#define GUPCONV_CFG_CFG_LOAD_H

#include "db/db.h"
#include "ir/cfg.h"

/**
 * struct cfg - the control-flow graphs of all functions that have one
 * @pool: of their expressions: one for all, so that they compare by pointer across functions
 * @functions: of struct ir_function, by function id
 * @by_id: function id -> struct ir_function
 */
struct cfg {
	struct expr_pool *pool;
	GPtrArray *functions;
	GHashTable *by_id;
};

/* All of a database, with the ids of calls. NULL with error set. */
struct cfg *cfg_load(struct db *db, GError **error);
/* None, for tests: functions are added. */
struct cfg *cfg_new(void);
/* Takes the function. Ids come in rising order. */
void cfg_add(struct cfg *cfg, struct ir_function *function);
void cfg_free(struct cfg *cfg);

/* NULL for a function without a graph. */
const struct ir_function *cfg_function(const struct cfg *cfg, int function_id);
/* The node that makes the call of table call, or -1. */
int cfg_call_node(const struct ir_function *function, int call_id);

#endif
