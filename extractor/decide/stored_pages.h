/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DECIDE_STORED_PAGES_H
#define GUPCONV_DECIDE_STORED_PAGES_H

#include "ir/cfg.h"

/*
 * Whether a call cannot drop pages of an array that a local variable points to, because it is not
 * given them, and no object that it could find them in has them yet: each assignment of the
 * variable to something else than a variable comes after the call. false where there is none.
 */
bool pages_are_not_stored(const struct ir_function *function, const struct expr *pages, int call);

/* And one of these assignments follows the call: what it drops was left there by an earlier one. */
bool pages_are_stored_later(const struct ir_function *function, const struct expr *pages, int call);

#endif
