/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_MACRO_GRAPH_H
#define GUPCONV_FRONTEND_MACRO_GRAPH_H

#include "model/knowledge.h"

/*
 * The macros of a set of headers, and those that each depends on: the macros that its body names,
 * and the symbols and macros that the conditions around its definition test. A file that uses no
 * macro which depends on a symbol expands to the same code with that symbol and without it.
 */
struct macro_graph;

struct macro_graph *macro_graph_new(void);
void macro_graph_free(struct macro_graph *graph);

/* Adds the definitions of a header. */
void macro_graph_read(struct macro_graph *graph, const char *text, size_t size);
/*
 * Calls visit() for each macro that depends on anything: "NAME WORD WORD...". A word of a body
 * is there if it is a macro of the graph itself or a symbol (CONFIG_); one that a condition
 * tests is "#WORD".
 */
void macro_graph_visit(const struct macro_graph *graph, void (*visit)(const char *line, void *data),
		       void *data);
/* Adds such a line. */
void macro_graph_add(struct macro_graph *graph, const char *line);

/*
 * true if the text names a macro that depends on one of the words (a set of char *). A macro
 * that prints (kind print) counts for nothing: no page is in it.
 */
bool macro_graph_depends(const struct macro_graph *graph, const struct knowledge *knowledge,
			 const char *text, size_t size, GHashTable *words);

#endif
