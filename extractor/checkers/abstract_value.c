// SPDX-License-Identifier: GPL-2.0-only
#include <limits.h>
#include <string.h>

#include "cfg/feasible_path.h"
#include "checkers/abstract_value.h"
#include "checkers/expr_query.h"

struct value value_any(void)
{
	return (struct value){ .signs = SIGN_ANY };
}

struct value value_of_number(long number)
{
	return (struct value){ .signs = number < 0 ? SIGN_NEG : number ? SIGN_POS : SIGN_ZERO,
			       .exact = true, .number = number };
}

struct value value_of_signs(unsigned int signs)
{
	if (signs == SIGN_ZERO)
		return value_of_number(0);
	return (struct value){ .signs = signs };
}

bool value_equal(const struct value *a, const struct value *b)
{
	return a->signs == b->signs && a->exact == b->exact && a->relation == b->relation &&
	       (!a->exact || a->number == b->number);
}

static int env_find(const struct env *env, const struct expr *key)
{
	for (int i = 0; i < env->count; i++)
		if (env->keys[i] == key)
			return i;
	return -1;
}

static unsigned int flipped(unsigned int signs)
{
	return (signs & SIGN_ZERO) | (signs & SIGN_NEG ? SIGN_POS : 0) |
	       (signs & SIGN_POS ? SIGN_NEG : 0);
}

/* Counts do not overflow here. */
static struct value value_sum(struct value a, struct value b)
{
	unsigned int signs = 0;

	if (a.exact && b.exact)
		return value_of_number(a.number + b.number);
	if (a.signs & SIGN_ZERO)
		signs |= b.signs;
	if (b.signs & SIGN_ZERO)
		signs |= a.signs;
	if ((a.signs & SIGN_POS) && (b.signs & SIGN_POS))
		signs |= SIGN_POS;
	if ((a.signs & SIGN_NEG) && (b.signs & SIGN_NEG))
		signs |= SIGN_NEG;
	if (((a.signs & SIGN_POS) && (b.signs & SIGN_NEG)) ||
	    ((a.signs & SIGN_NEG) && (b.signs & SIGN_POS)))
		signs = SIGN_ANY;
	return value_of_signs(signs);
}

static struct value value_negated(struct value value)
{
	if (value.exact)
		return value_of_number(-value.number);
	return value_of_signs(flipped(value.signs));
}

static struct value value_not(struct value value)
{
	if (value.signs == SIGN_ZERO)
		return value_of_number(1);
	return value.signs & SIGN_ZERO ? value_of_signs(SIGN_ZERO | SIGN_POS) : value_of_number(0);
}

/* -1, 0, 1 as one compares to the other; 2 for not known. */
static int compare(struct value a, struct value b)
{
	if (a.exact && b.exact && !(a.relation && b.relation))
		return (a.number > b.number) - (a.number < b.number);
	if (a.relation && b.relation) {
		if (a.relation == b.relation)
			return 0;
		if (a.relation == REL_REQUEST)
			return b.relation == REL_FULL ? 0 : 1;
		if (b.relation == REL_REQUEST)
			return a.relation == REL_FULL ? 0 : -1;
	}
	if (a.signs == SIGN_NEG && !(b.signs & SIGN_NEG))
		return -1;
	if (b.signs == SIGN_NEG && !(a.signs & SIGN_NEG))
		return 1;
	if (a.signs == SIGN_ZERO && b.signs == SIGN_POS)
		return -1;
	if (a.signs == SIGN_POS && b.signs == SIGN_ZERO)
		return 1;
	return 2;
}

/* How many pages are missing is known where one is the request, and the other the result. */
static struct value value_difference(struct value a, struct value b)
{
	if (a.relation == REL_REQUEST && b.relation == REL_SHORT)
		return value_of_signs(SIGN_POS);
	if (a.relation == REL_REQUEST && b.relation == REL_FULL)
		return value_of_number(0);
	return value_sum(a, value_negated(b));
}

/* The signs that a value may have where "value OP number" has this outcome. */
static unsigned int signs_where(enum ir_op op, long number, bool outcome)
{
	static const struct { unsigned int sign; long low, high; } ranges[] = {
		{ SIGN_NEG, LONG_MIN, -1 }, { SIGN_ZERO, 0, 0 }, { SIGN_POS, 1, LONG_MAX },
	};
	unsigned int signs = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(ranges); i++) {
		long near = CLAMP(number, ranges[i].low, ranges[i].high);
		const long tries[] = { ranges[i].low, ranges[i].high, near };

		for (size_t t = 0; t < G_N_ELEMENTS(tries); t++)
			if (ir_op_holds(op, tries[t], number) == outcome)
				signs |= ranges[i].sign;
	}
	return signs;
}

/* "obj->member" of an object that began as zero, with nothing stored in it since */
static bool in_zeroed(const struct env *env, const struct expr *e)
{
	const struct expr *object = NULL;

	for (; e->op == EXPR_MEMBER || e->op == EXPR_ARROW || e->op == EXPR_INDEX; e = e->a)
		if (e->op == EXPR_ARROW)
			object = e->a;
	for (int i = 0; object && i < env->count; i++)
		if (env->keys[i]->op == EXPR_DEREF && env->keys[i]->a == object)
			return true;
	return false;
}

/* The result of the acquire that is counted in it, and to which nothing but more is added. */
static struct value counted_in(const struct env *env, const struct expr *e)
{
	struct value value = env_value(env, e);

	while (!value.relation && (e->op == EXPR_ADD || e->op == EXPR_SUB)) {
		bool right = e->op == EXPR_ADD && env_value(env, e->b).relation;

		e = right ? e->b : e->a;
		value = env_value(env, e);
	}
	return value;
}

/* Bytes in pages: "(got + offset + PAGE_SIZE - 1) / PAGE_SIZE" is as many as got is. */
static struct value value_of_quotient(const struct env *env, const struct expr *e)
{
	struct value value = e->b->op == EXPR_NUMBER || expr_is_constant(e->b) ?
		counted_in(env, e->a) : value_any();

	if (!value.relation)
		return value_any();
	value.exact = false;
	return value.relation == REL_REQUEST && !env->bytes ? value_any() : value;
}

/* A comparison is 1 or 0. */
static struct value value_of_comparison(const struct env *env, const struct expr *e)
{
	static const enum ir_op ops[EXPR_OPS] = {
		[EXPR_EQ] = IR_OP_EQ, [EXPR_NE] = IR_OP_NE, [EXPR_LT] = IR_OP_LT,
		[EXPR_LE] = IR_OP_LE, [EXPR_GT] = IR_OP_GT, [EXPR_GE] = IR_OP_GE,
	};
	struct value a = env_value(env, e->a), b = env_value(env, e->b);
	int order;

	if (b.exact && env->request && b.number == env->request && a.relation)
		b.relation = REL_REQUEST;
	order = compare(a, b);
	if (order != 2)
		return value_of_number(ir_op_holds(ops[e->op], order, 0));
	if (b.exact && !(a.signs & signs_where(ops[e->op], b.number, true)))
		return value_of_number(0);
	if (b.exact && !(a.signs & signs_where(ops[e->op], b.number, false)))
		return value_of_number(1);
	return value_of_signs(SIGN_ZERO | SIGN_POS);
}

struct value env_value(const struct env *env, const struct expr *e)
{
	int at = e ? env_find(env, e) : -1;

	if (at >= 0)
		return env->values[at];
	if (!e)
		return value_any();
	switch (e->op) {
	case EXPR_NUMBER:
		return value_of_number(e->number);
	case EXPR_NEGATE:
		return value_negated(env_value(env, e->a));
	case EXPR_ADDRESS:
		return value_of_signs(SIGN_POS);
	case EXPR_NOT:
		return value_not(env_value(env, e->a));
	case EXPR_ADD:
		return value_sum(env_value(env, e->a), env_value(env, e->b));
	case EXPR_SUB:
		return value_difference(env_value(env, e->a), env_value(env, e->b));
	case EXPR_DIV:
	case EXPR_SHR:
		return value_of_quotient(env, e);
	case EXPR_EQ:
	case EXPR_NE:
	case EXPR_LT:
	case EXPR_LE:
	case EXPR_GT:
	case EXPR_GE:
		return value_of_comparison(env, e);
	default:
		return in_zeroed(env, e) ? value_of_number(0) : value_any();
	}
}

void env_drop(struct env *env, int at)
{
	env->count--;
	memmove(env->keys + at, env->keys + at + 1, (env->count - at) * sizeof(*env->keys));
	memmove(env->values + at, env->values + at + 1, (env->count - at) * sizeof(*env->values));
}

/* An EXPR_UNKNOWN stands for another value each time; a temporary is a variable. */
static bool is_lasting(const struct expr *key)
{
	return key->op != EXPR_NUMBER && !expr_has_op(key, EXPR_STRING) &&
	       !(key->unknown && expr_has_op(key, EXPR_UNKNOWN));
}

void env_set(struct env *env, const struct expr *key, struct value value)
{
	int at = env_find(env, key);

	if (!is_lasting(key))
		return;
	if (at >= 0)
		env_drop(env, at);
	if (value.signs == SIGN_ANY && !value.relation && !in_zeroed(env, key))
		return;
	for (int i = 0; env->count == ENV_MAX; i = (i + 1) % ENV_MAX)
		if (!env->values[i].relation || i == ENV_MAX - 1)
			env_drop(env, i);
	for (at = env->count++; at && env->keys[at - 1]->serial > key->serial; at--) {
		env->keys[at] = env->keys[at - 1];
		env->values[at] = env->values[at - 1];
	}
	env->keys[at] = key;
	env->values[at] = value;
}

void env_zeroed(struct env *env, struct expr_pool *pool, const struct expr *pointer)
{
	env_set(env, expr_unary(pool, EXPR_DEREF, pointer), value_of_number(0));
}

void env_forget(struct env *env, const struct expr *key)
{
	for (int i = env->count - 1; i >= 0; i--)
		if (expr_contains(env->keys[i], key))
			env_drop(env, i);
}

void env_forget_filled(struct env *env, const struct ir_node *call)
{
	for (int i = 0; i < call->arg_count; i++)
		if (call->args[i]->op == EXPR_ADDRESS)
			env_forget(env, call->args[i]->a);
}

void env_forget_relations(struct env *env)
{
	for (int i = env->count - 1; i >= 0; i--)
		env->values[i].relation = REL_NONE;
}

bool env_has_relation(const struct env *env, enum relation relation)
{
	for (int i = 0; i < env->count; i++)
		if (env->values[i].relation == relation)
			return true;
	return false;
}

/* -- tests -- */

static enum truth answered(const struct env *env, struct expr_pool *pool,
			   const struct ir_node *test)
{
	bool flip;
	int at = env_find(env, ir_question(pool, test, &flip));

	if (at < 0)
		return TRUTH_OPEN;
	return (env->values[at].number != 0) != flip ? TRUTH_YES : TRUTH_NO;
}

bool test_is_unsigned(const struct ir_node *test)
{
	return test->type == IR_TYPE_UNSIGNED && test->op != IR_OP_EQ && test->op != IR_OP_NE;
}

/* Of an unsigned comparison with a number that is negative: the huge one is the greater. */
static enum truth unsigned_test(struct value a, struct value b, enum ir_op op)
{
	bool greater = op == IR_OP_GT || op == IR_OP_GE;

	if (a.signs == SIGN_NEG && !(b.signs & SIGN_NEG))
		return greater ? TRUTH_YES : TRUTH_NO;
	if (b.signs == SIGN_NEG && !(a.signs & SIGN_NEG))
		return greater ? TRUTH_NO : TRUTH_YES;
	return TRUTH_OPEN;
}

enum truth env_test(const struct env *env, struct expr_pool *pool, const struct ir_node *test)
{
	struct value a = env_value(env, test->lhs), b = env_value(env, test->rhs);
	bool yes, no;
	int order;

	if (test_is_unsigned(test) && !(a.relation && b.relation) &&
	    ((a.signs | b.signs) & SIGN_NEG))
		return unsigned_test(a, b, test->op);
	if (b.exact && env->request && b.number == env->request && a.relation)
		b.relation = REL_REQUEST;
	order = compare(a, b);
	if (order != 2)
		return ir_op_holds(test->op, order, 0) ? TRUTH_YES : TRUTH_NO;
	if (!b.exact)
		return answered(env, pool, test);
	yes = a.signs & signs_where(test->op, b.number, true);
	no = a.signs & signs_where(test->op, b.number, false);
	return yes && no ? TRUTH_OPEN : yes ? TRUTH_YES : TRUTH_NO;
}

void env_learn(struct env *env, struct expr_pool *pool, const struct ir_node *test, bool outcome)
{
	struct value a = env_value(env, test->lhs), b = env_value(env, test->rhs);

	if (b.exact) {
		bool unknown = a.signs == SIGN_ANY && !a.relation;

		a.signs &= signs_where(test->op, b.number, outcome);
		/* Its author takes NULL for the failure: no error pointer besides. */
		if (unknown && test->type == IR_TYPE_POINTER && b.number == 0 &&
		    a.signs == (SIGN_NEG | SIGN_POS))
			a.signs = SIGN_POS;
		if (test->op == (outcome ? IR_OP_EQ : IR_OP_NE)) {
			enum relation relation = a.relation;

			a = b;
			a.relation = relation;
		}
		if (a.signs == SIGN_ZERO && !a.exact)
			a = value_of_number(0);
		env_set(env, test->lhs, a);
	} else if (a.exact && a.number == 0 && test->op == IR_OP_LT && outcome) {
		b.signs &= SIGN_POS;
		env_set(env, test->rhs, b);
	} else {
		bool flip;
		const struct expr *key = ir_question(pool, test, &flip);

		env_set(env, key, value_of_number(outcome != flip));
	}
}
