/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DECIDE_MACRO_BODIES_H
#define GUPCONV_DECIDE_MACRO_BODIES_H

#include "decide/decision.h"

/*
 * A module wraps the API in macros of its own, one definition for each range of kernels: by another
 * name for it ("#define drv_gup get_user_pages") or with other arguments. The use of a definition
 * is told where the macro is used: each definition that kernels with pins can have follows the
 * uses, and where one cannot, none does.
 */
void decide_macro_bodies(const struct deciding *d);

#endif
