// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/tidy/diff.h"
#include "convert/rewrite/macro_body.h"
#include "convert/rewrite/verify_edit.h"
#include "base/ctype_word.h"

bool site_is_collapsed(const struct site *site)
{
	return site->rule->extent == EXTENT_STATEMENT;
}

const char *site_becomes(const struct site *site, const struct templates *templates)
{
	return site->rule->becomes && !site->acquire ?
	       templates_name(templates, site->rule->becomes) : site->target;
}

/* Index behind the call that stands at token j for the site; -1 when it does not. */
static int skip_replacement(const struct tokens *new, int j, const struct site *site,
			    const struct templates *templates)
{
	const struct rule *rule = site->rule;
	int close;

	if (rule->adds_if && token_is(new, j, "if") && token_is(new, j + 1, "("))
		j = tokens_match(new, j + 1) + 1;
	if (!token_is(new, j, site_becomes(site, templates)))
		return -1;
	if (rule->extent == EXTENT_NAME)
		return j + 1;
	if (!token_is(new, j + 1, "("))
		return -1;
	close = tokens_match(new, j + 1);
	if (close < 0)
		return -1;
	if (rule->extent != EXTENT_STATEMENT)
		return close + 1;
	return token_is(new, close + 1, ";") ? close + 2 : -1;
}

/* Bodies of macros are no tokens. */
static guint next_token_site(const GPtrArray *sites, guint next)
{
	while (next < sites->len && site_is_body(sites->pdata[next]))
		next++;
	return next;
}

static bool adds_local(const GPtrArray *sites)
{
	for (guint i = 0; i < sites->len; i++)
		if (((const struct site *)sites->pdata[i])->rule->adds_local)
			return true;
	return false;
}

/*
 * Index behind a declaration "struct page **NAME = PAGES;" at token j that the old text does not
 * have before its token i. The function has no such name: else j, and the texts differ there.
 */
static int skip_added_local(const struct tokens *old, int i, const struct tokens *new, int j)
{
	static const char *const begin[] = { "struct", "page", "*", "*" };
	const struct token_function *function = tokens_function(old, i);
	g_autofree char *name = NULL;
	int at = j;

	for (guint k = 0; k < G_N_ELEMENTS(begin); k++)
		if (!token_is(new, at++, begin[k]))
			return j;
	name = token_text(new, at);
	if (!function || !token_is(new, at + 1, "=") ||
	    tokens_find(old, name, function->params, function->close) >= 0)
		return j;
	while (at < tokens_count(new) - 1 && !token_is(new, at, ";"))
		at++;
	return at + 1;
}

/* Index behind the edit's tokens, which stand at j; -1 when they do not. */
static int skip_edit(const struct tokens *new, int j, const struct text_edit *edit)
{
	g_autoptr(tokens_t) text = tokens_new(edit->text, strlen(edit->text));
	int count = tokens_count(text);

	return !count || tokens_equal(text, 0, count - 1, new, j, j + count - 1) ? j + count : -1;
}

/* The edit whose first token it is, or NULL. */
static const struct text_edit *edit_at(const GArray *edits, int token)
{
	for (guint i = 0; i < edits->len; i++) {
		const struct text_edit *edit = &g_array_index(edits, struct text_edit, i);

		if (edit->first == token)
			return edit;
	}
	return NULL;
}

static struct reason *verify_tokens(const struct tokens *old, const struct tokens *new,
			   const GPtrArray *sites, const GArray *edits,
			   const struct templates *templates, int *at)
{
	bool more = adds_local(sites);
	int i = 0, j = 0;
	guint next = 0;

	while (i < tokens_count(old) && j < tokens_count(new)) {
		const struct text_edit *edit = edit_at(edits, i);
		const struct site *site;

		if (more)
			j = skip_added_local(old, i, new, j);

		next = next_token_site(sites, next);
		site = next < sites->len ? sites->pdata[next] : NULL;
		*at = i;
		if (site && site->first == i) {
			j = skip_replacement(new, j, site, templates);
			if (j < 0)
				return reason_new(REASON_RULE_LEFT, "ss", site->rule->name,
						  site_becomes(site, templates));
			i = site->last + 1;
			next++;
		} else if (edit) {
			j = skip_edit(new, j, edit);
			if (j < 0)
				return reason_new(REASON_OTHER_LINE, "d", tokens_at(old, i)->line);
			i = edit->last + 1;
		} else if (tokens_equal(old, i, i, new, j, j)) {
			i++;
			j++;
		} else {
			return reason_new(REASON_OTHER_LINE, "d", tokens_at(old, i)->line);
		}
	}
	next = next_token_site(sites, next);
	*at = MIN(i, tokens_count(old) - 1);
	if (i < tokens_count(old) || j < tokens_count(new) || next < sites->len)
		return reason_new(REASON_ENDS_EARLY, "");
	return NULL;
}

static char *comment_text(const struct tokens *tokens, guint index)
{
	const struct span *span = &g_array_index(tokens->comments, struct span, index);
	g_autofree char *text = g_strndup(tokens->text + span->start, span->end - span->start);

	return text_fold(text);
}

/* The token nearest behind a comment. */
static int token_after(const struct tokens *tokens, guint offset)
{
	int i = 0;

	while (i < tokens_count(tokens) - 1 && tokens_at(tokens, i)->start < offset)
		i++;
	return i;
}

static struct reason *verify_comments(const struct tokens *old, const struct tokens *new, int *at)
{
	for (guint i = 0; i < old->comments->len; i++) {
		g_autofree char *was = comment_text(old, i);
		g_autofree char *is = i < new->comments->len ? comment_text(new, i) : g_strdup("");
		const struct span *span = &g_array_index(old->comments, struct span, i);

		if (!strcmp(was, is))
			continue;
		*at = token_after(old, span->start);
		return reason_new(REASON_COMMENT_LOST, "d", span->line);
	}
	return NULL;
}

struct reason *verify_edit(const struct tokens *old, const struct tokens *new,
			   const GPtrArray *sites, const GArray *edits,
			   const struct templates *templates, int *at)
{
	struct reason *wrong = verify_tokens(old, new, sites, edits, templates, at);

	return wrong ? wrong : verify_comments(old, new, at);
}

/* Does a function or macro with a site hold one of the lines (from 0)? */
static bool lines_have_site(const struct tokens *tokens, const struct work_file *file,
			    const GPtrArray *sites, guint first, guint count)
{
	for (guint i = 0; i < sites->len; i++) {
		const struct site *site = sites->pdata[i];
		const struct token_function *function = tokens_function(tokens, site->token);
		guint from, to;

		if (site_is_body(site)) {
			macro_body_lines(file, site, &from, &to);
			if (first + MAX(count, 1) >= from && first + 1 <= to)
				return true;
		}
		if (function && first + MAX(count, 1) >= tokens_at(tokens, function->name)->line &&
		    first + 1 <= tokens_at(tokens, function->close)->line)
			return true;
	}
	return false;
}

/* An edit begins in one of the lines (from 0). */
static bool lines_have_edit(const struct tokens *tokens, const GArray *edits, guint first,
			    guint count)
{
	guint from = first < tokens->lines->len ? g_array_index(tokens->lines, guint, first) :
						  tokens->length;
	guint to = first + count < tokens->lines->len ?
		g_array_index(tokens->lines, guint, first + count) : tokens->length;

	for (guint i = 0; i < edits->len; i++) {
		const struct text_edit *edit = &g_array_index(edits, struct text_edit, i);

		if (from <= edit->start && edit->start < to)
			return true;
	}
	return false;
}

char *verify_edit_reject_strays(const struct work_file *file, const char *new_text,
				const GPtrArray *sites, const GArray *edits)
{
	const char *old_text = file->start;
	g_autoptr(tokens_t) tokens = tokens_new(old_text, strlen(old_text));
	g_autoptr(lines_t) old = lines_new(old_text), new = lines_new(new_text);
	g_autoptr(GArray) hunks = diff_hunks(old, new, false);
	GString *out = g_string_new(NULL);
	guint at = 0;

	for (guint i = 0; i < hunks->len; i++) {
		const struct hunk *hunk = &g_array_index(hunks, struct hunk, i);

		lines_append(out, old, at, hunk->old_start - at);
		at = hunk->old_start + hunk->old_count;
		if (lines_have_site(tokens, file, sites, hunk->old_start, hunk->old_count) ||
		    lines_have_edit(tokens, edits, hunk->old_start, hunk->old_count))
			lines_append(out, new, hunk->new_start, hunk->new_count);
		else
			lines_append(out, old, hunk->old_start, hunk->old_count);
	}
	lines_append(out, old, at, old->count - at);
	return g_string_free(out, FALSE);
}

static bool in_comment(const struct tokens *tokens, guint offset)
{
	for (guint i = 0; i < tokens->comments->len; i++) {
		const struct span *span = &g_array_index(tokens->comments, struct span, i);

		if (span->start <= offset && offset < span->end)
			return true;
	}
	return false;
}

static bool in_string(const struct tokens *tokens, guint offset)
{
	for (int i = 0; i < tokens_count(tokens); i++) {
		const struct token *token = tokens_at(tokens, i);

		if (token->start > offset)
			return false;
		if (offset < token->end)
			return token->kind == TOKEN_STRING;
	}
	return false;
}

/* "#define NAME word": the line begins with the directive and ends with the word. */
static bool ends_define(const char *text, const char *at, size_t length)
{
	const char *line = at;

	while (line > text && line[-1] != '\n')
		line--;
	line += strspn(line, " \t");
	return *line == '#' && strchr("\r\n", at[length + strspn(at + length, " \t")]);
}

/*
 * Calls of the word outside of comments and strings, those in the bodies of macros too; and
 * macros that are another name for it.
 */
static int count_calls(const char *text, const char *word)
{
	g_autoptr(tokens_t) tokens = tokens_new(text, strlen(text));
	size_t length = strlen(word);
	int count = 0;

	for (const char *at = strstr(text, word); at; at = strstr(at + length, word))
		count += (at == text || !text_word_char(at[-1])) &&
			 (at[length] == '(' || ends_define(text, at, length)) &&
			 !in_comment(tokens, at - text) && !in_string(tokens, at - text);
	return count;
}

guint verify_edit_count(const struct work_file *file)
{
	g_autoptr(GHashTable) words = g_hash_table_new(g_str_hash, g_str_equal);
	int less = 0;

	for (guint i = 0; file->after && i < file->sites->len; i++) {
		const struct site *site = file->sites->pdata[i];

		if (g_hash_table_add(words, site->callee))
			less += count_calls(file->start, site->callee) -
				count_calls(file->after, site->callee);
	}
	return MAX(less, 0);
}

struct reason *verify_edit_note(const struct work_file *file)
{
	g_autoptr(GPtrArray) clauses = g_ptr_array_new_with_free_func(reason_free);
	guint converted = 0, changed = verify_edit_count(file);

	for (guint i = 0; i < file->sites->len; i++) {
		const struct site *site = file->sites->pdata[i];

		if (site->outcome == OUTCOME_CONVERTED)
			converted++;
		else
			g_ptr_array_add(clauses,
					reason_new(REASON_LINE_STAYS, "dsr", site->line,
						   site->callee, reason_copy(site->reason)));
	}
	if (converted != changed)
		g_ptr_array_add(clauses, reason_new(REASON_COUNT_DIFFERS, "d", converted));
	return clauses->len ? reason_clauses(clauses) : NULL;
}
