/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_ABSTRACT_VALUE_H
#define GUPCONV_CHECKERS_ABSTRACT_VALUE_H

#include <glib.h>
#include <stdbool.h>

/* What is known of numbers on a path: signs, constants, and how a result compares to its request. */

enum { SIGN_NEG = 1, SIGN_ZERO = 2, SIGN_POS = 4, SIGN_ANY = 7 };

/* What the acquire under watch gave, and what it was asked for. */
enum relation { REL_NONE, REL_SHORT, REL_FULL, REL_REQUEST };

/**
 * struct value - a set of numbers
 * @signs: which signs it may have
 * @exact: it is @number
 * @relation: it is that very result or request
 */
struct value {
	unsigned int signs;
	bool exact;
	long number;
	enum relation relation;
};

#define ENV_MAX 40

/**
 * struct env - what is known on a path
 * @keys: canonical texts; interned, so that pointers compare
 * @request: how many pages were asked for, where that is a constant; 0: it is not
 */
struct env {
	long request;
	int count;
	const char *keys[ENV_MAX];
	struct value values[ENV_MAX];
};

struct value value_any(void);
struct value value_of_number(long number);
struct value value_of_signs(unsigned int signs);

struct value env_value(const struct env *env, const char *text);
void env_set(struct env *env, GStringChunk *strings, const char *key, struct value value);
/* What it points to is all zero, until something is stored there. */
void env_zeroed(struct env *env, GStringChunk *strings, const char *pointer);
void env_drop(struct env *env, int at);
/* What is known of the key, and of all that is made with it, is forgotten. */
void env_forget(struct env *env, const char *key);
/* Results and requests of an earlier round are mere numbers from here on. */
void env_forget_relations(struct env *env);

/* Something is known to be it. */
bool env_has_relation(const struct env *env, enum relation relation);

/* A question of two unknowns, as it would be asked again; *flip: by its opposite. Caller frees. */
char *env_question(const char *lhs, const char *op, const char *rhs, bool *flip);

enum truth { TRUTH_NO, TRUTH_YES, TRUTH_OPEN };
/* type: as path_node.type: a negative number that is compared as an unsigned one is a huge one. */
enum truth env_test(const struct env *env, const char *lhs, const char *op, const char *rhs,
		    const char *type);
/* What the outcome of a test says. */
void env_learn(struct env *env, GStringChunk *strings, const char *lhs, const char *op,
	       const char *rhs, bool outcome);

#endif
