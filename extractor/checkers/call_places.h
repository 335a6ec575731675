/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_CALL_PLACES_H
#define GUPCONV_CHECKERS_CALL_PLACES_H

#include "checkers/function.h"

/* A place of a function's as the other side of a call has it. */

/* As the callee has it, whose parameter has this argument; or NULL. */
const struct expr *place_inside(struct expr_pool *pool, const struct expr *place,
				const struct expr *argument, const struct expr *param);
/*
 * A place that begins with a parameter of the callee, or with what it returns, as the caller has
 * it, where @result is the call's; NULL where it cannot be named there.
 */
const struct expr *place_outside(struct expr_pool *pool, const struct function *callee,
				 const struct ir_node *call, const struct expr *result,
				 const struct expr *place);

/*
 * A descriptor of the caller's own may lead to other memory, "d.out = &object->page": what is put
 * behind that member before the call is in the other's. The place itself where it does not, NULL
 * where it leads to several.
 */
const struct expr *place_led_to(const struct function *caller, int call, const struct expr *place);

#endif
