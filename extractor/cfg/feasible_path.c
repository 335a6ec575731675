// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "cfg/feasible_path.h"

#define FACTS_MAX 16
/* The bound of one search: states that are followed. */
#define STATES_MAX 4000

/**
 * struct fact - what a path knows
 * @key: a question, which is answered by @number (0 or 1); or an operand that has that value
 */
struct fact {
	const struct expr *key;
	long long number;
};

/**
 * struct facts_at - a path, so far
 * @passed: it has gone by the first node
 * @facts: by the serial numbers of their keys
 */
struct facts_at {
	int node;
	bool passed;
	int count;
	struct fact facts[FACTS_MAX];
};

/**
 * struct search - one question under way
 * @work: of struct facts_at; taken from its end
 * @seen: of struct facts_at: what was ever in it
 * @useful: keys that some test asks for
 */
struct search {
	const struct ir_function *function;
	struct expr_pool *pool;
	GArray *work;
	GHashTable *seen;
	GHashTable *useful;
};

const struct expr *ir_question(struct expr_pool *pool, const struct ir_node *test, bool *flip)
{
	enum expr_op op;

	*flip = test->op == IR_OP_NE || test->op == IR_OP_GE || test->op == IR_OP_LE;
	if (test->op == IR_OP_EQ || test->op == IR_OP_NE)
		op = EXPR_EQ;
	else
		op = test->op == IR_OP_LT || test->op == IR_OP_GE ? EXPR_LT : EXPR_GT;
	return expr_binary(pool, op, test->lhs, test->rhs);
}

/* -- facts -- */

static guint state_hash(const void *data)
{
	const struct facts_at *state = data;
	guint hash = state->node * 2 + state->passed;

	for (int i = 0; i < state->count; i++)
		hash = (hash ^ g_direct_hash(state->facts[i].key) ^
			(guint)state->facts[i].number) * 16777619u;
	return hash;
}

static gboolean state_equal(const void *left, const void *right)
{
	const struct facts_at *a = left, *b = right;

	if (a->node != b->node || a->passed != b->passed || a->count != b->count)
		return false;
	for (int i = 0; i < a->count; i++)
		if (a->facts[i].key != b->facts[i].key || a->facts[i].number != b->facts[i].number)
			return false;
	return true;
}

static const struct fact *fact_find(const struct facts_at *state, const struct expr *key)
{
	for (int i = 0; i < state->count; i++)
		if (state->facts[i].key == key)
			return &state->facts[i];
	return NULL;
}

static void fact_drop(struct facts_at *state, int at)
{
	state->count--;
	memmove(state->facts + at, state->facts + at + 1,
		(state->count - at) * sizeof(*state->facts));
}

static void fact_add(const struct search *search, struct facts_at *state, const struct expr *key,
		     long long number)
{
	int at = state->count;

	if (key->unknown || !g_hash_table_contains(search->useful, key) || fact_find(state, key))
		return;
	if (at == FACTS_MAX)
		fact_drop(state, --at);
	for (; at && state->facts[at - 1].key->serial > key->serial; at--)
		state->facts[at] = state->facts[at - 1];
	state->facts[at] = (struct fact){ key, number };
	state->count++;
}

static void facts_forget(struct facts_at *state, const struct expr *part)
{
	for (int i = state->count - 1; i >= 0; i--)
		if (expr_contains(state->facts[i].key, part))
			fact_drop(state, i);
}

/* The constant that an operand is known to be. */
static bool value_of(const struct facts_at *state, const struct expr *e, long long *number)
{
	const struct fact *fact = e ? fact_find(state, e) : NULL;

	if (e && e->op == EXPR_NUMBER)
		*number = e->number;
	else if (fact)
		*number = fact->number;
	else
		return false;
	return true;
}

/* -- transfer functions -- */

static void push(struct search *search, const struct facts_at *state, int node)
{
	struct facts_at next = *state;

	next.node = node;
	if (node < 0 || g_hash_table_contains(search->seen, &next))
		return;
	g_hash_table_add(search->seen, g_memdup2(&next, sizeof(next)));
	g_array_append_val(search->work, next);
}

/* 1 or 0 as the path knows the outcome, -1 where it does not. */
static int outcome_of(const struct search *search, const struct facts_at *state,
		      const struct ir_node *test)
{
	bool flip;
	const struct fact *fact = fact_find(state, ir_question(search->pool, test, &flip));
	long long a, b;

	if (value_of(state, test->lhs, &a) && value_of(state, test->rhs, &b))
		return ir_op_holds(test->op, a, b);
	return fact ? (fact->number != 0) != flip : -1;
}

static void follow_test(struct search *search, const struct facts_at *state)
{
	const struct ir_node *test = &search->function->nodes[state->node];
	int known = outcome_of(search, state, test);

	for (int outcome = 1; outcome >= 0; outcome--) {
		struct facts_at next = *state;
		bool flip;
		const struct expr *question = ir_question(search->pool, test, &flip);

		if ((known >= 0 && outcome != known) || (known < 0 && outcome && test->warned))
			continue;
		if (known < 0) {
			fact_add(search, &next, question, outcome != flip);
			if (test->op == (outcome ? IR_OP_EQ : IR_OP_NE) &&
			    test->rhs->op == EXPR_NUMBER)
				fact_add(search, &next, test->lhs, test->rhs->number);
		}
		push(search, &next, outcome ? test->yes : test->no);
	}
}

static void follow_set(const struct search *search, struct facts_at *state)
{
	const struct ir_node *set = &search->function->nodes[state->node];
	long long number = 0;
	bool known = set->op == IR_OP_ASSIGN && value_of(state, set->rhs, &number);

	facts_forget(state, set->lhs);
	if (known)
		fact_add(search, state, set->lhs, number);
}

static void follow_call(const struct search *search, struct facts_at *state)
{
	const struct ir_node *call = &search->function->nodes[state->node];

	facts_forget(state, expr_result(search->pool, state->node));
	for (int i = 0; i < call->arg_count; i++)
		if (call->args[i]->op == EXPR_ADDRESS)
			facts_forget(state, call->args[i]->a);
}

static void follow(struct search *search, struct facts_at *state)
{
	const struct ir_node *node = &search->function->nodes[state->node];

	if (node->kind == IR_TEST) {
		follow_test(search, state);
		return;
	}
	if (node->kind == IR_SET)
		follow_set(search, state);
	else if (node->kind == IR_CALL)
		follow_call(search, state);
	if (node->kind != IR_RETURN)
		push(search, state, node->yes);
}

/* A value that only one node asks for tells nothing: it would only make states differ. */
static void add_useful(struct search *search)
{
	g_autoptr(GHashTable) asked = g_hash_table_new(NULL, NULL);

	for (int i = 0; i < search->function->count; i++) {
		const struct ir_node *node = &search->function->nodes[i];
		const struct expr *question;
		bool flip;

		if (node->kind != IR_TEST)
			continue;
		g_hash_table_add(search->useful, (void *)node->lhs);
		question = ir_question(search->pool, node, &flip);
		if (!g_hash_table_add(asked, (void *)question))
			g_hash_table_add(search->useful, (void *)question);
	}
	for (int i = 0; i < search->function->count; i++) {
		const struct ir_node *node = &search->function->nodes[i];

		if (node->kind == IR_SET && g_hash_table_contains(search->useful, node->lhs) &&
		    node->rhs && expr_is_name(node->rhs))
			g_hash_table_add(search->useful, (void *)node->rhs);
	}
}

bool ir_feasible(const struct ir_function *function, struct expr_pool *pool, int by, int to)
{
	struct search search = {
		.function = function, .pool = pool,
		.work = g_array_new(FALSE, FALSE, sizeof(struct facts_at)),
		.seen = g_hash_table_new_full(state_hash, state_equal, g_free, NULL),
		.useful = g_hash_table_new(NULL, NULL),
	};
	struct facts_at state = { 0 };
	bool found = false;

	add_useful(&search);
	push(&search, &state, 0);
	while (search.work->len && !found) {
		guint last = search.work->len - 1;

		state = g_array_index(search.work, struct facts_at, last);
		g_array_set_size(search.work, last);
		found = (state.passed && state.node == to) ||
			g_hash_table_size(search.seen) > STATES_MAX;
		state.passed |= state.node == by;
		if (!found)
			follow(&search, &state);
	}
	g_array_free(search.work, TRUE);
	g_hash_table_destroy(search.seen);
	g_hash_table_destroy(search.useful);
	return found;
}
