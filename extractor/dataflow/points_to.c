// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/file_kind.h"
#include "dataflow/fnptr_targets.h"
#include "dataflow/points_to.h"

#define PARAMS_MAX 16
#define ROUNDS_MAX 200

static bool has_in(const struct points *points, const struct object_place *place,
		   enum object_kind kind)
{
	for (guint i = 0; i < place->in->len; i++)
		if (object_row(points->objects, place->in, i)->kind == kind)
			return true;
	return false;
}

static bool is_given_at(const struct points *points, const struct object_place *param,
			const struct invoked *call)
{
	for (guint i = 0; i < param->in->len; i++) {
		const struct object_row *row = object_row(points->objects, param->in, i);

		if (row->kind == OBJECT_POINTS && row->file == call->file &&
		    row->line == call->line)
			return true;
	}
	return false;
}

/*
 * Some caller is not seen, or what it gives. A public function that is left in objects
 * to be called back is taken to be called for these.
 */
static bool param_is_open(const struct points *points, const struct object_place *param)
{
	const GArray *calls = call_graph_of(points->invokes, param->owner);
	g_autofree char *value = g_strdup_printf("&%.*s", (int)strcspn(param->name, "("),
						 param->name);
	int function = object_graph_find(points->objects, value, param->scope);
	bool bound = function >= 0 || has_in(points, param, OBJECT_BOUND);

	if ((!param->in->len || !*param->scope) && !bound)
		return true;
	if (function >= 0 && g_hash_table_contains(points->tainted, GINT_TO_POINTER(function)))
		return true;
	for (guint i = 0; calls && i < calls->len; i++)
		if (!is_given_at(points, param, &g_array_index(calls, struct invoked, i)))
			return true;
	return false;
}

static bool is_open(const struct points *points, const struct object_place *place)
{
	if (object_is_new(place))
		return false;
	switch (place->kind) {
	case PLACE_LOCAL:
		return !has_in(points, place, OBJECT_POINTS);
	case PLACE_PARAM:
		return *place->name != '*' && param_is_open(points, place);
	case PLACE_RETURN:
		return *place->name == '*' || !graph_has_body(points->graph, place->owner) ||
		       !has_in(points, place, OBJECT_POINTS);
	case PLACE_FIELD:
		/* Of a struct that one file knows alone, all that is stored is seen. */
		return !file_is_source(place->scope) || !has_in(points, place, OBJECT_POINTS);
	default:
		return *place->name != '&';
	}
}

static void points_start(struct points *points)
{
	for (guint i = 0; i < points->objects->places->len; i++)
		if (is_open(points, object_place(points->objects, i)))
			points_set(points, i)[0] |= 1;
	for (guint b = 0; b < points->allocations->len; b++) {
		const struct allocation_site *allocation = &g_array_index(
			points->allocations, struct allocation_site, b);

		points_set(points, allocation->origin)[(b + 1) / 64] |= (guint64)1
									<< ((b + 1) % 64);
	}
}

static bool bit_add(guint64 *set, guint bit)
{
	bool had = bit_is_set(set, bit);

	set[bit / 64] |= (guint64)1 << (bit % 64);
	return !had;
}

/* Objects that a function makes are returned to the call that made them. */
static bool goes_out(const struct points *points, const struct object_place *src,
		     const struct object_row *row, guint bit)
{
	const struct made *made;

	if (src->kind != PLACE_RETURN || !bit)
		return true;
	made = allocation_site_made_by(
		&g_array_index(points->allocations, struct allocation_site, bit - 1), src->owner);
	return !made || (made->file == row->file && made->line == row->line);
}

static bool spread_row(struct points *points, const struct object_row *row)
{
	const struct object_place *src = object_place(points->objects, row->src);
	const guint64 *from = points_set(points, row->src);
	guint64 *to = points_set(points, row->dst);
	bool more = false;

	if (row->kind != OBJECT_POINTS && row->kind != OBJECT_BOUND)
		return false;
	for (guint w = 0; w < points->words; w++) {
		guint64 fresh = from[w] & ~to[w];

		for (guint bit = w * 64; fresh; bit++, fresh >>= 1)
			if ((fresh & 1) && goes_out(points, src, row, bit))
				more |= bit_add(to, bit);
	}
	return more;
}

/* Arguments of a call through a pointer go to each function that it may call. */
static bool spread_call(struct points *points, int behind, int holder, guint bit)
{
	const struct object_place *place = object_place(points->objects, behind);
	const struct allocation_site *allocation = bit ? &g_array_index(points->allocations,
									struct allocation_site,
									bit - 1)
						       : NULL;
	g_autoptr(GHashTable) functions = fnptr_target_functions(points->objects, points->graph,
								 holder, allocation);
	int index = atoi(strrchr(place->name, '#') + 1);
	GHashTableIter iter;
	bool more = false;
	void *function;

	g_hash_table_iter_init(&iter, functions);
	while (g_hash_table_iter_next(&iter, &function, NULL)) {
		int param = object_graph_param_of(points->objects, object_place(points->objects,
					     GPOINTER_TO_INT(function)), index);

		if (param >= 0)
			more |= bit_add(points_set(points, param), bit);
	}
	return more;
}

static bool spread_calls(struct points *points, int behind)
{
	const struct object_place *place = object_place(points->objects, behind);
	int holder = *place->name == '*' && place->kind == PLACE_PARAM ?
		fnptr_target_of(points->objects, place) : -1;
	const guint64 *set = points_set(points, behind);
	bool more = false;

	for (guint bit = 0; holder >= 0 && bit < points->words * 64; bit++)
		if (bit_is_set(set, bit))
			more |= spread_call(points, behind, holder, bit);
	return more;
}

static void spread_all(struct points *points)
{
	bool more = true;

	for (int round = 0; more && round < ROUNDS_MAX; round++) {
		more = false;
		for (guint i = 0; i < points->objects->rows->len; i++)
			more |= spread_row(points, &g_array_index(points->objects->rows,
								  struct object_row, i));
		for (guint i = 0; i < points->objects->places->len; i++)
			more |= spread_calls(points, i);
	}
}

struct points *points_new(const struct object_graph *objects, const struct graph *graph,
			  const struct call_graph *invokes, const GArray *allocations)
{
	struct points *points = g_new0(struct points, 1);

	points->objects = objects;
	points->graph = graph;
	points->invokes = invokes;
	points->allocations = allocations;
	points->words = (allocations->len + 64) / 64;
	points->sets = g_new0(guint64, (size_t)points->words * objects->places->len + 1);
	points->tainted = fnptr_targets_tainted(objects, graph);
	points_start(points);
	spread_all(points);
	return points;
}

void points_free(struct points *points)
{
	g_hash_table_destroy(points->tainted);
	g_free(points->sets);
	g_free(points);
}
