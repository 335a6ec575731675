// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "checkers/abstract_value.h"
#include "checkers/expr_text.h"

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

static int env_find(const struct env *env, const char *key)
{
	for (int i = 0; i < env->count; i++)
		if (!strcmp(env->keys[i], key))
			return i;
	return -1;
}

static bool is_number(const char *text)
{
	const char *digits = text + (*text == '-');

	return *digits && !digits[strspn(digits, G_CSET_DIGITS)];
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

static struct value sum_of_text(const struct env *env, const char *text)
{
	g_autofree char *left = NULL, *right = NULL;
	struct value second;
	char op;

	if (!words_sides(text, "+-", &op, &left, &right))
		return value_any();
	second = env_value(env, right);
	return value_sum(env_value(env, left), op == '-' ? value_negated(second) : second);
}

/* "obj->member" of an object that began as zero, with nothing stored in it since */
static bool in_zeroed(const struct env *env, const char *text)
{
	const char *arrow = strstr(text, "->");
	g_autofree char *key = arrow ? g_strdup_printf("*%.*s", (int)(arrow - text), text) : NULL;

	return key && env_find(env, key) >= 0;
}

struct value env_value(const struct env *env, const char *text)
{
	int at = env_find(env, text);
	struct value inner;

	if (at >= 0)
		return env->values[at];
	if (is_number(text))
		return value_of_number(strtol(text, NULL, 10));
	switch (*text) {
	case '-':
		return value_negated(env_value(env, text + 1));
	case '&':
		return value_of_signs(SIGN_POS);
	case '!':
		inner = env_value(env, text + 1);
		if (inner.signs == SIGN_ZERO)
			return value_of_number(1);
		return inner.signs & SIGN_ZERO ? value_of_signs(SIGN_ZERO | SIGN_POS) :
						 value_of_number(0);
	case '(':
		return sum_of_text(env, text);
	default:
		return in_zeroed(env, text) ? value_of_number(0) : value_any();
	}
}

void env_drop(struct env *env, int at)
{
	env->count--;
	memmove(env->keys + at, env->keys + at + 1, (env->count - at) * sizeof(*env->keys));
	memmove(env->values + at, env->values + at + 1, (env->count - at) * sizeof(*env->values));
}

/* "?": something that has no words, another one each time; "?0" is a macro's own variable. */
static bool is_unknown(const char *key)
{
	for (const char *p = strchr(key, '?'); p; p = strchr(p + 1, '?'))
		if (!g_ascii_isdigit(p[1]))
			return true;
	return false;
}

void env_set(struct env *env, GStringChunk *strings, const char *key, struct value value)
{
	int at = env_find(env, key);

	if (is_number(key) || strchr(key, '"') || is_unknown(key))
		return;
	if (at >= 0)
		env_drop(env, at);
	if (value.signs == SIGN_ANY && !value.relation && !in_zeroed(env, key))
		return;
	for (int i = 0; env->count == ENV_MAX; i = (i + 1) % ENV_MAX)
		if (!env->values[i].relation || i == ENV_MAX - 1)
			env_drop(env, i);
	for (at = env->count++; at && strcmp(env->keys[at - 1], key) > 0; at--) {	/* in order */
		env->keys[at] = env->keys[at - 1];
		env->values[at] = env->values[at - 1];
	}
	env->keys[at] = g_string_chunk_insert_const(strings, key);
	env->values[at] = value;
}

void env_zeroed(struct env *env, GStringChunk *strings, const char *pointer)
{
	g_autofree char *key = g_strconcat("*", pointer, NULL);

	env_set(env, strings, key, value_of_number(0));
}

void env_forget(struct env *env, const char *key)
{
	for (int i = env->count - 1; i >= 0; i--)
		if (words_have(env->keys[i], key))
			env_drop(env, i);
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

static bool holds(int order, const char *op)
{
	if (!strcmp(op, "=="))
		return order == 0;
	if (!strcmp(op, "!="))
		return order != 0;
	if (!strcmp(op, "<"))
		return order < 0;
	if (!strcmp(op, "<="))
		return order <= 0;
	return !strcmp(op, ">") ? order > 0 : order >= 0;
}

/* The signs that a value may have where "value OP number" is as said. */
static unsigned int signs_where(const char *op, long number, bool outcome)
{
	static const struct { unsigned int sign; long low, high; } ranges[] = {
		{ SIGN_NEG, -1000000, -1 }, { SIGN_ZERO, 0, 0 }, { SIGN_POS, 1, 1000000 },
	};
	unsigned int signs = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(ranges); i++) {
		long near = CLAMP(number, ranges[i].low, ranges[i].high);
		const long tries[] = { ranges[i].low, ranges[i].high, near };

		for (size_t t = 0; t < G_N_ELEMENTS(tries); t++)
			if (holds((tries[t] > number) - (tries[t] < number), op) == outcome)
				signs |= ranges[i].sign;
	}
	return signs;
}

char *env_question(const char *lhs, const char *op, const char *rhs, bool *flip)
{
	const char *asked = !strcmp(op, "!=") ? "==" : !strcmp(op, ">=") ? "<" :
			    !strcmp(op, "<=") ? ">" : op;

	*flip = asked != op;
	return g_strdup_printf("%s %s %s", lhs, asked, rhs);
}

static enum truth answered(const struct env *env, const char *lhs, const char *op, const char *rhs)
{
	bool flip;
	g_autofree char *key = env_question(lhs, op, rhs, &flip);
	int at = env_find(env, key);

	if (at < 0)
		return TRUTH_OPEN;
	return (env->values[at].number != 0) != flip ? TRUTH_YES : TRUTH_NO;
}

enum truth env_test(const struct env *env, const char *lhs, const char *op, const char *rhs,
		    const char *type)
{
	struct value a = env_value(env, lhs), b = env_value(env, rhs);
	bool yes, no;
	int order;

	if (*type == 'u' && (*op == '<' || *op == '>') && !(a.relation && b.relation)) {
		if (a.signs == SIGN_NEG && !(b.signs & SIGN_NEG))
			return *op == '>' ? TRUTH_YES : TRUTH_NO;
		if (b.signs == SIGN_NEG && !(a.signs & SIGN_NEG))
			return *op == '<' ? TRUTH_YES : TRUTH_NO;
		if ((a.signs | b.signs) & SIGN_NEG)
			return TRUTH_OPEN;
	}

	if (b.exact && env->request && b.number == env->request && a.relation)
		b.relation = REL_REQUEST;
	order = compare(a, b);

	if (order != 2)
		return holds(order, op) ? TRUTH_YES : TRUTH_NO;
	if (!b.exact)
		return answered(env, lhs, op, rhs);
	yes = a.signs & signs_where(op, b.number, true);
	no = a.signs & signs_where(op, b.number, false);
	return yes && no ? TRUTH_OPEN : yes ? TRUTH_YES : TRUTH_NO;
}

void env_learn(struct env *env, GStringChunk *strings, const char *lhs, const char *op,
	       const char *rhs, bool outcome)
{
	struct value a = env_value(env, lhs), b = env_value(env, rhs);

	if (b.exact) {
		a.signs &= signs_where(op, b.number, outcome);
		if ((!strcmp(op, "==") && outcome) || (!strcmp(op, "!=") && !outcome)) {
			enum relation relation = a.relation;

			a = b;
			a.relation = relation;
		}
		if (a.signs == SIGN_ZERO && !a.exact)
			a = value_of_number(0);
		env_set(env, strings, lhs, a);
	} else if (a.exact && a.number == 0 && !strcmp(op, "<") && outcome) {
		b.signs &= SIGN_POS;
		env_set(env, strings, rhs, b);
	} else {
		bool flip;
		g_autofree char *key = env_question(lhs, op, rhs, &flip);

		env_set(env, strings, key, value_of_number(outcome != flip));
	}
}
