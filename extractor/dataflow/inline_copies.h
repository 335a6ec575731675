/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DATAFLOW_INLINE_COPIES_H
#define GUPCONV_DATAFLOW_INLINE_COPIES_H

#include "dataflow/graph_load.h"
#include "model/flow_kind.h"

/**
 * struct flow_row - a row of table flow
 * @dst, @src: places
 * @user: the file that has the code: another than @file for a copy of an inline function
 */
struct flow_row {
	int dst, src;
	enum flow_kind kind;
	int file, line;
	int user;
};

/*
 * Function cloning: a static function of a header of the whole kernel is compiled into each file
 * that calls it, and has the pages of that file alone. So its flows are there once a file. One that
 * table api lists has no copies: the table has all that matters of it.
 */
struct inline_copies;

struct inline_copies *inline_copies_new(const struct graph *graph);
void inline_copies_free(struct inline_copies *copies);

/* Keeps a row that is of such a function; false for any other row. */
bool inline_copies_keep(struct inline_copies *copies, const struct flow_row *row);
/* A row of a file: what it calls has a copy there. */
void inline_copies_use(struct inline_copies *copies, const struct flow_row *row);
/* The same for a call of the function with this key, though no pages go by it. */
void inline_copies_call(struct inline_copies *copies, int file, int line, const char *key);
/*
 * Calls add() for each row of each copy, callees of copies included; a function that no file
 * calls has one copy, in its header.
 */
void inline_copies_add(struct inline_copies *copies,
		       void (*add)(struct graph *graph, const struct flow_row *row),
		       struct graph *graph);
/* The files that have a copy of a function, of int; NULL for none. */
const GArray *inline_copies_files(const struct inline_copies *copies, int function);

#endif
