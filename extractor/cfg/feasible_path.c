// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "cfg/constant_values.h"
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

/* An expression that a callee asks for, and the same in terms of its caller. */
struct asked {
	const struct expr *key, *above;
};

/**
 * struct search - one question under way
 * @by: node that the path has to go by, -1 in a callee; @to: node that it has to come to
 * @careful: a call may change what it has a pointer to, and any variable of all
 * @work: of struct facts_at; taken from its end
 * @seen: of struct facts_at: what was ever in it
 * @useful: keys that some test asks for
 * @below: of the function that @to calls, or NULL: the path ends there
 * @asked: of struct asked: what is known of the arguments of @to
 */
struct search {
	const struct ir_function *function;
	struct expr_pool *pool;
	int by, to;
	bool careful;
	GArray *work;
	GHashTable *seen;
	GHashTable *useful;
	struct search *below;
	GArray *asked;
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

/* The value is read out of memory that a call may write to: by this pointer, or as all can. */
static bool is_in_memory(const struct expr *e, const struct expr *pointer)
{
	if (e->op == EXPR_GLOBAL)
		return true;
	if ((e->op == EXPR_ARROW || e->op == EXPR_DEREF || e->op == EXPR_INDEX) && pointer &&
	    expr_contains(e->a, pointer))
		return true;
	return (e->a && is_in_memory(e->a, pointer)) || (e->b && is_in_memory(e->b, pointer));
}

static void forget_memory(struct facts_at *state, const struct ir_node *call)
{
	for (int i = state->count - 1; i >= 0; i--) {
		bool gone = is_in_memory(state->facts[i].key, NULL);

		for (int arg = 0; arg < call->arg_count && !gone; arg++)
			gone = call->args[arg]->op != EXPR_NUMBER &&
			       is_in_memory(state->facts[i].key, call->args[arg]);
		if (gone)
			fact_drop(state, i);
	}
}

static void follow_call(const struct search *search, struct facts_at *state)
{
	const struct ir_node *call = &search->function->nodes[state->node];

	facts_forget(state, expr_result(search->pool, state->node));
	for (int i = 0; i < call->arg_count; i++)
		if (call->args[i]->op == EXPR_ADDRESS)
			facts_forget(state, call->args[i]->a);
	if (search->careful)
		forget_memory(state, call);
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

/*
 * A value that only one node asks for tells nothing: it would only make states differ. But a caller
 * may know it (called).
 */
static void add_useful(struct search *search, bool called)
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
		if (!g_hash_table_add(asked, (void *)question) || called)
			g_hash_table_add(search->useful, (void *)question);
	}
	for (int i = 0; i < search->function->count; i++) {
		const struct ir_node *node = &search->function->nodes[i];

		if (node->kind == IR_SET && g_hash_table_contains(search->useful, node->lhs) &&
		    node->rhs && expr_is_name(node->rhs))
			g_hash_table_add(search->useful, (void *)node->rhs);
	}
}

/* -- searches -- */

static bool search_run(struct search *search);

/* The call that ends this path leads on: what is known of its arguments is so of parameters. */
static bool goes_on(const struct search *search, const struct facts_at *state)
{
	struct search *below = search->below;
	struct facts_at start = { .passed = true };
	long long number;

	for (guint i = 0; i < search->asked->len; i++) {
		const struct asked *asked = &g_array_index(search->asked, struct asked, i);

		if (value_of(state, asked->above, &number))
			fact_add(below, &start, asked->key, number);
	}
	push(below, &start, 0);
	return search_run(below);
}

static bool search_run(struct search *search)
{
	while (search->work->len) {
		guint last = search->work->len - 1;
		struct facts_at state = g_array_index(search->work, struct facts_at, last);

		g_array_set_size(search->work, last);
		if (g_hash_table_size(search->seen) > STATES_MAX)
			return true;
		if (state.passed && state.node == search->to &&
		    (!search->below || goes_on(search, &state)))
			return true;
		state.passed |= state.node == search->by;
		follow(search, &state);
	}
	return false;
}

static void search_open(struct search *search, struct expr_pool *pool,
			const struct ir_function *function, int by, int to)
{
	*search = (struct search){
		.function = function, .pool = pool, .by = by, .to = to,
		.work = g_array_new(FALSE, FALSE, sizeof(struct facts_at)),
		.seen = g_hash_table_new_full(state_hash, state_equal, g_free, NULL),
		.useful = g_hash_table_new(NULL, NULL),
		.asked = g_array_new(FALSE, FALSE, sizeof(struct asked)),
	};
	add_useful(search, by < 0);
}

static void search_close(struct search *search)
{
	g_array_free(search->work, TRUE);
	g_hash_table_destroy(search->seen);
	g_hash_table_destroy(search->useful);
	g_array_free(search->asked, TRUE);
}

bool ir_feasible(const struct ir_function *function, struct expr_pool *pool, int by, int to)
{
	const struct facts_at start = { 0 };
	struct search search;
	bool found;

	search_open(&search, pool, function, by, to);
	push(&search, &start, 0);
	found = search_run(&search);
	search_close(&search);
	return found;
}

/* -- down by calls -- */

/* Nothing but parameters and numbers is in it: a caller has it, too. */
static bool is_of_caller(const struct ir_function *function, const struct expr *e)
{
	const struct ir_node *entry = &function->nodes[0];

	for (int i = 0; i < entry->arg_count && e->op == EXPR_LOCAL; i++)
		if (entry->args[i] == e)
			return true;
	if (!e->a)
		return e->op == EXPR_NUMBER || e->op == EXPR_GLOBAL;
	return is_of_caller(function, e->a) && (!e->b || is_of_caller(function, e->b));
}

static int by_key(const void *a, const void *b)
{
	const struct asked *left = a, *right = b;

	return (left->key->serial > right->key->serial) - (left->key->serial < right->key->serial);
}

/* A value that the tests of the callee ask for is worth knowing in the caller. */
static void ask_above(struct search *search)
{
	const struct ir_node *call = &search->function->nodes[search->to];
	GHashTableIter iter;
	void *key;

	g_hash_table_iter_init(&iter, search->below->useful);
	while (g_hash_table_iter_next(&iter, &key, NULL)) {
		struct asked asked = { .key = key };

		if (!asked.key->unknown && is_of_caller(search->below->function, asked.key))
			g_array_append_val(search->asked, asked);
	}
	g_array_sort(search->asked, by_key);
	for (guint i = 0; i < search->asked->len; i++) {
		struct asked *asked = &g_array_index(search->asked, struct asked, i);

		asked->above = ir_in_caller(search->pool, asked->key, search->below->function,
					    call);
		if (asked->above)
			g_hash_table_add(search->useful, (void *)asked->above);
	}
}

bool ir_feasible_down(struct expr_pool *pool, int by, const struct way_step *steps, int count)
{
	const struct facts_at start = { 0 };
	struct search searches[WAY_STEPS_MAX];
	bool found;

	g_assert(count > 0 && count <= WAY_STEPS_MAX);
	for (int i = count - 1; i >= 0; i--) {
		search_open(&searches[i], pool, steps[i].function, i ? -1 : by, steps[i].node);
		searches[i].careful = true;
		if (i == count - 1)
			continue;
		searches[i].below = &searches[i + 1];
		ask_above(&searches[i]);
	}
	push(&searches[0], &start, 0);
	found = search_run(&searches[0]);
	for (int i = 0; i < count; i++)
		search_close(&searches[i]);
	return found;
}
