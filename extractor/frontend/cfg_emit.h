/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_CFG_EMIT_H
#define GUPCONV_FRONTEND_CFG_EMIT_H

#include "frontend/tu_walk.h"

/*
* Graphs of the functions that acquire, release or dirty pages, or call one of
 * this file that does: the control-flow graph of each (fact G), which does not
 * depend on how the text is laid out.
 */
struct paths;

struct paths *paths_new(void);

/* A definition begins; what is noted from here on is of it. */
void paths_function(struct paths *paths, CXCursor function, const char *path);
/* It calls this one; @holds: an acquire, a release or a dirty. */
void paths_call(struct paths *paths, const char *callee, bool holds);
/* Writes the graphs, each function once whatever configurations show it; frees paths. */
void paths_emit(struct paths *paths, struct unit *unit);

#endif
