/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_FACTS_H
#define GUPCONV_MODEL_FACTS_H

#include <glib.h>
#include <stdbool.h>

#include "model/flow_kind.h"
#include "model/object_kind.h"
#include "model/place_kind.h"

/* Goes up with every change of what the lines mean: facts of another format are not used. */
#define FACTS_FORMAT "11"

/*
 * Facts of a worker about one translation unit, as lines of tab separated
 * cells, escaped: text, so that it can be kept in the database, compared and
 * read by a person. The first cell is the kind of the line:
 *
 *   @ PATH                             the file that the lines below speak of
 *   F NAME LINE END STATIC OBJECTS     function
 *   P KIND NAME SCOPE TYPE             place; numbered from 0 in this text
 *   C LINE COLUMN CALLEE ROLE STATUS GUARD CONFIG MACRO PLACE FLAGS FUNCTION
 *     FUNCTION_LINE CHARACTER
 *   A SEQ NAME ROLE TEXT VALUE         argument of the call above
 *   W DST SRC KIND LINE                flow between two places
 *   O DST SRC KIND LINE                flow of objects that keep pages (object.h)
 *   G NAME LINE GRAPH                  function and its graph, as ir_dump() has it
 *   K CALLEE SCOPE LINE                call of another function
 *   T NAME PARAMS                      prototype
 *   H PATH LINE NAME                   header of a module that was not found; LINE 0: an option
 *   E STATUS REASON                    how parsing went
 *
 * PLACE, DST and SRC are place numbers; -1 is none.
 */
struct facts {
	GString *text;
	GHashTable *places;	/* "kind\tname\tscope" -> index in labels, + 1 */
	GPtrArray *labels;	/* of struct facts_label */
	int written;		/* P lines */
	GHashTable *flows;	/* lines already there */
	GHashTable *graphs;	/* "file name line" -> struct facts_graph */
	GPtrArray *prototypes;	/* T lines; sorted, since a PCH shows them in another order */
	char *file;
};

/**
 * struct facts_label - a place that was named
 * @number: of its P line, or -1 while no line speaks of it
 */
struct facts_label {
	enum place_kind kind;
	char *name, *scope, *type;
	int number;
};

/**
 * struct facts_graph - a G line
 * @start, @length: in the text, in bytes
 * @broken: of a parse that could make nothing of a site of the function: with this kernel, its
 *	branch is one for other kernels
 */
struct facts_graph {
	size_t start, length;
	bool broken;
};

struct facts *facts_new(void);
/*
 * Whether the line is one of those that the search for further files takes: no graphs, arguments
 * and prototypes, and of calls those of static functions of headers.
 */
bool facts_is_for_draft(const char *line);
/* The text; the rest is freed. */
char *facts_finish(struct facts *facts);

void facts_file(struct facts *facts, const char *path);
/* One line of cells; the list ends with NULL. */
void facts_line(struct facts *facts, const char *kind, ...) G_GNUC_NULL_TERMINATED;
/* The first one of a name is kept. */
void facts_prototype(struct facts *facts, const char *name, const char *params);
/* Whether the function of the file at hand has no G line yet, or a broken one and this is none. */
bool facts_wants_graph(const struct facts *facts, const char *name, unsigned int line, bool broken);
/* Its G line, in place of one that it has. */
void facts_graph(struct facts *facts, const char *name, unsigned int line, const char *graph,
		 bool broken);
/* A handle of a place, for flows and for facts_place_number(); it has no line yet. */
int facts_place(struct facts *facts, enum place_kind kind, const char *name, const char *scope,
		const char *type);
/* The same, of a place that has a handle; else -1. */
int facts_find_place(const struct facts *facts, enum place_kind kind, const char *name,
		     const char *scope);
const struct facts_label *facts_label(const struct facts *facts, int place);
/* The number for a line; -1 of -1. */
int facts_place_number(struct facts *facts, int place);
void facts_flow(struct facts *facts, int dst, int src, enum flow_kind kind, unsigned int line);
void facts_object(struct facts *facts, int dst, int src, enum object_kind kind, unsigned int line);

/* SCOPE: the path of a static callee, else "". */
void facts_invoke(struct facts *facts, const char *callee, const char *scope, unsigned int line);

/* The cells of a line, unescaped; g_strfreev() it. */
char **facts_cells(const char *line, size_t length);
/* The inverse, for the text of one cell. */
void facts_append_cell(GString *line, const char *text);

#endif
