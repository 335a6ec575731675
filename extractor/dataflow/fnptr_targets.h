/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DATAFLOW_FNPTR_TARGETS_H
#define GUPCONV_DATAFLOW_FNPTR_TARGETS_H

#include "dataflow/allocation_site.h"

/*
 * Functions as values: which ones a variable, parameter or member may hold.
 */

/*
 * The places "&function" that holder may hold when it was handed to a function
 * that made @allocation, or with NULL at any time. A set of indices; caller frees.
 */
GHashTable *fnptr_target_functions(const struct object_graph *objects, const struct graph *graph,
				   int holder, const struct allocation_site *allocation);
/*
 * The places "&function" that go where nobody is seen to say which object they are
 * called for. A set of indices; caller frees.
 */
GHashTable *fnptr_targets_tainted(const struct object_graph *objects, const struct graph *graph);
/* The place that "*holder(#2)" is called through, or -1. */
int fnptr_target_of(const struct object_graph *objects, const struct object_place *behind);

#endif
