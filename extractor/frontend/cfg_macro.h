/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_CFG_MACRO_H
#define GUPCONV_FRONTEND_CFG_MACRO_H

#include "frontend/cfg_builder.h"

/*
 * Macros that are known as locks, and in whose expansion no function is: preempt_disable()
 * is a barrier for the compiler, get_cpu() that and a number, local_irq_save() has functions
 * of the architecture. Such a use of the macro becomes a call of its name.
 */

/**
 * struct macro_use - the outermost expansion of a macro, while it is lowered
 * @name: NULL: none that is known
 * @outer: the builder's expansion around it
 * @first: the first node of it
 */
struct macro_use {
	char *name;
	unsigned int outer;
	guint first;
};

/* Brackets the lowering of a cursor; every begin has its end. */
struct macro_use macro_begin(struct builder *b, CXCursor at);
void macro_end(struct builder *b, CXCursor at, struct macro_use *use);

#endif
