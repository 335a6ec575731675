/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_LOCKED_SECTION_H
#define GUPCONV_CHECKERS_LOCKED_SECTION_H

#include "checkers/program.h"

/*
 * The node that took the lock under which another is reached, on some path; or NULL. A search
 * over pairs of node and depth of locks, each once.
 */
const struct ir_node *lock_around(const struct function *function, int to);

/**
 * struct locked_call - a call under a lock
 * @lock: the node that took it
 */
struct locked_call {
	const struct function *function;
	int node;
	const struct ir_node *lock;
};

typedef void (*locked_fn)(const struct locked_call *at, void *data);

/*
 * Calls look where the node is under a lock: of its function's own; or else of callers, up to
 * three calls up, at their call. Callers are not looked at where a parameter decides whether the
 * node is come to ("if (atomic) return -EAGAIN;").
 */
void locks_around(const struct program *program, const struct function *function, int node,
		  locked_fn look, void *data);

#endif
