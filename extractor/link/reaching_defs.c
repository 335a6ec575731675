// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "link/reaching_defs.h"

struct step {
	int line;
	int call;
	int next[2];
	bool sets;
	char *lhs;
	char *given;	/* arguments of a call */
};

/**
 * struct order - steps of functions
 * @functions: function id -> GPtrArray of struct step, by their seq
 */
struct order {
	GHashTable *functions;
};

static void step_free(void *data)
{
	struct step *step = data;

	g_free(step->lhs);
	g_free(step->given);
	g_free(step);
}

static int int_or(sqlite3_stmt *stmt, int column, int other)
{
	return sqlite3_column_type(stmt, column) == SQLITE_NULL ? other :
								  sqlite3_column_int(stmt, column);
}

static struct step *step_new(sqlite3_stmt *stmt)
{
	struct step *step = g_new0(struct step, 1);

	step->line = sqlite3_column_int(stmt, 3);
	step->call = int_or(stmt, 4, 0);
	step->next[0] = int_or(stmt, 5, -1);
	step->next[1] = int_or(stmt, 6, -1);
	step->sets = g_str_equal(db_text(stmt, 2), "set") && !g_str_equal(db_text(stmt, 8), "decl");
	step->lhs = g_strdup(db_text(stmt, 7));
	if (g_str_equal(db_text(stmt, 2), "call"))
		step->given = g_strdup(db_text(stmt, 9));
	return step;
}

struct order *order_load(struct db *db, GError **error)
{
	struct order *order = g_new0(struct order, 1);
	sqlite3_stmt *stmt = db_query(db, "link_nodes");
	GError *failure = NULL;

	order->functions = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
	while (db_step(db, stmt, &failure)) {
		void *key = GINT_TO_POINTER(sqlite3_column_int(stmt, 0));
		GPtrArray *steps = g_hash_table_lookup(order->functions, key);

		if (!steps) {
			steps = g_ptr_array_new_with_free_func(step_free);
			g_hash_table_insert(order->functions, key, steps);
		}
		g_ptr_array_add(steps, step_new(stmt));
	}
	if (!failure)
		return order;
	g_propagate_error(error, failure);
	order_free(order);
	return NULL;
}

void order_free(struct order *order)
{
	g_hash_table_destroy(order->functions);
	g_free(order);
}

static int step_of_call(const GPtrArray *steps, int call)
{
	for (guint i = 0; i < steps->len; i++)
		if (((const struct step *)steps->pdata[i])->call == call)
			return i;
	return -1;
}

/* "&page" among the arguments, as a whole word */
static bool is_given(const struct step *step, const char *name)
{
	size_t length = strlen(name);

	for (const char *at = step->given; at && (at = strstr(at, name)); at += length)
		if (at > step->given && at[-1] == '&' && !g_ascii_isalnum(at[length]) &&
		    at[length] != '_')
			return true;
	return false;
}

/* The lines whose value of the variable comes to a step: walked backwards. */
static GHashTable *lines_before(const GPtrArray *steps, int start, const char *name)
{
	GHashTable *lines = g_hash_table_new(NULL, NULL);
	g_autofree bool *seen = g_new0(bool, steps->len);
	g_autoptr(GArray) queue = g_array_new(FALSE, FALSE, sizeof(int));

	g_array_append_val(queue, start);
	for (guint q = 0; q < queue->len; q++) {
		int to = g_array_index(queue, int, q);

		for (int i = 0; i < (int)steps->len; i++) {
			const struct step *step = steps->pdata[i];
			bool sets = step->sets && g_str_equal(step->lhs, name);

			if (seen[i] || (step->next[0] != to && step->next[1] != to))
				continue;
			seen[i] = true;
			if (sets || is_given(step, name))
				g_hash_table_add(lines, GINT_TO_POINTER(step->line));
			if (!sets)
				g_array_append_val(queue, i);
		}
	}
	return lines;
}

/* get_user_pages(..., &page) on one of the lines */
static bool is_acquired(const struct graph *graph, const struct call_info *release, GHashTable *lines)
{
	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];

		if (call->node == release->node && call->role == ROLE_ACQUIRE &&
		    g_hash_table_contains(lines, GINT_TO_POINTER(call->line)))
			return true;
	}
	return false;
}

/* Pages of this reach are put into the node on one of the lines; *any: by somebody at all. */
static bool comes_by(const struct graph *graph, const struct reach *reach,
		     const struct call_info *release, GHashTable *lines, bool *any)
{
	const struct reached *first = &g_array_index(reach->steps, struct reached, 0);

	if (first->node == release->node &&
	    (!first->line || g_hash_table_contains(lines, GINT_TO_POINTER(first->line))))
		return true;
	for (guint i = 0; i < graph->nodes->len; i++) {
		const GArray *out = graph_node(graph, i)->out;

		for (guint e = 0; e < out->len; e++) {
			const struct edge *edge = &g_array_index(out, struct edge, e);
			bool live = edge->file == release->file &&
				    g_hash_table_contains(lines, GINT_TO_POINTER(edge->line));

			if (edge->to != release->node)
				continue;
			*any |= live;
			if (reach_has(reach, i) && (live || edge->turn == TURN_BACK))
				return true;
		}
	}
	return false;
}

bool order_allows(const struct order *order, const struct graph *graph, const struct reach *reach,
		  const struct call_info *release)
{
	const struct node *node = graph_node(graph, release->node);
	const GPtrArray *steps = g_hash_table_lookup(order->functions,
						     GINT_TO_POINTER(release->function));
	const char *dot = strrchr(node->name, '.');
	g_autoptr(GHashTable) lines = NULL;
	bool any;
	int at;

	if (!steps || node->kind != PLACE_LOCAL || node->array || !dot)
		return true;
	at = step_of_call(steps, release->id);
	if (at < 0)
		return true;
	lines = lines_before(steps, at, dot + 1);
	any = is_acquired(graph, release, lines);
	/* Where no assignment is understood, none is ruled out. */
	return comes_by(graph, reach, release, lines, &any) || !any;
}

bool order_is_straight(const struct order *order, int function, int line, int call)
{
	const GPtrArray *steps = g_hash_table_lookup(order->functions, GINT_TO_POINTER(function));
	int at = 0, count = steps ? steps->len : 0;

	while (at < count && (((const struct step *)steps->pdata[at])->line != line ||
			      !((const struct step *)steps->pdata[at])->given))
		at++;
	for (int walked = 0; at >= 0 && at < count && walked < count; walked++) {
		const struct step *step = steps->pdata[at];

		if (step->call == call)
			return true;
		if (step->next[1] >= 0)
			return false;
		at = step->next[0];
	}
	return false;
}

bool order_leads(const struct order *order, int function, int from, int to, int without)
{
	const GPtrArray *steps = g_hash_table_lookup(order->functions, GINT_TO_POINTER(function));
	int start = steps ? step_of_call(steps, from) : -1;
	g_autofree bool *seen = g_new0(bool, steps ? steps->len : 0);
	g_autoptr(GArray) queue = g_array_new(FALSE, FALSE, sizeof(int));

	if (start < 0)
		return false;
	g_array_append_val(queue, start);
	for (guint q = 0; q < queue->len; q++) {
		const struct step *step = steps->pdata[g_array_index(queue, int, q)];

		for (int i = 0; i < 2; i++) {
			int next = step->next[i];
			int call = next >= 0 && next < (int)steps->len ?
					   ((const struct step *)steps->pdata[next])->call : 0;

			if (next < 0 || next >= (int)steps->len || seen[next] || (call && call == without))
				continue;
			if (call == to)
				return true;
			seen[next] = true;
			g_array_append_val(queue, next);
		}
	}
	return false;
}
