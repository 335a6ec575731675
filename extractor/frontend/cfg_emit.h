/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_CFG_EMIT_H
#define GUPCONV_FRONTEND_CFG_EMIT_H

#include "frontend/tu_walk.h"

/*
 * Graphs of the functions that acquire, release or dirty pages, or call one of
 * this file that does: the control-flow graph of each (fact G), which does not
 * depend on how the text is laid out.
 */
struct cfg_emitter;

struct cfg_emitter *cfg_emit_new(void);

/* A definition begins; what is noted from here on is of it. */
void cfg_emit_function(struct cfg_emitter *paths, CXCursor function, const char *path);
/* It calls this one; @holds: an acquire, a release or a dirty; @uses: a use of pages' data. */
void cfg_emit_call(struct cfg_emitter *paths, const char *callee, bool holds, bool uses);
/* It names an acquire or a release in what the parser has not understood. */
void cfg_emit_broken(struct cfg_emitter *paths);
/*
 * Writes the graphs, each function once whatever configurations show it: the first that is not
 * broken, else the first. Frees paths.
 */
void cfg_emit_emit(struct cfg_emitter *paths, struct unit *unit);

#endif
