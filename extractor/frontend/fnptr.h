/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_FNPTR_H
#define GUPCONV_FRONTEND_FNPTR_H

#include "frontend/location.h"

/*
 * Functions as values: where a pointer to one is stored, handed on, and called
 * through. Only functions that take or give pages matter. A flow of kind
 * "pointer" goes from "&name" to the field, variable or parameter that holds it.
 */

/* A variable or member and what it is initialised with. */
void fnptr_init(struct unit *unit, CXCursor decl, CXCursor value, unsigned int line);

/*
 * target = value, of two expressions. A callback that is stored in the container whose
 * pages it takes is called with it.
 */
void fnptr_assign(struct unit *unit, CXCursor target, CXCursor value, unsigned int line);

/* Arguments of a call of function that are functions themselves. */
void fnptr_arguments(struct unit *unit, CXCursor call, CXCursor function, unsigned int line);

/* The location of the pointer that a call goes through, if it has one. */
bool fnptr_of_call(CXCursor callee);

#endif
