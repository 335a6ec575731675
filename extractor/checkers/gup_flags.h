/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_GUP_FLAGS_H
#define GUPCONV_CHECKERS_GUP_FLAGS_H

#include "checkers/program.h"

/* It is the same in all trees. */
#define GUP_WRITE 0x1ul

/**
 * struct gup_flags - the flags that an acquire is called with
 * @may: bits that it has on some path
 * @lacks: bits that it is known not to have on some path
 * @known: there are no others than @may
 */
struct gup_flags {
	unsigned long may;
	unsigned long lacks;
	bool known;
};

/*
 * The value of the flags' argument of a call: numbers, |, &, locals by their reaching definitions,
 * and parameters by what the callers give, a few deep. Parameters are unknown where program is
 * NULL. All unknown where the call has no such argument.
 */
struct gup_flags gup_flags_of(const struct program *program, const struct function *function,
			      int call);
/* The same of any argument of any call, without the callers. */
struct gup_flags gup_flags_of_argument(const struct function *function, int call, int argument);
/* The argument is a parameter of the function that is not written to: its index; else -1. */
int gup_flags_param(const struct function *function, int call, int argument);
/* FOLL_LONGTERM of this tree: where a call names it, the bit of these two it has; 0: none does. */
unsigned long gup_longterm_bit(const struct program *program);
/* The argument is the result of a comparison or of !, on each path. */
bool gup_flags_are_truth(const struct function *function, int call);

#endif
