/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_SOURCE_OFFERED_API_H
#define GUPCONV_SOURCE_OFFERED_API_H

#include "model/api.h"
#include "source/tree.h"

/*
 * The offer of a kernel to a module: read from the text of its headers (table knowledge, kind path,
 * detail headers, no patterns), whatever the module calls. A tree needs none of this: its own
 * files have the declarations.
 */

/**
 * struct offered_function - a declaration of a function of table api
 * @name: owned
 * @params: the names of its parameters, comma separated; owned
 */
struct offered_function {
	char *name;
	char *params;
};

/**
 * struct offered_api - all that is offered
 * @functions: of struct offered_function *, by file and line
 * @longterm: the value of FOLL_LONGTERM, 0: the headers have none
 */
struct offered_api {
	GPtrArray *functions;
	unsigned long longterm;
};

/* A header that the kernel has not got is left out. */
struct offered_api *offered_api_read(const struct tree *kernel, const struct api_table *apis);
void offered_api_free(struct offered_api *offered);
/* The same offer gives the same text, which no other one gives. Caller frees. */
char *offered_api_text(const struct offered_api *offered);
/* Into table prototype, beside those that are there, and meta. */
bool offered_api_store(const struct offered_api *offered, struct db *db, GError **error);

#endif
