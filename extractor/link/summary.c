// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "link/summary.h"

#define ROUNDS_MAX 8	/* a wrapper of wrappers deeper than this is a layer of the kernel */

struct summary_row {
	const struct wrapping *w;
	GPtrArray *found;
	GHashTable *by_function[2]; /* struct function_info -> struct wrapper: acquire, release */
	GHashTable *by_key;		/* key -> struct function_info */
};

static const struct wrapper *wrapper_get(const struct summary_row *f, bool release,
					 const struct function_info *function)
{
	return function ? g_hash_table_lookup(f->by_function[release], function) : NULL;
}

/* Adds what is not there yet. */
static const struct wrapper *wrapper_add(struct summary_row *f,
					 const struct function_info *function, bool release,
					 const struct call_info *call,
					 const struct wrapper *through, struct carrier carrier)
{
	const struct wrapper *known = wrapper_get(f, release, function);
	struct wrapper *wrapper;

	/* A function that hands pages out drops them where it fails: it is no release. */
	if (known || api_find(f->w->apis, function->name) ||
	    (release && wrapper_get(f, false, function)))
		return known;
	wrapper = g_new0(struct wrapper, 1);
	wrapper->function = function;
	wrapper->release = release;
	wrapper->call = call;
	wrapper->through = through;
	wrapper->round = through ? through->round + 1 : 1;
	wrapper->carrier = carrier;
	g_ptr_array_add(f->found, wrapper);
	g_hash_table_insert(f->by_function[release], (void *)function, wrapper);
	return wrapper;
}

static const struct reached *step_at(const struct page_source *feed, int index)
{
	return &g_array_index(feed->reach->steps, struct reached, index);
}

static bool is_memory(const struct node *node)
{
	return node->kind == PLACE_FIELD || node->kind == PLACE_GLOBAL;
}

static struct carrier carrier_of_param(const struct node *node)
{
	const char *number = strrchr(node->name, '#');

	return (struct carrier){ CARRIER_PARAMETER, .parameter = atoi(number ? number + 1 : "0") };
}

static bool has_object_of(const struct function_info *function, const struct node *field,
			  bool result_too)
{
	return function_has_object(function, field->name, strcspn(field->name, "."), result_too);
}

static struct carrier carrier_of_object(const struct node *field)
{
	g_autofree char *tag = g_strndup(field->name, strcspn(field->name, "."));

	return (struct carrier){ CARRIER_OBJECT, .tag = g_intern_string(tag) };
}

static char *carrier_text(const struct carrier *carrier)
{
	if (carrier->kind == CARRIER_OBJECT)
		return g_strdup_printf("struct %s", carrier->tag);
	return carrier->kind == CARRIER_RESULT ? g_strdup("result") :
	       g_strdup_printf("parameter %d", carrier->parameter + 1);
}

/* -- acquires: along the way of the pages, from the call outwards -- */

/* The function that hands the pages out at this step, and how; NULL for none. */
static const struct function_info *hands_out(const struct summary_row *f,
					     const struct reached *step, struct carrier *carrier)
{
	const struct node *node = graph_node(f->w->graph, step->node);
	const struct function_info *function;

	if (step->stack)
		return NULL;	/* inside of a function that was given them */
	if (node->kind == PLACE_RETURN || (node->kind == PLACE_PARAM && step->origin)) {
		function = g_hash_table_lookup(f->by_key, node->owner);
		if (function)
			*carrier = node->kind == PLACE_RETURN ? (struct carrier){ CARRIER_RESULT } :
								carrier_of_param(node);
		return function;
	}
	function = graph_function_at(f->w->graph, step->file, step->line);
	if (node->kind != PLACE_FIELD || !function || !has_object_of(function, node, true))
		return NULL;
	*carrier = carrier_of_object(node);
	return function;
}

/* The pages came there from the call without being kept in between. */
static bool came_directly(const struct summary_row *f, const struct page_source *feed,
			  const struct reached *step)
{
	for (int i = step->from; i >= 0; i = step_at(feed, i)->from)
		if (is_memory(graph_node(f->w->graph, step_at(feed, i)->node)))
			return false;
	return true;
}

/* The nearest wrapper that the pages came out of on their way. */
static const struct wrapper *came_through(const struct summary_row *f,
					  const struct page_source *feed,
					  const struct reached *step,
					  const struct function_info *function)
{
	for (int i = step->from; i >= 0; i = step_at(feed, i)->from) {
		const struct node *node = graph_node(f->w->graph, step_at(feed, i)->node);
		const struct function_info *owner = node->owner ?
			g_hash_table_lookup(f->by_key, node->owner) : NULL;
		const struct wrapper *wrapper = wrapper_get(f, false, owner);

		if (wrapper && owner != function)
			return wrapper;
	}
	return NULL;
}

static void find_acquires(struct summary_row *f, const struct page_source *feed)
{
	const struct function_info *own = graph_function(f->w->graph, feed->call->function);

	for (guint i = 0; i < feed->reach->steps->len; i++) {
		const struct reached *step = step_at(feed, i);
		struct carrier carrier = { CARRIER_RESULT };
		const struct function_info *function = hands_out(f, step, &carrier);
		const struct wrapper *through;

		if (!function)
			continue;
		through = came_through(f, feed, step, function);
		if (came_directly(f, feed, step) && (through || function == own))
			wrapper_add(f, function, false, feed->call, through, carrier);
	}
}

/* -- releases: against the way of the pages, from the call outwards -- */

static void find_releases(struct summary_row *f, const struct pair *pair)
{
	const struct function_info *function = graph_function(f->w->graph, pair->release->function);
	const struct wrapper *through = NULL;

	for (int i = pair->feed->reach->first[pair->release->node]; i >= 0 && function;) {
		const struct reached *step = step_at(pair->feed, i);
		const struct node *node = graph_node(f->w->graph, step->node);

		i = step->from;
		if (node->kind == PLACE_FIELD) {
			if (has_object_of(function, node, false))
				wrapper_add(f, function, true, pair->release, through,
					    carrier_of_object(node));
			return;
		}
		if (node->kind == PLACE_GLOBAL)
			return;
		if (node->kind != PLACE_PARAM || g_strcmp0(node->owner, function->key) != 0)
			continue;
		through = wrapper_add(f, function, true, pair->release, through,
				      carrier_of_param(node));
		function = i >= 0 ? graph_function_at(f->w->graph, step->file, step->line) : NULL;
		if (!through || (function && g_strcmp0(function->key, node->owner) == 0))
			return;
	}
}

/* -- both: who calls a wrapper with the object that carries the pages -- */

static void find_callers(struct summary_row *f, const struct wrapper *wrapper)
{
	const GArray *calls = call_graph_of(f->w->invokes, wrapper->function->key);
	const char *tag = wrapper->carrier.tag;

	for (guint i = 0; calls && i < calls->len; i++) {
		const struct invoked *call = &g_array_index(calls, struct invoked, i);
		const struct function_info *caller =
			graph_function_at(f->w->graph, call->file, call->line);

		if (caller && function_has_object(caller, tag, strlen(tag), !wrapper->release))
			wrapper_add(f, caller, wrapper->release, wrapper->call, wrapper,
				    wrapper->carrier);
	}
}

/* The list grows while it is walked: that is the fixpoint. */
static void find_all_callers(struct summary_row *f, guint from)
{
	for (guint i = from; i < f->found->len; i++) {
		const struct wrapper *wrapper = f->found->pdata[i];

		if (wrapper->carrier.kind == CARRIER_OBJECT && wrapper->round < ROUNDS_MAX)
			find_callers(f, wrapper);
	}
}

static int by_place(const void *a, const void *b)
{
	const struct wrapper *left = *(struct wrapper *const *)a;
	const struct wrapper *right = *(struct wrapper *const *)b;

	return left->function->id != right->function->id ? left->function->id - right->function->id
							 : left->release - right->release;
}

GPtrArray *wrappers_of(const struct wrapping *w)
{
	struct summary_row f = {
		.w = w, .found = g_ptr_array_new_with_free_func(g_free),
		.by_function = { g_hash_table_new(NULL, NULL), g_hash_table_new(NULL, NULL) },
		.by_key = g_hash_table_new(g_str_hash, g_str_equal),
	};
	guint releases;

	for (guint i = 0; i < w->graph->functions->len; i++) {
		struct function_info *function = w->graph->functions->pdata[i];

		g_hash_table_insert(f.by_key, function->key, function);
	}
	for (guint i = 0; i < w->feeds->len; i++) {
		const struct page_source *feed = w->feeds->pdata[i];

		if (feed->kind == FEED_ACQUIRE)
			find_acquires(&f, feed);
	}
	find_all_callers(&f, 0);
	releases = f.found->len;
	for (guint i = 0; i < w->pairs->len; i++) {
		const struct pair *pair = w->pairs->pdata[i];

		if (pair->feed && !pair->other)
			find_releases(&f, pair);
	}
	find_all_callers(&f, releases);
	g_hash_table_destroy(f.by_function[0]);
	g_hash_table_destroy(f.by_function[1]);
	g_hash_table_destroy(f.by_key);
	g_ptr_array_sort(f.found, by_place);
	return f.found;
}

static bool call_write(struct db *db, const struct wrapping *w, const struct wrapper *wrapper,
		       const struct invoked *call, int id, GError **error)
{
	const struct function_info *caller = graph_function_at(w->graph, call->file, call->line);
	sqlite3_stmt *stmt = db_query(db, "wrapper_call_add");

	db_bind_int(stmt, 1, id);
	db_bind_int(stmt, 2, wrapper->id);
	db_bind_int(stmt, 3, call->file);
	db_bind_int(stmt, 4, call->line);
	db_bind_id(stmt, 5, caller ? caller->id : 0);
	return db_run(db, stmt, error);
}

static bool wrapper_write(struct db *db, const struct wrapper *wrapper, GError **error)
{
	g_autofree char *carrier = carrier_text(&wrapper->carrier);
	sqlite3_stmt *stmt = db_query(db, "wrapper_add");

	db_bind_int(stmt, 1, wrapper->id);
	db_bind_int(stmt, 2, wrapper->function->id);
	db_bind_text(stmt, 3, role_word(wrapper->release ? ROLE_RELEASE : ROLE_ACQUIRE));
	db_bind_int(stmt, 4, wrapper->call->id);
	db_bind_id(stmt, 5, wrapper->through ? wrapper->through->id : 0);
	db_bind_int(stmt, 6, wrapper->round);
	db_bind_text(stmt, 7, carrier);
	return db_run(db, stmt, error);
}

bool wrappers_write(struct db *db, const struct wrapping *w, GPtrArray *wrappers, GError **error)
{
	int calls = 0;

	for (guint i = 0; i < wrappers->len; i++)
		((struct wrapper *)wrappers->pdata[i])->id = i + 1;
	for (guint i = 0; i < wrappers->len; i++)
		if (!wrapper_write(db, wrappers->pdata[i], error))
			return false;
	for (guint i = 0; i < wrappers->len; i++) {
		const struct wrapper *wrapper = wrappers->pdata[i];
		const GArray *called = call_graph_of(w->invokes, wrapper->function->key);

		for (guint c = 0; called && c < called->len; c++)
			if (!call_write(db, w, wrapper, &g_array_index(called, struct invoked, c),
					++calls, error))
				return false;
	}
	return true;
}
