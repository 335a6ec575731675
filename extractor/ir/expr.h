/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_IR_EXPR_H
#define GUPCONV_IR_EXPR_H

#include <glib.h>
#include <stdbool.h>

/*
 * Expressions of the intermediate representation: trees without side effects
 * (calls and assignments are nodes of the control-flow graph). They are
 * interned: within one pool, two expressions are equal if and only if their
 * pointers are.
 */

/* X(NAME, text): leaves, then unary, then binary operators; text as expr_print() has it. */
#define EXPR_LEAVES(X) \
	X(UNKNOWN, "?")		/* has no form here; stands for another value each time */ \
	X(NUMBER, "")		/* expr.number */ \
	X(STRING, "\"\"")	/* a string literal, whatever its text */ \
	X(INITIALISER, "{}")	/* a braced list; its members are set one by one behind it */ \
	X(LOCAL, "")		/* a local variable, a parameter or a function: expr.name */ \
	X(GLOBAL, "::")		/* a variable with linkage: expr.name */ \
	X(RESULT, "@")		/* the result of call node expr.number of the function */ \
	X(TEMP, "?")		/* temporary expr.number, set on the paths of ?: and && */ \
	X(RETURNED, "@return")	/* the function's own result, as its caller has it */
#define EXPR_UNARY(X) \
	X(MEMBER, ".")		/* a.name; "?" of an initialiser that names no member */ \
	X(ARROW, "->")		/* a->name */ \
	X(ADDRESS, "&") \
	X(DEREF, "*") \
	X(NEGATE, "-") \
	X(NOT, "!") \
	X(INVERT, "~")
#define EXPR_BINARY(X) \
	X(INDEX, "[]")		/* a[b] */ \
	X(ADD, "+") X(SUB, "-") X(MUL, "*") X(DIV, "/") X(REM, "%") \
	X(SHL, "<<") X(SHR, ">>") X(AND, "&") X(OR, "|") X(XOR, "^") \
	X(LT, "<") X(GT, ">") X(LE, "<=") X(GE, ">=") X(EQ, "==") X(NE, "!=") \
	X(OTHER, "?=")		/* an operator that is not told apart */

enum expr_op {
#define X(name, text) EXPR_##name,
	EXPR_LEAVES(X) EXPR_UNARY(X) EXPR_BINARY(X)
#undef X
	EXPR_OPS
};

/**
 * struct expr - one interned expression
 * @op: what it is
 * @unknown: an EXPR_UNKNOWN, an EXPR_TEMP or a member "?" is in it
 * @a: operand of unary, left one of binary operators; else NULL
 * @b: right operand of binary operators; else NULL
 * @name: of a variable or member, interned in the pool; else NULL
 * @number: value of EXPR_NUMBER, node of EXPR_RESULT, number of EXPR_TEMP; else 0
 * @serial: number in the order of making: where an order is needed, one that each run has
 */
struct expr {
	enum expr_op op;
	bool unknown;
	const struct expr *a, *b;
	const char *name;
	long long number;
	unsigned int serial;
};

struct expr_pool;

struct expr_pool *expr_pool_new(void);
void expr_pool_free(struct expr_pool *pool);
/* The pool's copy of a name, which is equal to another if and only if their pointers are. */
const char *expr_pool_name(struct expr_pool *pool, const char *name);
/* The same of the first length bytes of a text. */
const char *expr_pool_text(struct expr_pool *pool, const char *text, size_t length);

/* Constructors. They never fail; equal arguments give the same pointer. */
const struct expr *expr_unknown(struct expr_pool *pool);
const struct expr *expr_number(struct expr_pool *pool, long long number);
const struct expr *expr_string(struct expr_pool *pool);
const struct expr *expr_initialiser(struct expr_pool *pool);
const struct expr *expr_local(struct expr_pool *pool, const char *name);
const struct expr *expr_global(struct expr_pool *pool, const char *name);
const struct expr *expr_result(struct expr_pool *pool, int node);
const struct expr *expr_temp(struct expr_pool *pool, int number);
const struct expr *expr_returned(struct expr_pool *pool);
/*
 * (*a).name is a->name, and (&a)->name is a.name; the constructor sees to it.
 * op is EXPR_MEMBER or EXPR_ARROW.
 */
const struct expr *expr_member(struct expr_pool *pool, enum expr_op op, const struct expr *a,
			       const char *name);
/* op: EXPR_ADDRESS to EXPR_INVERT. The negative of a number is a number. */
const struct expr *expr_unary(struct expr_pool *pool, enum expr_op op, const struct expr *a);
/* op: EXPR_INDEX to EXPR_OTHER */
const struct expr *expr_binary(struct expr_pool *pool, enum expr_op op, const struct expr *a,
			       const struct expr *b);

static inline bool expr_is_number(const struct expr *e, long long number)
{
	return e && e->op == EXPR_NUMBER && e->number == number;
}

/* A variable, a call's result or a temporary: a name and nothing more. */
static inline bool expr_is_name(const struct expr *e)
{
	return e && (e->op == EXPR_LOCAL || e->op == EXPR_GLOBAL || e->op == EXPR_RESULT ||
		     e->op == EXPR_TEMP || e->op == EXPR_UNKNOWN || e->op == EXPR_RETURNED);
}

/* a.name or a->name */
static inline bool expr_is_member(const struct expr *e)
{
	return e && (e->op == EXPR_MEMBER || e->op == EXPR_ARROW);
}

static inline bool expr_is_binary(const struct expr *e)
{
	return e && e->op >= EXPR_INDEX;
}

/* &pages[i], (pages + n), *page: the array or variable itself; never NULL. */
const struct expr *expr_base(const struct expr *e);
/* Which entry that is: i of &pages[i], n of (pages + n), the number 0 of pages. */
const struct expr *expr_offset(struct expr_pool *pool, const struct expr *e);
/* The leaf that an access begins with: obj of obj->umem.pages; never NULL. */
const struct expr *expr_root(const struct expr *e);
/* part is e, or stands within it. */
bool expr_contains(const struct expr *e, const struct expr *part);
/* One of many: pages[i], (pages + i), *page. */
bool expr_is_element(const struct expr *e);
/* e is access, or a member, element or pointed-to object of it, however deep. */
bool expr_extends(const struct expr *e, const struct expr *access);
/* e with the leaf root, where it is expr_root(e), replaced; otherwise e. */
const struct expr *expr_replace_root(struct expr_pool *pool, const struct expr *e,
				     const struct expr *root, const struct expr *with);
/* e with every occurrence of part replaced. */
const struct expr *expr_replace(struct expr_pool *pool, const struct expr *e,
				const struct expr *part, const struct expr *with);

/* -- text -- */

/* The whole text is a name as C has them, UTF-8 included: what expr_parse() takes for one. */
bool expr_is_identifier(const char *text);

/* As C, with parentheses around binary operators: "(n - i)", "obj->pages[i]". Caller frees. */
char *expr_print(const struct expr *e);
/* The inverse. *end is where it stopped; NULL where there is no expression. */
const struct expr *expr_parse(struct expr_pool *pool, const char *text, const char **end);
/* All of text is one expression, or NULL. */
const struct expr *expr_parse_all(struct expr_pool *pool, const char *text);

#endif
