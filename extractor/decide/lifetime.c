// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "cfg/cfg_edges.h"
#include "decide/held_object.h"
#include "decide/outcome_of_call.h"
#include "decide/stored_pages.h"

/**
 * struct lifetimes - what lifetimes are read from
 * @passed: key of a function -> GArray of struct invoked: calls that it is an argument of, of
 *	functions that call it back before they return
 */
struct lifetimes {
	const struct graph *graph;
	const struct call_graph *invokes;
	const struct cfg *cfg;
	GHashTable *passed;
};

static void passed_add(struct lifetimes *l, const char *name, const char *scope, struct invoked at)
{
	g_autofree char *key = g_strjoin("\t", name, scope, NULL);
	GArray *calls = g_hash_table_lookup(l->passed, key);

	if (!calls) {
		calls = g_array_new(FALSE, FALSE, sizeof(struct invoked));
		g_hash_table_insert(l->passed, g_steal_pointer(&key), calls);
	}
	g_array_append_val(calls, at);
}

struct lifetimes *lifetimes_new(struct db *db, const struct graph *graph,
				const struct call_graph *invokes, const struct cfg *cfg,
				GError **error)
{
	struct lifetimes *l = g_new0(struct lifetimes, 1);
	sqlite3_stmt *stmt = db_query(db, "lifetime_passed");
	GError *failure = NULL;

	*l = (struct lifetimes){ graph, invokes, cfg,
				 g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						       (GDestroyNotify)g_array_unref) };
	while (db_step(db, stmt, &failure)) {
		struct invoked at = { sqlite3_column_int(stmt, 0), sqlite3_column_int(stmt, 1) };

		if (knowledge_has(graph->knowledge, KNOW_CALLS_BACK, db_text(stmt, 4)))
			passed_add(l, db_text(stmt, 2), db_text(stmt, 3), at);
	}
	if (!failure)
		return l;
	g_propagate_error(error, failure);
	lifetimes_free(l);
	return NULL;
}

void lifetimes_free(struct lifetimes *l)
{
	g_hash_table_destroy(l->passed);
	g_free(l);
}

/* -- who calls whom -- */

/**
 * struct caller - a call of a function
 * @function: that makes it, at @line
 */
struct caller {
	const struct function_info *function;
	int line;
};

static void add_callers(const struct lifetimes *l, const GArray *calls, GArray *callers)
{
	for (guint i = 0; calls && i < calls->len; i++) {
		const struct invoked *call = &g_array_index(calls, struct invoked, i);
		struct caller caller = { graph_function_at(l->graph, call->file, call->line),
					 call->line };

		if (caller.function)
			g_array_append_val(callers, caller);
	}
}

/* Of struct caller. Caller frees. */
static GArray *callers_of(const struct lifetimes *l, const struct function_info *function)
{
	GArray *callers = g_array_new(FALSE, FALSE, sizeof(struct caller));

	add_callers(l, call_graph_of(l->invokes, function->key), callers);
	add_callers(l, g_hash_table_lookup(l->passed, function->key), callers);
	return callers;
}

/* Adds all that call what is in the set, up to what is in stop (NULL: nothing). */
static void close_upwards(const struct lifetimes *l, GHashTable *set, GHashTable *stop)
{
	g_autoptr(GPtrArray) work = g_ptr_array_new();
	GHashTableIter iter;
	void *function;

	g_hash_table_iter_init(&iter, set);
	while (g_hash_table_iter_next(&iter, &function, NULL))
		g_ptr_array_add(work, function);
	for (guint i = 0; i < work->len; i++) {
		g_autoptr(GArray) callers = callers_of(l, work->pdata[i]);

		for (guint c = 0; c < callers->len; c++) {
			const struct function_info *caller =
				g_array_index(callers, struct caller, c).function;

			if ((!stop || !g_hash_table_contains(stop, caller)) &&
			    g_hash_table_add(set, (void *)caller))
				g_ptr_array_add(work, (void *)caller);
		}
	}
}

/* -- requests to a device -- */

/* The kind of knowledge has a struct of some parameter, or the function's name. */
static bool is_known_by(const struct lifetimes *l, const struct function_info *function,
			enum knowledge_kind kind)
{
	g_auto(GStrv) tags = g_strsplit_set(function->objects ? function->objects : "", "=,", -1);

	if (knowledge_has(l->graph->knowledge, kind, function->name))
		return true;
	for (char **tag = tags; *tag; tag++)
		if (**tag && knowledge_has(l->graph->knowledge, kind, *tag))
			return true;
	return false;
}

static bool is_of_request(const struct lifetimes *l, const struct function_info *function)
{
	return is_known_by(l, function, KNOW_REQUEST);
}

/* No call of it is seen. */
static bool is_uncalled(const struct lifetimes *l, const struct function_info *function)
{
	g_autoptr(GArray) callers = callers_of(l, function);

	return !callers->len;
}

/* No code calls it by its name: an operation of some table. */
static bool is_operation(const struct lifetimes *l, const struct function_info *function)
{
	return function->is_static && is_uncalled(l, function);
}

/*
 * No call of it is seen, and it is told from its parameters that it is no interrupt handler or
 * thread: a command of the user, or of another file.
 */
static bool is_command(const struct lifetimes *l, const struct function_info *function)
{
	return (!function->is_static || function->objects) && is_uncalled(l, function);
}

/* A command that a user's file is given to, or that is called so. */
static bool is_of_user(const struct lifetimes *l, const struct function_info *function)
{
	return is_uncalled(l, function) && is_known_by(l, function, KNOW_COMMAND);
}

static bool shows_object(const struct lifetimes *l, const struct function_info *function)
{
	return object_is_shown(l->graph->knowledge, cfg_function(l->cfg, function->id));
}

static bool finds_again(const struct lifetimes *l, const struct function_info *function)
{
	return object_is_found_again(l->graph->knowledge, cfg_function(l->cfg, function->id));
}

/* Nothing calls it that is seen, and nothing tells when it is called. */
static bool is_open_question(const struct lifetimes *l, const struct function_info *function)
{
	return is_operation(l, function) && !function->objects;
}

static bool any(const struct lifetimes *l, GHashTable *set,
		bool (*holds)(const struct lifetimes *l, const struct function_info *function))
{
	GHashTableIter iter;
	void *function;

	g_hash_table_iter_init(&iter, set);
	while (g_hash_table_iter_next(&iter, &function, NULL))
		if (holds(l, function))
			return true;
	return false;
}

/* -- one function that acquires, and may release -- */

/**
 * struct dropping - what drops the pages
 * @holding: them
 * @releases: ids of calls
 * @droppers: functions that do so and do not acquire
 */
struct dropping {
	const struct lifetimes *l;
	const struct holding *holding;
	GHashTable *releases;
	GHashTable *droppers;
};

/* A call of the function, on that line. */
static bool calls_at(const struct lifetimes *l, const struct function_info *callee,
		     const struct function_info *function, int line)
{
	g_autoptr(GArray) callers = callers_of(l, callee);

	for (guint i = 0; i < callers->len; i++) {
		const struct caller *caller = &g_array_index(callers, struct caller, i);

		if (caller->function == function && (!line || caller->line == line))
			return true;
	}
	return false;
}

/* The function, or that line of it, calls something that drops the pages. */
static bool calls_dropper(const struct dropping *d, const struct function_info *function, int line)
{
	GHashTableIter iter;
	void *dropper;

	g_hash_table_iter_init(&iter, d->droppers);
	while (g_hash_table_iter_next(&iter, &dropper, NULL))
		if (calls_at(d->l, dropper, function, line))
			return true;
	return false;
}

static bool drops(const struct dropping *d, const struct function_info *function,
		  const struct ir_function *ir, int at)
{
	const struct ir_node *node = &ir->nodes[at];

	if (node->kind != IR_CALL)
		return false;
	if (g_hash_table_contains(d->releases, GINT_TO_POINTER(node->call)))
		return true;
	/* The call drops the pages that the object had before. */
	if (function == d->holding->function && pages_are_not_stored(ir, d->holding->pages, at))
		return false;
	return calls_dropper(d, function, node->line);
}

/*
 * For each node: it drops the pages, or begins a loop that does; but not one that has the call
 * itself: a round that does not drop its pages goes on to the next. Caller frees.
 */
static bool *droppings(const struct dropping *d, const struct function_info *function,
		       const struct ir_function *ir, int call)
{
	bool *dropped = g_new0(bool, ir->count);

	for (int i = 0; i < ir->count; i++) {
		if (!drops(d, function, ir, i))
			continue;
		dropped[i] = true;
		for (int head = 0; head < i; head++)
			if (ir->nodes[head].kind == IR_LOOP && ir_in_loop(ir, head, i) &&
			    !ir_in_loop(ir, head, call))
				dropped[head] = true;
	}
	return dropped;
}

/* A way from the call, where it does not fail, to a return of no error, and nothing dropped. */
static bool keeps_in_graph(const struct dropping *d, const struct function_info *function,
			   const struct ir_function *ir, int call, bool acquire)
{
	g_autofree bool *seen = droppings(d, function, ir, call);
	g_autoptr(GArray) work = g_array_new(FALSE, FALSE, sizeof(int));

	g_array_append_val(work, call);
	for (guint w = 0; w < work->len; w++) {
		int at = g_array_index(work, int, w), next[2], count;
		const struct ir_node *node = &ir->nodes[at];
		int failure = call_failure_outcome(d->l->graph->knowledge, ir, call, at, acquire);

		if (node->kind == IR_RETURN) {
			if (!node->rhs || node->rhs->op != EXPR_NUMBER || node->rhs->number >= 0)
				return true;
			continue;
		}
		count = ir_successors(ir, at, IR_EDGES_CONTROL, next);
		for (int i = 0; i < count; i++) {
			if (seen[next[i]] ||
			    (failure >= 0 && next[i] == (failure ? node->yes : node->no)))
				continue;
			seen[next[i]] = true;
			g_array_append_val(work, next[i]);
		}
	}
	return false;
}

/* Of a function without a graph it is not known in which order it calls. */
static bool keeps(const struct dropping *d, const struct caller *at,
		  const struct function_info *callee)
{
	const struct ir_function *ir = cfg_function(d->l->cfg, at->function->id);

	if (!ir)
		return !calls_dropper(d, at->function, 0);
	for (int i = 0; i < ir->count; i++) {
		const struct ir_node *node = &ir->nodes[i];

		if (node->kind == IR_CALL && node->line == at->line && node->callee &&
		    !strcmp(node->callee, callee->name))
			return keeps_in_graph(d, at->function, ir, i, false);
	}
	return false;
}

/* Some way up from the function keeps the pages, to one whose callers are not seen. */
static bool keeps_upwards(const struct dropping *d, const struct function_info *start)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
	g_autoptr(GPtrArray) work = g_ptr_array_new();

	g_hash_table_add(seen, (void *)start);
	g_ptr_array_add(work, (void *)start);
	for (guint i = 0; i < work->len; i++) {
		g_autoptr(GArray) callers = callers_of(d->l, work->pdata[i]);

		if (!callers->len)
			return true;
		for (guint c = 0; c < callers->len; c++) {
			const struct caller *caller = &g_array_index(callers, struct caller, c);

			if (!g_hash_table_contains(seen, caller->function) &&
			    keeps(d, caller, work->pdata[i])) {
				g_hash_table_add(seen, (void *)caller->function);
				g_ptr_array_add(work, (void *)caller->function);
			}
		}
	}
	return false;
}

/* -- all together -- */

/* The user takes them by one command, and another one of his drops them. */
static bool is_between_commands(const struct dropping *d, GHashTable *takers)
{
	return any(d->l, takers, is_of_user) && any(d->l, d->droppers, is_of_user);
}

static bool is_held(const struct dropping *d, GHashTable *takers, const struct holding *holding)
{
	return any(d->l, takers, is_operation) || any(d->l, d->droppers, is_operation) ||
	       any(d->l, takers, shows_object) || is_between_commands(d, takers) ||
	       is_in_older_object(d->l->graph->knowledge, d->l->cfg, takers, holding);
}

/* The function drops the pages that an earlier call of it has left in an object. */
static bool replaces_older(const struct dropping *d, const struct ir_function *ir)
{
	for (int i = 0; i < ir->count; i++)
		if (ir->nodes[i].kind == IR_CALL &&
		    pages_are_stored_later(ir, d->holding->pages, i) &&
		    calls_dropper(d, d->holding->function, ir->nodes[i].line))
			return true;
	return false;
}

static bool is_of_requests(const struct dropping *d, GHashTable *takers)
{
	return any(d->l, d->droppers, is_of_request) || any(d->l, takers, is_of_request);
}

static enum lifetime lifetime_with(const struct dropping *d, GHashTable *takers,
				   const struct holding *holding)
{
	const struct lifetimes *l = d->l;
	const struct ir_function *ir = cfg_function(l->cfg, holding->function->id);

	if (!ir)
		return LIFETIME_UNKNOWN;
	if (!keeps_in_graph(d, holding->function, ir, holding->node, holding->acquire))
		return LIFETIME_CALL;
	if (g_hash_table_size(d->droppers) && keeps_upwards(d, holding->function) &&
	    object_is_in_file(l->graph->knowledge, l->cfg, takers, holding))
		return LIFETIME_KEPT;
	if (is_of_requests(d, takers) && !any(l, takers, finds_again))
		return LIFETIME_REQUEST;
	if (!keeps_upwards(d, holding->function))
		return LIFETIME_CALL;
	if (replaces_older(d, ir))
		return LIFETIME_KEPT;
	if (any(l, d->droppers, is_open_question) || !any(l, d->droppers, is_command) ||
	    !is_held(d, takers, holding))
		return LIFETIME_UNKNOWN;
	return LIFETIME_KEPT;
}

enum lifetime lifetime_of(const struct lifetimes *l, const struct holding *holding)
{
	g_autoptr(GHashTable) takers = g_hash_table_new(NULL, NULL);
	g_autoptr(GHashTable) droppers = g_hash_table_new(NULL, NULL);
	g_autoptr(GHashTable) releases = g_hash_table_new(NULL, NULL);
	const struct dropping d = { l, holding, releases, droppers };

	if (!holding->function || !holding->releases->len)
		return LIFETIME_UNKNOWN;
	g_hash_table_add(takers, (void *)holding->function);
	close_upwards(l, takers, NULL);
	for (guint i = 0; i < holding->releases->len; i++) {
		const struct call_info *release = holding->releases->pdata[i];
		const struct function_info *function = graph_function(l->graph, release->function);

		g_hash_table_add(releases, GINT_TO_POINTER(release->id));
		if (!function)
			return LIFETIME_UNKNOWN;
		if (!g_hash_table_contains(takers, function))
			g_hash_table_add(droppers, (void *)function);
	}
	close_upwards(l, droppers, takers);
	return lifetime_with(&d, takers, holding);
}
