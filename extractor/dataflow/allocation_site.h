/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DATAFLOW_ALLOCATION_SITE_H
#define GUPCONV_DATAFLOW_ALLOCATION_SITE_H

#include "dataflow/object_graph.h"

/**
 * struct made - a function that returns the new object, and the call of it
 * @owner: key of the function
 * @function: id of the one that calls it at @file, @line
 */
struct made {
	const char *owner;
	int file, line;
	int function;
};

/**
 * struct allocation_site - an object, made by a chain of calls
 * @origin: index of its place "new@..."
 * @function: id of the one that has it in the end, by the outermost call
 * @chain: of struct made, from the allocation outwards
 */
struct allocation_site {
	int origin;
	int function;
	GArray *chain;
};

/*
 * Every object of the index, of struct allocation_site: where a function returns what it
 * allocates, each call of it makes another one, as far as the object is handed out.
 */
GArray *allocation_sites_of(const struct object_graph *objects, const struct graph *graph);
/* The call by which the function is in the chain of the allocation, or NULL. */
const struct made *allocation_site_made_by(const struct allocation_site *allocation,
					   const char *owner);

#endif
