/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_VALUE_FLOW_H
#define GUPCONV_FRONTEND_VALUE_FLOW_H

#include "frontend/location.h"

/* Facts of flow: statements that put what is in one place into another. */

/* The line of a cursor, where a macro is used. */
unsigned int cursor_line(CXCursor cursor);

/* A place by its number, as places_of() would give it. */
struct places flow_place(int number, int depth);
/* Every source into every destination; arrays and containers become two names of one. */
void flow_between(struct unit *unit, const struct places *dst, const struct places *src,
		  enum flow_kind kind, unsigned int line);

void flow_assign(struct unit *unit, CXCursor assign);
void flow_init_list(struct unit *unit, CXCursor list);
void flow_variable(struct unit *unit, CXCursor variable);
void flow_return(struct unit *unit, CXCursor statement);
/* The pages of an acquire are those of its iterator: a flow that no page goes along. */
void flow_iterator(struct unit *unit, CXCursor call, CXCursor function, int pages);
/* sg_set_page(sg, page, ...) and its like: the first argument takes in the second. */
void flow_scatter(struct unit *unit, CXCursor call);
/* iov_iter_bvec(iter, direction, bvec, ...): an iterator over pages has them. */
void flow_iterated(struct unit *unit, CXCursor call, CXCursor function);

#endif
