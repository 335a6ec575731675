/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_PROGRAM_H
#define GUPCONV_CHECKERS_PROGRAM_H

#include "cfg/cfg_load.h"
#include "dataflow/call_graph.h"
#include "checkers/liveness.h"

struct program_call {
	const struct function *caller;
	int node;
};

/**
 * struct program - all functions that have a graph
 * @pool: of struct cfg
 * @invokes: all calls by name, also of callers without a graph
 * @functions: of struct function *, by function id
 * @by_key: name, with its path when static -> struct function
 * @inlines: name -> struct function: static ones of headers, whose name no other header has
 * @calls: struct function -> its calls in these (GArray of struct program_call)
 * @params: "f\tscope#2" -> node of the value-flow graph + 1
 * @types: "function.local\tpath" -> its type in words
 * @pairs: "acquire:release" ids that table link joins, whatever its kind, or that conditions
 *	tell apart
 * @linked: release ids -> kind of their first link + 1
 * @unreleased: ids of acquires whose pages come to no release, and go nowhere out of sight
 * @liveness: struct function -> struct liveness
 * @runs: of callees that were entered with pages: key -> struct path_result, see callee_eval.c
 */
struct program {
	const struct graph *graph;
	struct expr_pool *pool;
	const struct call_graph *invokes;
	GPtrArray *functions;
	GHashTable *by_key;
	GHashTable *inlines;
	GHashTable *calls;
	GHashTable *params;
	GHashTable *types;
	GHashTable *pairs;
	GHashTable *linked;
	GHashTable *unreleased;
	GHashTable *liveness;
	GHashTable *runs;
};

/* NULL with error set. graph and cfg must outlive the program. */
struct program *program_load(struct db *db, const struct graph *graph, const struct cfg *cfg,
			     GError **error);
void program_free(struct program *program);
/*
 * Adds the pairs of other families that the pages reach, which links leave out where conditions
 * tell the two apart: on a path that comes to such a release, it is one. Not where a further
 * reference is taken on the way, which is the one that is dropped.
 */
void program_add_told_apart(struct program *program, const GPtrArray *feeds);

/* The function that is called by that name in from, if it has a graph; else NULL. */
const struct function *program_find(const struct program *program, const struct function *from,
				    const char *name);
/* The function that makes the call, and *node in it; NULL when it has no graph. */
const struct function *program_caller(const struct program *program, const struct call_info *call,
				      int *node);
/* Those of the function that are seen (struct program_call), in the order of callers; or NULL. */
static inline const GArray *program_calls(const struct program *program,
					  const struct function *function)
{
	return g_hash_table_lookup(program->calls, function);
}
/* The type of a local variable that pages or objects with them come to, in words; else NULL. */
const char *program_local_type(const struct program *program, const struct function *function,
			       const struct expr *name);
/* The value-flow graph's node of a parameter of the callee, or -1. */
int program_param(const struct program *program, const struct function *from, int node, int index);
bool program_paired(const struct program *program, int acquire, int release);
/* enum link_kind of the release's first link, or -1. */
int program_link_kind(const struct program *program, int release);

/* Made when first needed, and kept. */
const struct liveness *program_liveness(const struct program *program,
					const struct function *function);

#endif
