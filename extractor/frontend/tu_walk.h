/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_TU_WALK_H
#define GUPCONV_FRONTEND_TU_WALK_H

#include <clang-c/Index.h>

#include "model/api.h"
#include "model/facts.h"
#include "source/tree.h"

/**
 * struct unit - one translation unit while its facts are taken
 * @tree: the tree
 * @apis: the family
 * @wanted: set of paths (relative) whose code is recorded
 * @facts: where they go
 * @files: CXFile -> path relative to the tree, "" for one that is not wanted
 * @function: the definition being walked; @function_name its spelling
 * @table: the variable outside of functions that is being walked
 * @depths: CXType.data[0] -> type_depth()
 * @numbers: declarations whose numbers stand for pages (pfn_taint.h), or NULL
 * @keepers: CXCursor of a record -> whether it keeps pages (object.h), or NULL
 * @own_records: CXCursor of a record -> whether it is a driver's own, or NULL
 * @understood: nodes of functions' names that need no second look (object.h), or NULL
 * @objects: facts of objects, kept back
 * @calls: "path:line:column:callee" -> struct seen_call
 * @parse: the file that it is of, for texts, or NULL
 * @macros: uses of macros in the function being walked (macro_call.h), or NULL
 * @paths: what its functions do on their paths
 * @positions: "path:line:column" -> the first of them there: a macro may call several
 */
struct unit {
	const struct tree *tree;
	const struct api_table *apis;
	GHashTable *wanted;
	struct facts *facts;
	CXTranslationUnit tu;
	GHashTable *files;
	CXCursor function;
	CXCursor table;
	char *function_name;
	GHashTable *depths;
	GHashTable *numbers;
	GHashTable *keepers;
	GHashTable *own_records;
	GHashTable *understood;
	GHashTable *calls;
	GHashTable *positions;
	struct parse *parse;
	struct macro_calls *macros;
	struct cfg_emitter *paths;
	struct pt_prune *objects;
};

/* The facts of the AST about one call of an API function. */
struct seen_call {
	int place;
	bool homonym;
	bool bare;		/* a reference only: recovery lost the call */
	bool expanded;		/* stands in a macro's body; this is a use of the macro */
	char *callee;
	char *body; /* of a use: where in the macro's body it stands, "path:line:column" */
	GPtrArray *param_names;
	bool flags_are_bool;	/* a _Bool is passed as gup_flags */
};

/* Walks the unit's functions and fills @facts (F, P, W, T) and @calls. */
void tu_walk(struct unit *unit);

/* Path relative to the tree of a wanted file at this place, or NULL. */
const char *tu_path(struct unit *unit, CXSourceLocation location, unsigned int *line,
		    unsigned int *column);

void seen_call_free(void *call);
/* The call of a function at a position: the one that was noted, or a new one, a reference only. */
struct seen_call *seen_call_at(struct unit *unit, const char *path, unsigned int line,
			       unsigned int column, CXCursor function);
/* A new one without a place, as recovery leaves it; takes the key of @calls. */
struct seen_call *seen_call_add(struct unit *unit, char *key, const char *callee);
/* The gup flags of its call are a _Bool, before that is converted to the parameter's type. */
bool seen_call_has_bool_flags(const struct unit *unit, CXCursor call, const struct seen_call *seen);
/* The names of a function's parameters. */
GPtrArray *param_names(CXCursor function);

#endif
