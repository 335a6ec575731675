/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_ABSTRACT_VALUE_H
#define GUPCONV_CHECKERS_ABSTRACT_VALUE_H

#include "ir/cfg.h"

/*
 * The abstract domain of numbers: a set of signs, or one constant (the flat
 * constant lattice over the sign lattice), and how a number relates to the
 * acquire that is followed. An environment maps expressions to such values.
 */

enum { SIGN_NEG = 1, SIGN_ZERO = 2, SIGN_POS = 4, SIGN_ANY = 7 };

/* A number is the result of the acquire, less than or all of its request, or that request. */
enum relation { REL_NONE, REL_SHORT, REL_FULL, REL_REQUEST };

/**
 * struct value - a set of numbers
 * @signs: which signs it may have
 * @exact: it is @number
 * @relation: it is that very result or request
 */
struct value {
	long number;
	enum relation relation;
	guint8 signs;
	bool exact;
};

#define ENV_MAX 40

/**
 * struct env - what is known on a path
 * @bytes: the acquire's result and request are numbers of bytes, of so many pages
 * @keys: in the order of their serial numbers. A comparison (a < b) stands for the outcome of
 *	a test of two unknown values; *p for the memory behind p, that is all zero
 * @request: the number of pages requested, where that is a constant; 0: it is not
 */
struct env {
	long request;
	bool bytes;
	int count;
	const struct expr *keys[ENV_MAX];
	struct value values[ENV_MAX];
};

struct value value_any(void);
struct value value_of_number(long number);
struct value value_of_signs(unsigned int signs);
bool value_equal(const struct value *a, const struct value *b);

/* Any value for NULL. */
struct value env_value(const struct env *env, const struct expr *e);
/* Keys of no lasting meaning (numbers, strings, unknown expressions) are not kept. */
void env_set(struct env *env, const struct expr *key, struct value value);
/* The memory behind the pointer is all zero, until something is stored there. */
void env_zeroed(struct env *env, struct expr_pool *pool, const struct expr *pointer);
/* Removes entry at. */
void env_drop(struct env *env, int at);
/* Removes the key and all keys that contain it. */
void env_forget(struct env *env, const struct expr *key);
/* An argument passed by address: the callee may have filled it. */
void env_forget_filled(struct env *env, const struct ir_node *call);
/* Results and requests of an earlier round are mere numbers from here on. */
void env_forget_relations(struct env *env);
/* Some key has a value of this relation. */
bool env_has_relation(const struct env *env, enum relation relation);

enum truth { TRUTH_NO, TRUTH_YES, TRUTH_OPEN };
/* Operands are compared as unsigned: a negative number is a huge one. */
bool test_is_unsigned(const struct ir_node *test);
enum truth env_test(const struct env *env, struct expr_pool *pool, const struct ir_node *test);
/* Refines the environment by the outcome of a test. */
void env_learn(struct env *env, struct expr_pool *pool, const struct ir_node *test, bool outcome);

#endif
