/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_CALL_EDGE_H
#define GUPCONV_FRONTEND_CALL_EDGE_H

#include "frontend/tu_walk.h"

/*
 * Call edges and the objects that are passed: so that a function which takes or
 * releases pages for its callers is known by them.
 */

/*
 * "=ib_umem,ib_udata,-": the tag of the struct that a function's result points
 * to, then its parameters' tags; '-' for what is no struct. Caller frees; NULL
 * where there is no struct at all.
 */
char *call_edge_objects(CXCursor function);

/* A fact for a direct call, unless it is of an inline helper of a header that is not indexed. */
void call_edge_note(struct unit *unit, CXCursor call, CXCursor function, const char *name,
		    unsigned int line);

/*
 * A function of another file is given an array of pages: it may wrap an acquire or a release, and
 * the caller's paths matter as those of one that names them.
 */
bool call_edge_takes_array(struct unit *unit, CXCursor call, CXCursor function);

#endif
