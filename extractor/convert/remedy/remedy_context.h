/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_REMEDY_CONTEXT_H
#define GUPCONV_CONVERT_REMEDY_CONTEXT_H

#include "convert/select/site_facts.h"
#include "ctext/tokens.h"
#include "model/api.h"
#include "source/source_overlay.h"

/**
 * struct remedy_arg - an argument of a call
 * @role: what the parameter is for; @text: with white space folded
 */
struct remedy_arg {
	enum param_role role;
	char *text;
};

/**
 * struct remedy_call - a row of table call
 * @line, @column: of the callee's name, from 1; the column in bytes
 * @macro: whose expansion holds the call, or ""
 * @args: of struct remedy_arg
 * @joined: ids of the releases of an acquire, or of the acquires of a release
 * @doubted: not all that comes to this release is known to come from @joined
 */
struct remedy_call {
	int id, file_id;
	char *path, *function, *callee, *macro;
	guint line, column;
	enum role role;
	GPtrArray *args;
	GArray *joined;
	bool doubted;
};

struct remedy_source {
	char *text;
	struct tokens *tokens;
};

/**
 * struct remedy_context - what remedies are made from: one state of the tree
 * @change: how the tree is seen, or NULL
 * @calls: id -> struct remedy_call
 * @targets: of table api_target, for this era: name -> name
 * @sources: path -> struct remedy_source, as they are asked for
 */
struct remedy_context {
	const char *tree;
	const struct source_overlay *change;
	struct site_facts *facts;
	GHashTable *calls, *targets, *sources;
};

/* NULL with error set. The other two have to outlive it; the database is read at once. */
struct remedy_context *remedy_context_new(struct db *db, const char *tree,
					  const struct source_overlay *change, GError **error);
void remedy_context_free(struct remedy_context *context);

/* NULL: there is no such file. */
const struct remedy_source *remedy_source(struct remedy_context *context, const char *path);
/* NULL: no such id */
const struct remedy_call *remedy_call(const struct remedy_context *context, int id);
/* The call at a place, or NULL. */
const struct remedy_call *remedy_call_at(const struct remedy_context *context, const char *path,
					 guint line, const char *callee);
const struct api *remedy_api(const struct remedy_context *context, const char *name);
/* The release that has that target in table api_target; NULL: none. */
const char *remedy_untarget(const struct remedy_context *context, const char *target);
/* The token of the callee's name; -1: it stands in a macro, or the text is another. */
int remedy_token(struct remedy_context *context, const struct remedy_call *call);
/* Tokens of argument index of the call whose name is the token; false: it has none. */
bool remedy_argument(const struct tokens *tokens, int callee, int index, int *first, int *last);
/* The index of the argument that has the role, or -1. */
int remedy_arg_index(const struct remedy_call *call, enum param_role role);
/*
 * How many parameters the tree's headers declare for the function; -1: they do not. Looked for
 * in the headers of memory management.
 */
int remedy_declared(struct remedy_context *context, const char *name);

#endif
