// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "source/family_function.h"
#include "source/family_reader.h"

/**
 * struct effect - what is known of a function
 * @takes: a reference of a page that it is given
 * @hands: references in an array of its caller's, or by its result
 * @drops: references
 * @got, @pinned: of which kind they are; of both where an argument decides it
 * @put_user: what it drops it passes to a function that is for user pages alone
 */
struct effect {
	bool takes, hands, drops;
	bool got, pinned, put_user;
};

/**
 * struct named_effect - of all functions of one name
 * @effect: by the tables, or of the function that was looked at last
 * @before: the same at the end of the last round
 * @listed: it is by the tables, which stay the same from round to round
 */
struct named_effect {
	struct effect effect, before;
	bool listed;
};

/**
 * struct family_files - the functions of all files of the family, as they are read
 * @texts, @tokens: of the files, for the functions
 * @functions: of struct family_function *, by path and line
 * @effects: name -> struct named_effect, of the functions of the files
 * @listed: the same of callees that are in the tables, whatever the files say of them
 * @callees: of struct named_effect *, one a call of all functions, in their order
 */
struct family_files {
	const struct api_table *apis;
	GPtrArray *texts, *tokens, *functions;
	GHashTable *effects, *listed;
	GPtrArray *callees;
};

static void member_free(void *data)
{
	struct family_member *member = data;

	g_free(member->name);
	g_free(member->path);
	g_free(member);
}

static void tokens_destroy(void *data)
{
	tokens_free(data);
}

static bool read_file(struct family_files *files, const struct tree *tree, const char *path)
{
	size_t size;
	char *text = tree_read(tree, path, &size, NULL);
	struct tokens *tokens;

	if (!text)
		return false;
	tokens = tokens_new(text, size);
	g_ptr_array_add(files->texts, text);
	g_ptr_array_add(files->tokens, tokens);
	for (guint i = 0; i < tokens->functions->len; i++)
		g_ptr_array_add(files->functions,
				family_function_new(tokens,
						    &g_array_index(tokens->functions,
								   struct token_function, i),
						    path, files->apis->knowledge));
	return true;
}

static struct effect effect_of_api(const struct api *api)
{
	bool pinned = family_is_pinned(api->family);

	return (struct effect){ .hands = api->role == ROLE_ACQUIRE,
				.drops = api->role == ROLE_RELEASE,
				.got = !pinned, .pinned = pinned,
				.put_user = api->family == FAMILY_PUT_USER };
}

static bool effect_by_tables(const struct family_files *files, const char *callee,
			     struct effect *effect)
{
	const struct knowledge *knowledge = files->apis->knowledge;
	const struct api *api = api_find(files->apis, callee);

	if (api_is_site(api))
		*effect = effect_of_api(api);
	else if (knowledge_has(knowledge, KNOW_REF, callee))
		effect->takes = true;
	else if (knowledge_has(knowledge, KNOW_UNREF, callee))
		effect->drops = true;
	else
		return false;
	return true;
}

static struct named_effect *named_effect_get(GHashTable *table, const char *name)
{
	struct named_effect *named = g_hash_table_lookup(table, name);

	if (!named) {
		named = g_new0(struct named_effect, 1);
		g_hash_table_insert(table, g_strdup(name), named);
	}
	return named;
}

/* A callee by the tables, else the function of the files. */
static struct named_effect *callee_effect(struct family_files *files, const char *callee)
{
	struct named_effect *named = g_hash_table_lookup(files->listed, callee);

	if (!named) {
		named = named_effect_get(files->listed, callee);
		named->listed = effect_by_tables(files, callee, &named->effect);
	}
	return named->listed ? named : named_effect_get(files->effects, callee);
}

static void find_callees(struct family_files *files)
{
	for (guint f = 0; f < files->functions->len; f++) {
		const struct family_function *function = files->functions->pdata[f];

		for (guint i = 0; i < function->calls->len; i++)
			g_ptr_array_add(files->callees,
					callee_effect(files, g_array_index(function->calls,
									   struct family_call,
									   i).callee));
	}
}

/* One call of the body, with the pages that it is given. */
static void add_call(struct effect *effect, const struct family_function *function,
		     const struct family_call *call, struct effect callee)
{
	bool out = family_call_param(function, call, FORM_PAGES) ||
		   family_function_has(function, FORM_VECTORS);
	bool result = function->returns == FORM_PAGE || function->returns == FORM_PAGES;
	bool by_flags = (function->has_get || function->has_pin || function->tests_flags) &&
			(family_function_has(function, FORM_PAGES) || result);

	if (callee.hands && (out || result)) {
		effect->hands = true;
		effect->got |= callee.got;
		effect->pinned |= callee.pinned;
	}
	if (callee.takes && family_call_param(function, call, FORM_PAGE))
		effect->takes = true;
	else if (callee.takes && (by_flags || function->fills))
		effect->hands = true;
	if (callee.drops && !call->by_value) {
		effect->drops = true;
		effect->put_user |= callee.put_user;
		effect->got |= callee.got;
		effect->pinned |= callee.pinned;
	}
}

/* callees: those of its calls */
static struct effect effect_of(const struct family_function *function, void *const *callees)
{
	struct effect effect = { 0 };

	for (guint i = 0; i < function->calls->len; i++) {
		const struct named_effect *callee = callees[i];

		add_call(&effect, function,
			 &g_array_index(function->calls, struct family_call, i), callee->effect);
	}
	if (effect.hands || effect.takes)
		effect.drops = false;	/* of its own failures */
	/* A constant decides the kind, whatever the functions below can do; else the flags. */
	if (function->has_get != function->has_pin) {
		effect.got = function->has_get;
		effect.pinned = function->has_pin;
	} else if (function->tests_flags) {
		effect.got = effect.pinned = true;
	}
	return effect;
}

/* Whether some effect is another one than at the end of the last round. */
static bool effects_changed(struct family_files *files)
{
	GHashTableIter iter;
	bool changed = false;
	void *value;

	g_hash_table_iter_init(&iter, files->effects);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		struct named_effect *named = value;

		changed |= memcmp(&named->before, &named->effect, sizeof(named->effect)) != 0;
		named->before = named->effect;
	}
	return changed;
}

/* A round depends on the effects at its start alone: without a change, the next is the same. */
static bool effects_round(struct family_files *files)
{
	void *const *callees = files->callees->pdata;

	for (guint i = 0; i < files->functions->len; i++) {
		const struct family_function *function = files->functions->pdata[i];

		named_effect_get(files->effects, function->name)->effect =
			effect_of(function, callees);
		callees += function->calls->len;
	}
	return effects_changed(files);
}

static guint params_of(const struct family_function *function, enum page_form form)
{
	guint count = 0;

	for (guint i = 0; i < function->params->len; i++)
		count += g_array_index(function->params, struct family_param, i).form == form;
	return count;
}

/* The name of a parameter says that it has the pages. */
static bool is_named(const struct family_files *files, const struct family_function *function,
		     enum role role)
{
	for (guint i = 0; i < function->params->len; i++) {
		const struct family_param *param =
			&g_array_index(function->params, struct family_param, i);
		bool fits = param->form == FORM_PAGES ||
			    (param->form == FORM_PAGE && role == ROLE_RELEASE);

		if (fits && api_param_role(files->apis, param->name) == PARAM_PAGES)
			return true;
	}
	return false;
}

/* The file defines an acquire of table api: what its other functions acquire serves them. */
static bool defines_acquire(const struct family_files *files, const char *path)
{
	for (guint i = 0; i < files->functions->len; i++) {
		const struct family_function *function = files->functions->pdata[i];

		if (!strcmp(function->path, path) &&
		    api_has_role(api_find(files->apis, function->name), ROLE_ACQUIRE))
			return true;
	}
	return false;
}

/*
 * Where the pages are, for table api: they are the result, or the name of a parameter says so, or
 * an acquire has one array alone that it can fill. A container that is filled in another file than
 * those of the acquires (a bio, a sg_table) is an object of its caller's: that function is a
 * wrapper.
 */
static bool is_placed(const struct family_files *files, const struct family_function *function,
		      enum role role)
{
	guint arrays = params_of(function, FORM_PAGES), vectors = params_of(function, FORM_VECTORS);

	if (is_named(files, function, role))
		return true;
	if (role != ROLE_ACQUIRE)
		return false;
	return function->returns == FORM_PAGE || arrays == 1 ||
	       (!arrays && vectors == 1 && defines_acquire(files, function->path));
}

static enum family family_of(const struct effect *effect, const struct family_function *function,
			     enum role role)
{
	bool iter = role == ROLE_ACQUIRE && family_function_has(function, FORM_ITER);

	if (effect->pinned && effect->got)
		return FAMILY_NONE;
	if (role == ROLE_RELEASE && effect->put_user)
		return FAMILY_PUT_USER;
	if (iter)
		return effect->pinned ? FAMILY_EXTRACT : FAMILY_ITER;
	return effect->pinned ? FAMILY_PIN : FAMILY_GET;
}

/* The function has something that pages go in by. */
static bool is_given_pages(const struct family_function *function)
{
	return family_function_has(function, FORM_PAGE) ||
	       family_function_has(function, FORM_PAGES) ||
	       family_function_has(function, FORM_VECTORS);
}

static bool is_known(const struct family_files *files, const char *name)
{
	const struct known *unref = knowledge_find(files->apis->knowledge, KNOW_UNREF, name);

	return api_find(files->apis, name) ||
	       knowledge_has(files->apis->knowledge, KNOW_REF, name) ||
	       (unref && !(unref->details & KNOWN(FAMILY)));
}

static struct family_member *member_of(const struct family_files *files,
				       const struct family_function *function)
{
	const struct named_effect *named = g_hash_table_lookup(files->effects, function->name);
	const struct effect *effect = &named->effect;
	struct family_member *member;
	enum role role = effect->hands ? ROLE_ACQUIRE : effect->takes ? ROLE_USE : ROLE_RELEASE;

	if (!function->is_public || is_known(files, function->name) ||
	    (!effect->hands && !effect->takes && !effect->drops) ||
	    (role == ROLE_RELEASE && !is_given_pages(function)))
		return NULL;
	member = g_new0(struct family_member, 1);
	member->name = g_strdup(function->name);
	member->path = g_strdup(function->path);
	member->line = function->line;
	member->role = role;
	member->family = family_of(effect, function, role);
	member->placed = role != ROLE_USE && member->family != FAMILY_NONE &&
			 is_placed(files, function, role);
	return member;
}

GPtrArray *family_read(const struct tree *tree, const struct api_table *apis)
{
	struct family_files files = {
		apis, g_ptr_array_new_with_free_func(g_free),
		g_ptr_array_new_with_free_func(tokens_destroy),
		g_ptr_array_new_with_free_func(family_function_free),
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
		g_ptr_array_new(),
	};
	GPtrArray *members = g_ptr_array_new_with_free_func(member_free);
	g_autoptr(GPtrArray) paths = knowledge_names(apis->knowledge, KNOW_PATH, KNOWN(FAMILY));
	guint rounds;

	for (guint i = 0; i < paths->len; i++)
		read_file(&files, tree, paths->pdata[i]);
	find_callees(&files);
	/* Effects may go as well as come, so that the rounds are bounded by the functions. */
	for (rounds = 0; rounds < files.functions->len && effects_round(&files); rounds++)
		;
	for (guint i = 0; i < files.functions->len; i++) {
		struct family_member *member = member_of(&files, files.functions->pdata[i]);

		if (member)
			g_ptr_array_add(members, member);
	}
	g_hash_table_destroy(files.effects);
	g_hash_table_destroy(files.listed);
	g_ptr_array_unref(files.callees);
	g_ptr_array_unref(files.functions);
	g_ptr_array_unref(files.tokens);
	g_ptr_array_unref(files.texts);
	return members;
}

static bool member_store(const struct family_member *member, struct db *db, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "family_member_add");

	db_bind_text(stmt, 1, member->name);
	db_bind_text(stmt, 2, member->path);
	db_bind_int(stmt, 3, member->line);
	db_bind_text(stmt, 4, member->role == ROLE_USE ? "reference" : role_word(member->role));
	db_bind_text(stmt, 5, family_word(member->family));
	db_bind_int(stmt, 6, member->placed);
	if (!db_run(db, stmt, error))
		return false;
	return true;
}

bool family_store(const GPtrArray *members, struct db *db, GError **error)
{
	for (guint i = 0; i < members->len; i++)
		if (!member_store(members->pdata[i], db, error))
			return false;
	return db_exec(db, "family_member_api", error);
}

char *family_text(const GPtrArray *members)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < members->len; i++) {
		const struct family_member *member = members->pdata[i];

		g_string_append_printf(text, "%s %s %s %d\n", member->name,
				       role_word(member->role), family_word(member->family),
				       member->placed);
	}
	return g_string_free(text, FALSE);
}

char *family_places(const GPtrArray *members)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < members->len; i++) {
		const struct family_member *member = members->pdata[i];

		g_string_append_printf(text, "%s:%d\n", member->path, member->line);
	}
	return g_string_free(text, FALSE);
}
