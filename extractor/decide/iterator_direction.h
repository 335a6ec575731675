/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DECIDE_ITERATOR_DIRECTION_H
#define GUPCONV_DECIDE_ITERATOR_DIRECTION_H

#include "decide/decision.h"

/**
 * struct iterator_source - the call that shows an iterator to be a source of data
 * @callee: it copies from that iterator; NULL for none: the iterator may be a destination
 * @file, @line: of the call
 */
struct iterator_source {
	const char *callee;
	int file, line;
};

/* The iterator that the acquire is given, in its function's graph; NULL where it has none. */
const struct expr *iterator_of(const struct deciding *d, const struct call_info *call);

/*
 * Of an acquire's iterator. The same iterator is copied from (knowledge "from-iter") in the function
 * or, where it is its parameter, in every caller: nothing can then be written to its pages.
 */
struct iterator_source iterator_source_of(const struct deciding *d, const struct call_info *call);

#endif
