// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/diag.h"
#include "convert/remedy/remedy_context.h"
#include "source/path_escape.h"

static void arg_free(void *data)
{
	struct remedy_arg *arg = data;

	g_free(arg->text);
	g_free(arg);
}

static void call_free(void *data)
{
	struct remedy_call *call = data;

	g_free(call->path);
	g_free(call->function);
	g_free(call->callee);
	g_free(call->macro);
	g_ptr_array_unref(call->args);
	g_array_unref(call->joined);
	g_free(call);
}

static void source_free(void *data)
{
	struct remedy_source *source = data;

	tokens_free(source->tokens);
	g_free(source->text);
	g_free(source);
}

static struct remedy_call *find(const struct remedy_context *context, int id)
{
	return g_hash_table_lookup(context->calls, GINT_TO_POINTER(id));
}

static void calls_add(struct remedy_context *context, sqlite3_stmt *stmt)
{
	struct remedy_call *call = g_new0(struct remedy_call, 1);
	int role = role_find(db_text(stmt, 7));

	*call = (struct remedy_call){
		.id = sqlite3_column_int(stmt, 0), .file_id = sqlite3_column_int(stmt, 1),
		.path = g_strdup(db_text(stmt, 2)), .line = sqlite3_column_int(stmt, 3),
		.column = sqlite3_column_int(stmt, 4), .callee = g_strdup(db_text(stmt, 5)),
		.function = g_strdup(db_text(stmt, 6)), .role = role,
		.macro = g_strdup(db_text(stmt, 8)),
		.args = g_ptr_array_new_with_free_func(arg_free),
		.joined = g_array_new(FALSE, FALSE, sizeof(int)),
	};
	g_hash_table_insert(context->calls, GINT_TO_POINTER(call->id), call);
}

static void args_add(struct remedy_context *context, sqlite3_stmt *stmt)
{
	struct remedy_call *call = find(context, sqlite3_column_int(stmt, 0));
	int role = param_role_find(db_text(stmt, 1));
	struct remedy_arg *arg;

	if (!call)
		return;
	arg = g_new0(struct remedy_arg, 1);
	arg->role = role < 0 ? PARAM_NONE : role;
	arg->text = g_strdup(db_text(stmt, 2));
	g_ptr_array_add(call->args, arg);
}

static void links_add(struct remedy_context *context, sqlite3_stmt *stmt)
{
	int acquire = sqlite3_column_int(stmt, 0), release = sqlite3_column_int(stmt, 1);
	struct remedy_call *from = find(context, acquire), *to = find(context, release);

	if (to && strcmp(db_text(stmt, 2), "link"))
		to->doubted = true;
	if (!from || !to)
		return;
	g_array_append_val(from->joined, release);
	g_array_append_val(to->joined, acquire);
}

static void targets_add(struct remedy_context *context, sqlite3_stmt *stmt)
{
	g_hash_table_insert(context->targets, g_strdup(db_text(stmt, 0)),
			    g_strdup(db_text(stmt, 1)));
}

static bool rows_read(struct remedy_context *context, struct db *db, const char *query,
		      void (*add)(struct remedy_context *, sqlite3_stmt *), GError **error)
{
	sqlite3_stmt *stmt = db_query(db, query);
	GError *failure = NULL;

	while (db_step(db, stmt, &failure))
		add(context, stmt);
	if (failure)
		g_propagate_error(error, failure);
	return !failure;
}

struct remedy_context *remedy_context_new(struct db *db, const char *tree,
					  const struct source_overlay *change, GError **error)
{
	struct remedy_context *context = g_new0(struct remedy_context, 1);

	context->tree = tree;
	context->change = change;
	context->calls = g_hash_table_new_full(NULL, NULL, NULL, call_free);
	context->targets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	context->sources = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, source_free);
	context->facts = site_facts_load(db, error);
	if (context->facts && rows_read(context, db, "fix_calls", calls_add, error) &&
	    rows_read(context, db, "fix_args", args_add, error) &&
	    rows_read(context, db, "fix_links", links_add, error) &&
	    rows_read(context, db, "fix_targets", targets_add, error))
		return context;
	remedy_context_free(context);
	return NULL;
}

void remedy_context_free(struct remedy_context *context)
{
	if (!context)
		return;
	site_facts_free(context->facts);
	g_hash_table_destroy(context->calls);
	g_hash_table_destroy(context->targets);
	g_hash_table_destroy(context->sources);
	g_free(context);
}

static char *text_read(struct remedy_context *context, const char *path, size_t *size)
{
	g_autofree char *full = path_full(context->tree, path);
	const char *seen;
	char *text = NULL;

	if (source_overlay_find(context->change, path, &seen, size))
		return seen ? g_memdup2(seen, *size + 1) : NULL;
	if (path_is_escaped(context->tree, path) || !g_file_get_contents(full, &text, size, NULL))
		return NULL;
	return text;
}

const struct remedy_source *remedy_source(struct remedy_context *context, const char *path)
{
	struct remedy_source *source = g_hash_table_lookup(context->sources, path);
	size_t size = 0;

	if (!source) {
		source = g_new0(struct remedy_source, 1);
		source->text = text_read(context, path, &size);
		/* A text with a NUL byte cannot be written as a patch. */
		if (source->text && strlen(source->text) != size)
			g_clear_pointer(&source->text, g_free);
		if (source->text)
			source->tokens = tokens_new(source->text, size);
		g_hash_table_insert(context->sources, g_strdup(path), source);
	}
	return source->text ? source : NULL;
}

const struct remedy_call *remedy_call(const struct remedy_context *context, int id)
{
	return find(context, id);
}

const struct remedy_call *remedy_call_at(const struct remedy_context *context, const char *path,
					 guint line, const char *callee)
{
	const struct remedy_call *found = NULL;
	GHashTableIter at;
	void *value;

	g_hash_table_iter_init(&at, context->calls);
	while (g_hash_table_iter_next(&at, NULL, &value)) {
		const struct remedy_call *call = value;

		if (call->line == line && !strcmp(call->path, path) &&
		    !strcmp(call->callee, callee) && (!found || call->id < found->id))
			found = call;
	}
	return found;
}

const struct api *remedy_api(const struct remedy_context *context, const char *name)
{
	return api_find(site_facts_apis(context->facts), name);
}

int remedy_token(struct remedy_context *context, const struct remedy_call *call)
{
	const struct remedy_source *source =
		*call->macro ? NULL : remedy_source(context, call->path);
	int offset = source ? tokens_offset(source->tokens, call->line, call->column) : -1;
	int token = offset < 0 ? -1 : tokens_index_at(source->tokens, offset);

	if (token < 0 || !token_is(source->tokens, token, call->callee) ||
	    !token_is(source->tokens, token + 1, "(") || tokens_match(source->tokens, token + 1) < 0 ||
	    !tokens_function(source->tokens, token))
		return -1;
	return token;
}

bool remedy_argument(const struct tokens *tokens, int callee, int index, int *first, int *last)
{
	int close = tokens_match(tokens, callee + 1), at = 0;

	*first = callee + 2;
	for (int i = callee + 2; i <= close; i++) {
		int match = tokens_match(tokens, i);

		if (i == close || token_is(tokens, i, ",")) {
			*last = i - 1;
			if (at++ == index)
				return *last >= *first;
			*first = i + 1;
		} else if (match > i) {
			i = match;
		}
	}
	return false;
}

int remedy_arg_index(const struct remedy_call *call, enum param_role role)
{
	for (guint i = 0; i < call->args->len; i++)
		if (((struct remedy_arg *)call->args->pdata[i])->role == role)
			return i;
	return -1;
}

static int params_of(const struct tokens *tokens, int name)
{
	int close = tokens_match(tokens, name + 1), count = 1;

	if (close < 0 || close == name + 2)
		return close < 0 ? -1 : 0;
	for (int i = name + 2; i < close; i++) {
		int match = tokens_match(tokens, i);

		count += token_is(tokens, i, ",");
		if (match > i)
			i = match;
	}
	return count;
}

/* The word at its prototype, or at its definition. */
static bool is_declared(const struct tokens *tokens, int name)
{
	const struct token_function *function = tokens_function(tokens, name);

	return token_is(tokens, name + 1, "(") && (!function || function->name == name);
}

int remedy_declared(struct remedy_context *context, const char *name)
{
	static const char *const headers[] = { "include/linux/mm.h", "include/linux/pagemap.h" };

	for (size_t h = 0; h < G_N_ELEMENTS(headers); h++) {
		const struct remedy_source *source = remedy_source(context, headers[h]);
		int last = source ? tokens_count(source->tokens) - 1 : -1;

		for (int i = source ? tokens_find(source->tokens, name, 0, last) : -1; i >= 0;
		     i = tokens_find(source->tokens, name, i + 1, last))
			if (is_declared(source->tokens, i))
				return params_of(source->tokens, i);
	}
	return -1;
}

const char *remedy_untarget(const struct remedy_context *context, const char *target)
{
	GHashTableIter at;
	void *name, *value;

	g_hash_table_iter_init(&at, context->targets);
	while (g_hash_table_iter_next(&at, &name, &value))
		if (!strcmp(value, target) &&
		    api_has_role(remedy_api(context, name), ROLE_RELEASE))
			return name;
	return NULL;
}
