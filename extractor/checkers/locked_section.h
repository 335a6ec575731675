/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_LOCKED_SECTION_H
#define GUPCONV_CHECKERS_LOCKED_SECTION_H

#include "checkers/function.h"

/*
 * The node that took the lock under which another is reached, on some path; or NULL. A search
 * over pairs of node and depth of locks, each once.
 */
const struct ir_node *lock_around(const struct function *function, int to);

#endif
