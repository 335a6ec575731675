// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/bit_flow.h"
#include "cfg/feasible_path.h"
#include "checkers/abstract_value.h"
#include "checkers/expr_query.h"
#include "checkers/liveness.h"

/**
 * struct flow - how one node changes the set
 * @killed: id + 1 of the variable that it writes, 0: none
 * @target: id + 1 of the variable whose liveness @reads depend on, 0: they are always read
 * @reads: ids, of guint
 */
struct flow {
	guint killed;
	guint target;
	GArray *reads;
};

/**
 * struct liveness - a set of expressions for each node
 * @matters: variables that tests, results and counts depend on, a set
 * @ids: expression -> number + 1
 * @words: of 64 bits, for each node
 * @flows: of the nodes, while it is made
 */
struct liveness {
	const struct function *function;
	GHashTable *matters;
	GHashTable *ids;
	guint words;
	guint64 *bits;
	struct flow *flows;
};

/* How many calls down a release is looked for. */
#define RELEASE_DEPTH 2

static bool may_release(const struct function *function, int depth)
{
	for (int i = 0; function && i < function->ir->count; i++)
		if (function_has_role(function, i, ROLE_RELEASE) ||
		    (depth && function->callees[i] != function &&
		     may_release(function->callees[i], depth - 1)))
			return true;
	return false;
}

/* The node writes a number to a member of what the call is given: a count that its callee reads. */
static bool gives_count(const struct ir_node *call, const struct ir_node *set)
{
	return set->kind == IR_SET && set->op != IR_OP_DECLARE && set->type != IR_TYPE_POINTER &&
	       expr_is_member(set->lhs) &&
	       call_is_given(call, set->lhs);
}

/* Calls look for each such node, where the callee may release. */
typedef void (*count_fn)(void *data, const struct expr *count);

static void each_count(const struct function *function, int call, count_fn look, void *data)
{
	if (function_node(function, call)->kind != IR_CALL || function->calls[call] ||
	    !may_release(function->callees[call], RELEASE_DEPTH))
		return;
	for (int i = 0; i < function->ir->count; i++)
		if (gives_count(function_node(function, call), function_node(function, i)))
			look(data, function_node(function, i)->lhs);
}

/* All leaves of an expression. */
static void add_leaves(GHashTable *set, const struct expr *e)
{
	for (; e; e = e->a) {
		if (!e->a)
			g_hash_table_add(set, (void *)e);
		if (e->b)
			add_leaves(set, e->b);
	}
}

static void add_count(void *set, const struct expr *count)
{
	add_leaves(set, count);
}

/* "page = get(addr)": a function with a graph gives a page, or something that is none. */
static bool is_given_page(const struct function *function, const struct expr *name)
{
	for (int i = 0; expr_is_name(name) && i < function->ir->count; i++) {
		const struct ir_node *set = function_node(function, i);
		int call = node_sets(set, name) && set->op == IR_OP_ASSIGN &&
			   set->rhs->op == EXPR_RESULT ? (int)set->rhs->number : -1;

		if (call >= 0 && function->callees[call])
			return true;
	}
	return false;
}

static void add_deciding(GHashTable *set, const struct function *function, int number)
{
	const struct ir_node *node = function_node(function, number);

	each_count(function, number, add_count, set);
	if (node->kind == IR_TEST || node->kind == IR_RETURN) {
		add_leaves(set, node->lhs);
		add_leaves(set, node->rhs);
	} else if (function_has_detail(function, number, KNOW_ERROR, KNOWN(TEST))) {
		for (int i = 0; i < node->arg_count; i++)
			add_leaves(set, node->args[i]);
	} else if (node->kind == IR_CALL && function->calls[number]) {
		add_leaves(set, function_count(function, number));
		if (function_is_plain_release(function, number) &&
		    is_given_page(function, function_pages(function, number)))
			add_leaves(set, function_pages(function, number));
	} else if (node->kind == IR_CALL) { /* a count, or a flag, of a callee that has a graph */
		for (int i = 0; i < MIN(node->arg_count, node->param_count); i++)
			if (node->param_types[i] != IR_TYPE_POINTER)
				add_leaves(set, node->args[i]);
	}
}

/* The transitive closure over assignments; it ends as the set only grows. */
static GHashTable *variables_that_matter(const struct function *function)
{
	GHashTable *set = g_hash_table_new(NULL, NULL);
	guint before;

	for (int i = 0; i < function->ir->count; i++)
		add_deciding(set, function, i);
	do {
		before = g_hash_table_size(set);
		for (int i = 0; i < function->ir->count; i++) {
			const struct ir_node *node = function_node(function, i);

			if (node->kind == IR_SET &&
			    g_hash_table_contains(set, expr_root(node->lhs)))
				add_leaves(set, node->rhs);
		}
	} while (g_hash_table_size(set) != before);
	return set;
}

static guint id_of(struct liveness *live, const struct expr *e)
{
	void *known = g_hash_table_lookup(live->ids, e);

	if (!known) {
		known = GINT_TO_POINTER(g_hash_table_size(live->ids) + 1);
		g_hash_table_insert(live->ids, (void *)e, known);
	}
	return GPOINTER_TO_UINT(known) - 1;
}

static bool is_access(const struct expr *e)
{
	return e->op == EXPR_MEMBER || e->op == EXPR_ARROW || e->op == EXPR_INDEX;
}

static void add_id(struct liveness *live, GArray *ids, const struct expr *e)
{
	guint id = id_of(live, e);

	g_array_append_val(ids, id);
}

/* a->b[i].c: a, a->b, a->b[i], a->b[i].c and i; of an operator, those of its operands. */
static void add_accesses(struct liveness *live, GArray *ids, const struct expr *e)
{
	const struct expr *inner = e;

	if (!e)
		return;
	for (; is_access(inner); inner = inner->a)
		add_accesses(live, ids, inner->b);
	if (inner->a) {
		add_accesses(live, ids, inner->a);
		add_accesses(live, ids, inner->b);
		return;
	}
	for (; e != inner; e = e->a)
		add_id(live, ids, e);
	add_id(live, ids, inner);
}

static void flow_of_test(struct liveness *live, struct expr_pool *pool, const struct ir_node *node,
			 struct flow *flow)
{
	bool flip;

	add_id(live, flow->reads, ir_question(pool, node, &flip));
	if (expr_is_binary(node->lhs) && node->lhs->op != EXPR_INDEX)
		add_id(live, flow->reads, node->lhs);
}

/* Of one call: its reads. */
struct call_reads {
	struct liveness *live;
	GArray *ids;
};

static void read_count(void *data, const struct expr *count)
{
	const struct call_reads *reads = data;

	add_id(reads->live, reads->ids, count);
}

static void flow_of_call(struct liveness *live, int number, struct flow *flow)
{
	const struct ir_node *node = function_node(live->function, number);
	struct call_reads reads = { live, flow->reads };

	for (int i = 0; i < node->arg_count; i++)
		add_accesses(live, flow->reads, node->args[i]);
	each_count(live->function, number, read_count, &reads);
}

/* "obj->pages = pages": a member of the caller's object is read behind the return. */
static void flow_of_return(struct liveness *live, struct flow *flow)
{
	const struct function *function = live->function;

	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *node = function_node(function, i);

		if (node->kind == IR_SET && expr_is_member(node->lhs) &&
		    !expr_has_op(node->lhs, EXPR_INDEX) &&
		    function_param_of(function, node->lhs) >= 0)
			add_id(live, flow->reads, node->lhs);
	}
}

static void flow_make(struct liveness *live, struct expr_pool *pool, int number)
{
	const struct ir_node *node = function_node(live->function, number);
	struct flow *flow = &live->flows[number];

	flow->reads = g_array_new(FALSE, FALSE, sizeof(guint));
	switch (node->kind) {
	case IR_TEST:
		flow_of_test(live, pool, node, flow);
		/* fall through */
	case IR_RETURN:
		if (node->kind == IR_RETURN)
			flow_of_return(live, flow);
		add_accesses(live, flow->reads, node->lhs);
		add_accesses(live, flow->reads, node->rhs);
		break;
	case IR_CALL:
		flow->killed = id_of(live, expr_result(pool, number)) + 1;
		flow_of_call(live, number, flow);
		break;
	case IR_SET:
		flow->target = id_of(live, expr_root(node->lhs)) + 1;
		if (expr_is_name(node->lhs) && node->op == IR_OP_ASSIGN)
			flow->killed = flow->target;
		add_accesses(live, flow->reads, node->rhs);
		if (expr_has_op(node->lhs, EXPR_INDEX))
			add_accesses(live, flow->reads, node->lhs);
		break;
	default:
		break;
	}
}

/* Transfer function: the set before a node, of the one behind it. */
static void flow_back(int number, guint64 *bits, const void *data)
{
	const struct flow *flow = &((const struct liveness *)data)->flows[number];

	if (flow->target && !ir_bit(bits, flow->target - 1))
		return;
	if (flow->killed)
		ir_bit_clear(bits, flow->killed - 1);
	for (guint i = 0; i < flow->reads->len; i++)
		ir_bit_set(bits, g_array_index(flow->reads, guint, i));
}

struct liveness *liveness_new(struct expr_pool *pool, const struct function *function)
{
	struct liveness *live = g_new0(struct liveness, 1);

	live->function = function;
	live->matters = variables_that_matter(function);
	live->ids = g_hash_table_new(NULL, NULL);
	live->flows = g_new0(struct flow, function->ir->count);
	for (int i = 0; i < function->ir->count; i++)
		flow_make(live, pool, i);
	live->words = g_hash_table_size(live->ids) / 64 + 1;
	live->bits = ir_solve_backward(function->ir, IR_EDGES_PASS_BY, live->words, flow_back,
				       live);
	for (int i = 0; i < function->ir->count; i++)
		g_array_free(live->flows[i].reads, TRUE);
	g_clear_pointer(&live->flows, g_free);
	return live;
}

void liveness_free(void *data)
{
	struct liveness *live = data;

	g_hash_table_destroy(live->matters);
	g_hash_table_destroy(live->ids);
	g_free(live->bits);
	g_free(live);
}

bool liveness_matters(const struct liveness *live, const struct expr *root)
{
	return g_hash_table_contains(live->matters, root);
}

static bool is_live(const struct liveness *live, int node, const struct expr *e)
{
	void *id = g_hash_table_lookup(live->ids, e);

	return id && ir_bit(live->bits + node * live->words, GPOINTER_TO_UINT(id) - 1);
}

/* Of a member, an operator or a test only the same is read again; of memory, any part. */
bool liveness_has(const struct liveness *live, int node, const struct expr *key)
{
	return is_live(live, node, key) ||
	       (key->op == EXPR_DEREF && is_live(live, node, expr_root(key)));
}
