// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/rewrite/second_form.h"
#include "convert/tidy/style.h"
#include "ctext/statement.h"

#define LINES_MAX 40	/* a longer helper is no helper: two of it would be hard to keep alike */

/**
 * struct insertion - text that goes in at an offset, in place of so many bytes
 */
struct insertion {
	guint at, length;
	char *text;
};

/**
 * struct second_form - a helper that needs one
 * @tree, @tokens: the tree's text, and that after earlier patches
 * @function: the helper in @tokens
 * @name, @second: of the helper, and of its second form
 * @calls: of struct helper_call, of any of its sites: they are alike
 */
struct second_form {
	const struct work_file *file;
	const struct tokens *tree, *tokens;
	const struct token_function *function;
	const char *name;
	char *second;
	const GArray *calls;
};

bool second_forms_load(struct db *db, struct plan *plan, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "convert_forms");
	g_autoptr(GHashTable) sites = g_hash_table_new(g_int64_hash, g_int64_equal);
	GError *failure = NULL;

	for (guint i = 0; i < plan->sites->len; i++) {
		struct site *site = plan->sites->pdata[i];

		g_hash_table_insert(sites, &site->id, site);
	}
	while (db_step(db, stmt, &failure)) {
		gint64 id = sqlite3_column_int64(stmt, 0);
		struct site *site = g_hash_table_lookup(sites, &id);
		struct helper_call call = { sqlite3_column_int(stmt, 1),
					    sqlite3_column_int(stmt, 2) };

		if (!site)
			continue;
		if (!site->calls)
			site->calls = g_array_new(FALSE, FALSE, sizeof(struct helper_call));
		g_array_append_val(site->calls, call);
	}
	if (!failure)
		return true;
	g_propagate_error(error, failure);
	return false;
}

/* The nth call of the word in a function; -1 for none. */
static int nth_call(const struct tokens *tokens, const struct token_function *function,
		    const char *word, int n)
{
	for (int i = tokens_find(tokens, word, function->open, function->close); i >= 0;
	     i = tokens_find(tokens, word, i + 1, function->close))
		if (token_is(tokens, i + 1, "(") && !n--)
			return i;
	return -1;
}

int token_follow(const struct tokens *from, const struct tokens *to, int token,
		 const char *callee, const char *function)
{
	const struct token_function *was = tokens_function(from, token), *is;
	g_autofree char *name = was ? token_text(from, was->name) : NULL;

	is = name ? tokens_function_named(to, function ? function : name) : NULL;
	if (!is || tokens_calls(from, callee, was->open, was->close) !=
		   tokens_calls(to, callee, is->open, is->close))
		return -1;
	return nth_call(to, is, callee, tokens_calls(from, callee, was->open, token - 1));
}

/* "foo_put_pages" -> "foo_put_user_pages", "foo_put" -> "foo_put_user". */
static char *second_name(const char *name)
{
	static const char *const words[] = { "_pages", "_page" };

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		const char *at = g_strrstr(name, words[i]);

		if (at && at > name)
			return g_strdup_printf("%.*s_user%s", (int)(at - name), name, at);
	}
	return g_strconcat(name, "_user", NULL);
}

static bool is_call(const struct tokens *tokens, int token)
{
	const struct token_function *function = tokens_function(tokens, token);

	return function && function->name != token && token_is(tokens, token + 1, "(");
}

/* "static void name(...);" outside of functions. */
static bool is_prototype(const struct tokens *tokens, int token)
{
	int close = tokens_match(tokens, token + 1);

	return !tokens_function(tokens, token) && token_is(tokens, token + 1, "(") &&
	       close > token && token_is(tokens, close + 1, ";");
}

/* The only call of the helper in the line of the tree's text, as a token of the new one. */
static int call_token(const struct second_form *form, guint line)
{
	int found = -1, last = tokens_count(form->tree) - 1;

	for (int i = tokens_find(form->tree, form->name, 0, last); i >= 0;
	     i = tokens_find(form->tree, form->name, i + 1, last)) {
		if (tokens_at(form->tree, i)->line != line || !is_call(form->tree, i))
			continue;
		if (found >= 0)
			return -1;
		found = i;
	}
	if (found < 0 || form->tree == form->tokens)
		return found;
	return token_follow(form->tree, form->tokens, found, form->name, NULL);
}

/* Every place of the name is the definition, a prototype, or a call that is known. */
static enum reason_code places_objection(const struct second_form *form)
{
	int last = tokens_count(form->tokens) - 1;
	guint calls = 0, definitions = 0;

	for (int i = tokens_find(form->tokens, form->name, 0, last); i >= 0;
	     i = tokens_find(form->tokens, form->name, i + 1, last)) {
		if (token_is(form->tokens, i - 1, "->") || token_is(form->tokens, i - 1, "."))
			continue;
		if (is_call(form->tokens, i))
			calls++;
		else if (i + 2 < last && token_is(form->tokens, i + 1, "(") &&
			 !is_prototype(form->tokens, i))
			definitions++;
		else if (!is_prototype(form->tokens, i))
			return REASON_FORM_ADDRESS;
	}
	if (definitions != 1)
		return REASON_FORM_TWICE;
	return calls == form->calls->len ? REASON_NONE : REASON_FORM_UNSEEN_CALL;
}

static enum reason_code form_objection(const struct second_form *form)
{
	const struct tokens *tokens = form->tokens;

	if (!form->function)
		return REASON_FORM_NOT_FOUND;
	if (tokens_at(tokens, form->function->close)->line -
		    tokens_at(tokens, form->function->name)->line > LINES_MAX)
		return REASON_FORM_TOO_LONG;
	if (tokens_find(tokens, form->second, 0, tokens_count(tokens) - 1) >= 0)
		return REASON_FORM_NAME_TAKEN;
	for (guint i = 0; i < form->file->sites->len; i++) {
		const struct site *site = form->file->sites->pdata[i];

		if (!strcmp(site->function, form->name) && !site->calls)
			return REASON_FORM_AGREED;
	}
	for (guint i = 0; i < form->calls->len; i++)
		if (call_token(form, g_array_index(form->calls, struct helper_call, i).line) < 0)
			return REASON_FORM_ONE_LINE;
	return places_objection(form);
}

static void insert(GArray *insertions, guint at, guint length, char *text)
{
	struct insertion insertion = { at, length, text };

	g_array_append_val(insertions, insertion);
}

static guint line_end(const struct tokens *tokens, guint offset)
{
	while (offset < tokens->length && tokens->text[offset] != '\n')
		offset++;
	return MIN(offset + 1, tokens->length);
}

/* The text of tokens first..last with the helper's name at `name` replaced. */
static char *copy_of(const struct second_form *form, int first, int last, int name)
{
	guint start = tokens_at(form->tokens, first)->start;
	guint at = tokens_at(form->tokens, name)->start;
	guint after = tokens_at(form->tokens, name)->end;
	const char *text = form->tokens->text;

	return g_strdup_printf("%.*s%s%.*s", (int)(at - start), text + start, form->second,
			       (int)(tokens_at(form->tokens, last)->end - after), text + after);
}

static void form_insert(const struct second_form *form, GArray *insertions)
{
	const struct tokens *tokens = form->tokens;
	int last = tokens_count(tokens) - 1, name = form->function->name;
	g_autofree char *copy = copy_of(form, statement_first(tokens, name), form->function->close,
					name);
	guint end = line_end(tokens, tokens_at(tokens, form->function->close)->end);

	insert(insertions, end, 0, g_strdup_printf("\n%s\n", copy));
	for (int i = tokens_find(tokens, form->name, 0, last); i >= 0;
	     i = tokens_find(tokens, form->name, i + 1, last)) {
		int close = tokens_match(tokens, i + 1);
		g_autofree char *prototype = NULL;

		if (!is_prototype(tokens, i))
			continue;
		prototype = copy_of(form, statement_first(tokens, i), close + 1, i);
		insert(insertions, line_end(tokens, tokens_at(tokens, close + 1)->end), 0,
		       g_strdup_printf("%s\n", prototype));
	}
	for (guint i = 0; i < form->calls->len; i++) {
		struct helper_call call = g_array_index(form->calls, struct helper_call, i);
		const struct token *token = tokens_at(tokens, call_token(form, call.line));

		if (call.user)
			insert(insertions, token->start, token->end - token->start,
			       g_strdup(form->second));
	}
}

static int compare_insertions(gconstpointer a, gconstpointer b)
{
	const struct insertion *x = a, *y = b;

	return x->at < y->at ? -1 : x->at > y->at;
}

static char *text_with(const char *text, GArray *insertions)
{
	GString *out = g_string_new(text);

	g_array_sort(insertions, compare_insertions);
	for (guint i = insertions->len; i; i--) {
		struct insertion *insertion = &g_array_index(insertions, struct insertion, i - 1);

		g_string_erase(out, insertion->at, insertion->length);
		g_string_insert(out, insertion->at, insertion->text);
		g_free(insertion->text);
	}
	return g_string_free(out, FALSE);
}

/* All sites of the helper get the form's name, or the reason why there is none. */
static void sites_tell(const struct second_form *form, enum reason_code objection)
{
	for (guint i = 0; i < form->file->sites->len; i++) {
		struct site *site = form->file->sites->pdata[i];

		if (!site->calls || strcmp(site->function, form->name))
			continue;
		g_free(site->form);
		site->form = objection ? NULL : g_strdup(form->second);
		if (objection && site->outcome != OUTCOME_REFUSED)
			site_refuse(site, reason_new(REASON_FORM_IMPOSSIBLE, "sr", form->name,
						     reason_new(objection, "")));
	}
}

static bool is_first_of(const struct work_file *file, const struct site *site)
{
	for (guint i = 0; file->sites->pdata[i] != site; i++) {
		const struct site *other = file->sites->pdata[i];

		if (other->calls && !strcmp(other->function, site->function))
			return false;
	}
	return true;
}

/* Is one of the helper's sites refused? Then the helper stays as it is. */
static bool helper_stays(const struct work_file *file, const struct site *site)
{
	for (guint i = 0; i < file->sites->len; i++) {
		const struct site *other = file->sites->pdata[i];

		if (other->outcome == OUTCOME_REFUSED && !strcmp(other->function, site->function))
			return true;
	}
	return false;
}

/* With the arguments and parameters of the longer names where the file has them. */
static char *second_forms_lay_out(const struct work_file *file, const char *text)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();

	for (guint i = 0; i < file->sites->len; i++) {
		const struct site *site = file->sites->pdata[i];

		if (site->form)
			g_ptr_array_add(names, site->form);
	}
	g_ptr_array_add(names, NULL);
	return style_calls(file->before, text, (const char *const *)names->pdata);
}

char *second_forms_make(struct work_file *file)
{
	g_autoptr(GArray) insertions = g_array_new(FALSE, FALSE, sizeof(struct insertion));
	g_autofree char *text = NULL;
	g_autoptr(tokens_t) before = NULL, tree = NULL;

	for (guint i = 0; i < file->sites->len; i++) {
		struct site *site = file->sites->pdata[i];
		struct second_form form = { .file = file,
					    .name = site->function,
					    .calls = site->calls };
		enum reason_code objection;

		if (!site->calls || !is_first_of(file, site))
			continue;
		if (helper_stays(file, site)) {
			sites_tell(&form, REASON_FORM_STAYS);
			continue;
		}
		if (!before)
			before = tokens_new(file->before, strlen(file->before));
		if (!tree && strcmp(file->tree, file->before))
			tree = tokens_new(file->tree, strlen(file->tree));
		form.tokens = before;
		form.tree = tree ? tree : before;
		form.function = tokens_function_named(before, form.name);
		form.second = second_name(form.name);
		objection = form_objection(&form);
		sites_tell(&form, objection);
		if (!objection)
			form_insert(&form, insertions);
		g_free(form.second);
	}
	if (!insertions->len)
		return NULL;
	text = text_with(file->before, insertions);
	return second_forms_lay_out(file, text);
}
