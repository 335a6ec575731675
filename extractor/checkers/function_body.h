/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_FUNCTION_BODY_H
#define GUPCONV_CHECKERS_FUNCTION_BODY_H

#include "dataflow/graph.h"

enum step_kind { STEP_ENTRY, STEP_CALL, STEP_SET, STEP_TEST, STEP_LOOP, STEP_JOIN, STEP_RETURN };

/**
 * struct step - a row of table path_node
 * @yes, @no: -1: nothing
 * @args: of a call
 * @call: row of table call, or NULL
 */
struct step {
	enum step_kind kind;
	int line;
	int yes, no;
	const char *lhs, *op, *rhs, *type;
	char **args;
	const struct call_info *call;
};

/**
 * struct body - a function's steps
 * @steps: of struct step
 * @params: names
 */
struct body {
	const struct function_info *function;
	GArray *steps;
	char **params;
};

/**
 * struct site_args - where an acquire or release has what
 * @pages, @count: index of the argument, -1: none
 */
struct site_args {
	int pages;
	int count;
};

/**
 * struct bodies - all of them, and what is asked of calls
 * @list: of struct body *, by function id
 * @by_key: name, with its path when static -> body
 * @params: "f\tscope#2" -> node + 1
 * @pairs: "acquire:release" ids that table link joins, whatever its kind
 * @linked: release ids -> kind of their first link
 * @args: call id -> struct site_args
 * @lives: body -> struct live, of those that were walked (live.h)
 */
struct bodies {
	const struct graph *graph;
	GStringChunk *strings;
	GPtrArray *list;
	GHashTable *by_key;
	GHashTable *params;
	GHashTable *pairs;
	GHashTable *linked;
	GHashTable *args;
	GHashTable *lives;
};

struct bodies *bodies_load(struct db *db, const struct graph *graph, GError **error);
void bodies_free(struct bodies *bodies);

static inline const struct step *body_step(const struct body *body, int step)
{
	return &g_array_index(body->steps, struct step, step);
}
/* The body of what is called from this one, or NULL. */
const struct body *bodies_callee(const struct bodies *bodies, const struct body *from,
				 const char *callee);
/* Node of a parameter of what is called, if its body is indexed; or -1. */
int bodies_param(const struct bodies *bodies, const struct body *from, const char *callee, int index);
bool bodies_paired(const struct bodies *bodies, int acquire, int release);
struct site_args bodies_args(const struct bodies *bodies, const struct call_info *call);
/* The text of the pages, or NULL. */
const char *step_pages(const struct bodies *bodies, const struct step *step);
const char *step_count(const struct bodies *bodies, const struct step *step);
bool step_has_role(const struct step *step, enum role role);
/* A variable of the function, no parameter. */
bool body_is_local(const struct body *body, const char *name);
/* The step is within the loop that begins at head. */
static inline bool body_in_loop(const struct body *body, int head, int step)
{
	return step > head && step < body_step(body, head)->no;
}

#endif
