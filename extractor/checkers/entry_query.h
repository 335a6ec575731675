/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_ENTRY_QUERY_H
#define GUPCONV_CHECKERS_ENTRY_QUERY_H

#include "checkers/path_engine.h"

/* Queries of paths that begin at the entry of a function, where no pages have come. */

/*
 * Pages of the walk, of QUERY_PAGES, that are the function's own, before they come: of a call that
 * hands pages out. false: there are none.
 */
bool entry_query_before(const struct path_query *walk, struct path_query *query);
/* Pointers that the function releases, and that it asks for an error. false: there are none. */
bool entry_query_pointer(const struct function *function, struct path_query *query);

#endif
