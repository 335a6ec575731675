// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/live_vars.h"
#include "cfg/natural_loops.h"
#include "convert/select/site_facts.h"

#define LOCKS_MAX 8	/* locks that are held at once, and told apart; see site_facts_locked() */

/**
 * struct site_facts - the graphs, and where calls are in them
 * @by_call: call.id -> struct fact_place
 * @by_name: ENTRY's callee, interned -> GPtrArray of struct ir_function
 * @lock: of the pool of expressions: a query may add some
 */
struct site_facts {
	struct cfg *cfg;
	struct api_table *apis;
	GHashTable *by_call, *by_name;
	GMutex lock;
};

static void add_function(struct site_facts *facts, const struct ir_function *function)
{
	void *name = (void *)function->nodes[0].callee;
	GPtrArray *same = name ? g_hash_table_lookup(facts->by_name, name) : NULL;

	if (name && !same) {
		same = g_ptr_array_new();
		g_hash_table_insert(facts->by_name, name, same);
	}
	if (same)
		g_ptr_array_add(same, (void *)function);
	for (int i = 0; i < function->count; i++) {
		struct fact_place place = { function, i, -1 };

		if (function->nodes[i].call)
			g_hash_table_insert(facts->by_call,
					    GINT_TO_POINTER(function->nodes[i].call),
					    g_memdup2(&place, sizeof(place)));
	}
}

struct site_facts *site_facts_new(struct cfg *cfg, struct api_table *apis)
{
	struct site_facts *facts = g_new0(struct site_facts, 1);

	facts->cfg = cfg;
	facts->apis = apis;
	facts->by_call = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	facts->by_name = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
	g_mutex_init(&facts->lock);
	for (guint i = 0; i < cfg->functions->len; i++)
		add_function(facts, cfg->functions->pdata[i]);
	return facts;
}

struct site_facts *site_facts_load(struct db *db, GError **error)
{
	struct api_table *apis = api_table_load(db, error);
	struct cfg *cfg = apis ? cfg_load(db, error) : NULL;

	if (cfg)
		return site_facts_new(cfg, apis);
	api_table_free(apis);
	return NULL;
}

void site_facts_free(struct site_facts *facts)
{
	if (!facts)
		return;
	g_hash_table_destroy(facts->by_call);
	g_hash_table_destroy(facts->by_name);
	cfg_free(facts->cfg);
	api_table_free(facts->apis);
	g_mutex_clear(&facts->lock);
	g_free(facts);
}

const struct api_table *site_facts_apis(const struct site_facts *facts)
{
	return facts->apis;
}

const struct knowledge *site_facts_knowledge(const struct site_facts *facts)
{
	return facts->apis->knowledge;
}

struct fact_place site_facts_call(const struct site_facts *facts, gint64 call_id, guint loop_line)
{
	const struct fact_place *found =
		facts ? g_hash_table_lookup(facts->by_call, GINT_TO_POINTER((int)call_id)) : NULL;
	struct fact_place place = found ? *found : (struct fact_place){ NULL, -1, -1 };

	if (!found || !loop_line)
		return place;
	place.loop = ir_loop_around(place.function, place.node);
	/* Another loop than the text has: a macro's, or the text is not what was indexed. */
	if (place.loop < 0 || place.function->nodes[place.loop].line != (int)loop_line)
		place.function = NULL;
	return place;
}

struct fact_place site_facts_call_at(const struct site_facts *facts, gint64 file_id, guint line,
				     guint column)
{
	for (guint i = 0; i < facts->cfg->functions->len; i++) {
		const struct ir_function *function = facts->cfg->functions->pdata[i];

		for (int k = 0; function->file == (int)file_id && k < function->count; k++) {
			const struct ir_node *node = &function->nodes[k];

			if (node->kind == IR_CALL && node->line == (int)line &&
			    node->column == (int)column)
				return (struct fact_place){ function, k, -1 };
		}
	}
	return (struct fact_place){ NULL, -1, -1 };
}

const struct ir_function *site_facts_function(const struct site_facts *facts, int file_id,
					      const char *name)
{
	const GPtrArray *same = g_hash_table_lookup(facts->by_name, name);

	for (guint i = 0; same && i < same->len; i++) {
		const struct ir_function *function = same->pdata[i];

		if (function->file == file_id)
			return function;
	}
	return NULL;
}

/* The pool's expression of a local variable; the caller holds the lock from here on. */
static const struct expr *variable_lock(const struct site_facts *facts, const char *name)
{
	g_mutex_lock(&((struct site_facts *)facts)->lock);
	return expr_local(facts->cfg->pool, name);
}

static void variable_unlock(const struct site_facts *facts)
{
	g_mutex_unlock(&((struct site_facts *)facts)->lock);
}

static bool has_part(const struct ir_node *node, const struct expr *part)
{
	if ((node->lhs && expr_contains(node->lhs, part)) ||
	    (node->rhs && expr_contains(node->rhs, part)) ||
	    (node->pointer && expr_contains(node->pointer, part)))
		return true;
	for (int i = 0; i < node->arg_count; i++)
		if (expr_contains(node->args[i], part))
			return true;
	return false;
}

static bool function_has(const struct ir_function *function, const struct expr *part)
{
	for (int i = 0; i < function->count; i++)
		if (has_part(&function->nodes[i], part))
			return true;
	return false;
}

/* The graph has the variable, and nothing reads or writes it by its address. */
static bool is_plain(const struct site_facts *facts, const struct ir_function *function,
		     const struct expr *variable)
{
	return function_has(function, variable) &&
	       !function_has(function, expr_unary(facts->cfg->pool, EXPR_ADDRESS, variable));
}

enum fact site_facts_live(const struct site_facts *facts, struct fact_place place,
			  const char *name)
{
	int behind = place.function && place.loop >= 0 ? place.function->nodes[place.loop].no : -1;
	enum fact fact = FACT_UNKNOWN;
	const struct expr *variable;

	if (behind < 0)
		return FACT_UNKNOWN;
	variable = variable_lock(facts, name);
	if (is_plain(facts, place.function, variable)) {
		struct ir_live *live = ir_live_new(place.function);

		fact = ir_live_before(live, behind, variable) ? FACT_YES : FACT_NO;
		ir_live_free(live);
	}
	variable_unlock(facts);
	return fact;
}

/* "i += 1", "i -= 1" */
static bool steps(const struct ir_node *node)
{
	return (node->op == IR_OP_ADD_ASSIGN || node->op == IR_OP_SUB_ASSIGN) &&
	       (expr_is_number(node->rhs, 1) || expr_is_number(node->rhs, -1));
}

enum fact site_facts_steps_by_one(const struct site_facts *facts, struct fact_place place,
				  const char *name)
{
	const struct expr *variable;
	int sets = 0, by_one = 0;
	bool plain;

	if (!place.function || place.loop < 0)
		return FACT_UNKNOWN;
	variable = variable_lock(facts, name);
	plain = is_plain(facts, place.function, variable);
	variable_unlock(facts);
	if (!plain)
		return FACT_UNKNOWN;
	for (int i = place.loop + 1; ir_in_loop(place.function, place.loop, i); i++) {
		const struct ir_node *node = &place.function->nodes[i];

		if (node->kind != IR_SET || node->lhs != variable)
			continue;
		sets++;
		by_one += steps(node);
	}
	return sets == 1 && by_one == 1 ? FACT_YES : FACT_NO;
}

enum fact site_facts_negative(const struct site_facts *facts, struct fact_place place,
			      const char *name)
{
	enum fact fact = FACT_UNKNOWN;
	const struct expr *variable;

	if (!place.function)
		return FACT_UNKNOWN;
	variable = variable_lock(facts, name);
	if (is_plain(facts, place.function, variable))
		fact = site_sign_negative(facts, place.function,
					  place.loop >= 0 ? place.loop : place.node, variable);
	variable_unlock(facts);
	return fact;
}

/* By how much the node changes the number of locks that are held. */
static int lock_step(const struct site_facts *facts, const struct ir_node *node)
{
	unsigned int details;

	if (node->kind != IR_CALL || !node->callee)
		return 0;
	details = knowledge_details(facts->apis->knowledge, KNOW_LOCK, node->callee);
	return details & (KNOWN(ENTER) | KNOWN(TRY)) ? 1 : details & KNOWN(LEAVE) ? -1 : 0;
}

/*
 * Reachability over pairs of a node and the number of locks held in front of it: each pair is
 * visited once, so at most LOCKS_MAX times the nodes. A number above that stays at it, and one
 * below zero at zero: the section was entered by a caller. A trylock counts as taken.
 */
enum fact site_facts_locked(const struct site_facts *facts, struct fact_place place)
{
	const struct ir_function *function = place.function;
	g_autofree bool *seen = NULL;
	g_autoptr(GArray) queue = NULL;
	int pair = 0;

	if (!function)
		return FACT_UNKNOWN;
	seen = g_new0(bool, function->count * (LOCKS_MAX + 1));
	queue = g_array_new(FALSE, FALSE, sizeof(int));
	seen[pair] = true;
	g_array_append_val(queue, pair);
	for (guint q = 0; q < queue->len; q++) {
		int node = g_array_index(queue, int, q) % function->count, next[2];
		int held = g_array_index(queue, int, q) / function->count;
		int count = ir_successors(function, node, IR_EDGES_CONTROL, next);

		if (node == place.node && held)
			return FACT_YES;
		held = CLAMP(held + lock_step(facts, &function->nodes[node]), 0, LOCKS_MAX);
		for (int i = 0; i < count; i++) {
			pair = held * function->count + next[i];
			if (seen[pair])
				continue;
			seen[pair] = true;
			g_array_append_val(queue, pair);
		}
	}
	return FACT_NO;
}
