/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_PATH_NODE_READER_H
#define GUPCONV_CHECKERS_PATH_NODE_READER_H

#include "db/db.h"
#include "ir/cfg.h"

/* All graphs of table path_node, of struct ir_function, by function id; NULL with error set. */
GArray *path_nodes_read(struct db *db, struct expr_pool *pool, GError **error);

#endif
