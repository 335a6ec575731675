/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DATAFLOW_HEAP_CLONE_H
#define GUPCONV_DATAFLOW_HEAP_CLONE_H

#include "dataflow/graph.h"

/*
 * Heap cloning: a struct that is allocated at several sites is split per allocation site,
 * where the points-to set of each access is known (by a callback or an argument). The
 * struct's member is then one location a site. A context is a number from 1 on; context 0
 * is any object.
 */
struct heap_clones;

/* The graph has its functions. */
struct heap_clones *heap_clones_load(struct db *db, const struct graph *graph, GError **error);
void heap_clones_free(struct heap_clones *clones);

/*
 * The contexts that a member may have in a function, of int, sorted; NULL: it has one place.
 * known: they are fewer than all.
 */
const GArray *heap_clones_of(const struct heap_clones *clones, int place, int function,
			     bool *known);
/* The function has both members of one and the same object. */
bool heap_clones_are_same(const struct heap_clones *clones, int place, int other, int function);
/*
 * Inside of a call that made another object of the same kind, no access is to this one:
 * owner is the key of a function that was entered by a call at file, line.
 */
bool heap_clones_allow(const struct heap_clones *clones, int context, const char *owner, int file,
		       int line);
/*
 * The calls by which the function makes an object of this context, itself first, of struct
 * call_site; none where it does not, or not it alone. Caller frees.
 */
GArray *heap_clones_calls(const struct heap_clones *clones, int context, const char *owner);
/* How an object of a context is known: the function that it calls back, or who made it. */
const char *heap_clones_words(const struct heap_clones *clones, int context);

#endif
