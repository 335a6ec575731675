/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_ALLOCATION_H
#define GUPCONV_CHECKERS_ALLOCATION_H

#include "checkers/function.h"

/* Memory that a function allocates itself, by its assignments alone. */

/* The variable has what one call has allocated or made, or NULL, and nothing else. */
bool function_allocates(const struct function *function, const struct expr *name);
/* Some assignment gives the variable or member memory that is all zero. */
bool function_zeroes(const struct function *function, const struct expr *e);
/* The assignment at this node gives the result of an allocation. */
bool node_gives_memory(const struct function *function, int set);
/* And it is all zero. */
bool node_gives_zeroed(const struct function *function, int set);

/*
 * The array is allocated by this function for that many entries, and the number is not written
 * since.
 */
bool function_allocates_entries(const struct function *function, const struct expr *array,
				const struct expr *number);

#endif
