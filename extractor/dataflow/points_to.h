/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DATAFLOW_POINTS_TO_H
#define GUPCONV_DATAFLOW_POINTS_TO_H

#include "dataflow/allocation_site.h"
#include "dataflow/call_graph.h"

/**
 * struct points - which objects each place may stand for
 * @sets: @words numbers a place; bit 0: anything at all, bit n: allocation n - 1
 */
struct points {
	const struct object_graph *objects;
	const struct graph *graph;
	const struct call_graph *invokes;
	const GArray *allocations;
	guint words;
	guint64 *sets;
	GHashTable *tainted;	/* places "&function" that escape to an unknown caller */
};

struct points *points_new(const struct object_graph *objects, const struct graph *graph,
			  const struct call_graph *invokes, const GArray *allocations);
void points_free(struct points *points);

static inline guint64 *points_set(const struct points *points, int place)
{
	return points->sets + (size_t)place * points->words;
}
static inline bool bit_is_set(const guint64 *set, guint bit)
{
	return set[bit / 64] >> (bit % 64) & 1;
}
static inline bool bits_are_any(const guint64 *set)
{
	return set[0] & 1;
}

#endif
