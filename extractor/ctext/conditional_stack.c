// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "ctext/scanner_state.h"

void lexer_branch_free(void *data)
{
	struct branch *branch = data;

	g_free(branch->condition);
	g_free(branch->excluded);
	g_ptr_array_unref(branch->past);
	g_free(branch);
}

/* The rest of a directive's logical line, comments out, white space folded. */
static char *directive_text(struct lexer *lx)
{
	g_autoptr(GString) text = g_string_new(NULL);

	while (lx->at < lx->end && *lx->at != '\n') {
		if (lexer_skip_blank(lx)) {
			if (text->len && text->str[text->len - 1] != ' ')
				g_string_append_c(text, ' ');
			continue;
		}
		g_string_append_c(text, *lx->at++);
	}
	return g_strdup(g_strstrip(text->str));
}

static char *directive_word(struct lexer *lx)
{
	const char *start;

	while (lx->at < lx->end && lexer_skip_blank(lx))
		;
	start = lx->at;
	while (lx->at < lx->end && word_char(*lx->at))
		lx->at++;
	return g_strndup(start, lx->at - start);
}

static char *negated(const char *condition)
{
	size_t length = strlen(condition);

	if (g_str_has_prefix(condition, "!defined(") && strchr(condition, ')') == condition + length - 1)
		return g_strdup(condition + 1);
	if (g_str_has_prefix(condition, "defined(") && strchr(condition, ')') == condition + length - 1)
		return g_strdup_printf("!%s", condition);
	return g_strdup_printf("!(%s)", condition);
}

/* "!defined(X)" is the same question as "defined(X)", asked the other way round. */
static const char *question(const char *condition, bool *holds)
{
	if (!g_str_has_prefix(condition, "!defined(") || strpbrk(condition, "&|"))
		return condition;
	*holds = !*holds;
	return condition + 1;
}

/* Puts "#if 1" or "#elif 0" over the directive that starts there, when the answer is assumed. */
static void branch_force(struct lexer *lx, const char *start, const char *word, const char *condition)
{
	bool turned = false;
	const char *asked = question(condition, &turned);
	g_autofree char *over = NULL;
	void *holds;

	if (!lx->assumed || !g_hash_table_lookup_extended(lx->assumed, asked, NULL, &holds))
		return;
	over = g_strdup_printf("#%s %d", word, GPOINTER_TO_INT(holds) ^ turned);
	/* Lines keep their numbers: a newline is not written over. */
	if ((size_t)(lx->at - start) < strlen(over) || memchr(start, '\n', strlen(over)))
		return;
	for (const char *at = start; at < lx->at; at++)
		if (*at != '\n')
			lx->forced[at - lx->text] = ' ';
	memcpy(lx->forced + (start - lx->text), over, strlen(over));
}

static void branch_open(struct lexer *lx, const char *start, const char *word)
{
	g_autofree char *text = directive_text(lx);
	struct branch *branch = g_new0(struct branch, 1);

	branch->depth = lx->depth;
	branch->past = g_ptr_array_new_with_free_func(g_free);
	if (!strcmp(word, "ifdef")) {
		branch->condition = g_strdup_printf("defined(%s)", text);
	} else if (!strcmp(word, "ifndef")) {
		branch->condition = g_strdup_printf("!defined(%s)", text);
		branch->is_guard = !lx->seen_directive;
	} else {
		branch->condition = g_strdup(text);
		branch->dead = !strcmp(text, "0");
	}
	g_ptr_array_add(lx->branches, branch);
	branch_force(lx, start, "if", branch->condition);
}

static struct branch *branch_top(struct lexer *lx)
{
	return lx->branches->len ? lx->branches->pdata[lx->branches->len - 1] : NULL;
}

static void branch_next(struct lexer *lx, const char *start, bool has_condition)
{
	g_autofree char *text = directive_text(lx);
	struct branch *branch = branch_top(lx);
	g_autofree char *not_before = NULL;
	char *excluded;

	if (!branch)
		return;
	not_before = negated(branch->condition);
	excluded = branch->excluded ?
		g_strdup_printf("%s && %s", branch->excluded, not_before) : g_strdup(not_before);
	branch->dead = !strcmp(not_before, "!(1)") || (has_condition && !strcmp(text, "0"));
	g_free(branch->excluded);
	branch->excluded = excluded;
	g_ptr_array_add(branch->past, branch->condition);
	branch->condition = has_condition ? g_strdup(text) : g_strdup("1");
	branch->is_guard = false;
	lx->depth = branch->depth;
	if (has_condition)
		branch_force(lx, start, "elif", branch->condition);
}

static void branch_close(struct lexer *lx)
{
	if (lx->branches->len)
		g_ptr_array_remove_index(lx->branches, lx->branches->len - 1);
}

/* several: it is joined with others by "&&", which binds stronger than "||" */
static void words_append(GString *words, const char *condition, bool several)
{
	if (several && strstr(condition, "||"))
		g_string_append_printf(words, "(%s)", condition);
	else
		g_string_append(words, condition);
}

char *lexer_guard_words(const struct lexer *lx, bool *dead)
{
	g_autoptr(GString) words = g_string_new(NULL);

	*dead = false;
	for (guint i = 0; i < lx->branches->len; i++) {
		const struct branch *branch = lx->branches->pdata[i];
		bool plain_else = branch->excluded && !strcmp(branch->condition, "1");

		*dead |= branch->dead;
		if (branch->is_guard)
			continue;
		if (words->len)
			g_string_append(words, " && ");
		if (branch->excluded)
			g_string_append(words, branch->excluded);
		if (branch->excluded && !plain_else)
			g_string_append(words, " && ");
		if (!plain_else)
			words_append(words, branch->condition, lx->branches->len > 1 || branch->excluded);
	}
	return g_strdup(words->str);
}

static void assume(GHashTable *assumed, const char *condition, bool holds)
{
	const char *asked = question(condition, &holds);

	if (strcmp(asked, "1") && strcmp(asked, "0"))
		g_hash_table_insert(assumed, g_strdup(asked), GINT_TO_POINTER(holds));
}

/* What is true and false where the lexer stands. */
static GHashTable *assumptions(const struct lexer *lx)
{
	GHashTable *assumed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < lx->branches->len; i++) {
		const struct branch *branch = lx->branches->pdata[i];

		if (branch->is_guard)
			continue;
		for (guint j = 0; j < branch->past->len; j++)
			assume(assumed, branch->past->pdata[j], false);
		assume(assumed, branch->condition, true);
	}
	return assumed;
}

/* Reads up to an offset. */
static struct lexer lexer_upto(const char *text, size_t size, size_t offset, GHashTable *names)
{
	struct lexer lx = lexer_begin(text, size, names);

	while (lx.at < lx.end && (size_t)(lx.at - text) < offset)
		lexer_token(&lx);
	return lx;
}

char *lexer_guard(const char *text, size_t size, size_t offset)
{
	g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
	struct lexer lx = lexer_upto(text, size, offset, names);
	bool dead;
	char *words = lexer_guard_words(&lx, &dead);

	g_ptr_array_unref(lx.calls);
	lexer_end(&lx);
	return words;
}

char *lexer_force(const char *text, size_t size, size_t offset)
{
	g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
	struct lexer before = lexer_upto(text, size, offset, names);
	g_autoptr(GHashTable) assumed = assumptions(&before);
	struct lexer lx;

	g_ptr_array_unref(before.calls);
	lexer_end(&before);
	if (!g_hash_table_size(assumed))
		return NULL;
	lx = lexer_begin(text, size, names);
	lx.assumed = assumed;
	lx.forced = g_memdup2(text, size + 1);
	while (lx.at < lx.end)
		lexer_token(&lx);
	g_ptr_array_unref(lx.calls);
	lexer_end(&lx);
	return lx.forced;
}

void lexer_directive(struct lexer *lx)
{
	g_autofree char *word = NULL;
	const char *start = lx->at;
	bool was_seen = lx->seen_directive;

	lx->at++;
	word = directive_word(lx);
	if (!strcmp(word, "if") || !strcmp(word, "ifdef") || !strcmp(word, "ifndef"))
		branch_open(lx, start, word);
	else if (!strcmp(word, "elif"))
		branch_next(lx, start, true);
	else if (!strcmp(word, "else"))
		branch_next(lx, start, false);
	else if (!strcmp(word, "endif"))
		branch_close(lx);
	lx->seen_directive = true;
	if (strcmp(word, "define")) {
		lexer_skip_line(lx);
		return;
	}
	/* An include guard is an #ifndef whose macro is defined at once. */
	lx->macro = directive_word(lx);
	if (!was_seen || !branch_top(lx))
		return;
	if (lx->branches->len == 1 && branch_top(lx)->is_guard) {
		g_autofree char *expected = g_strdup_printf("!defined(%s)", lx->macro);

		branch_top(lx)->is_guard = !strcmp(branch_top(lx)->condition, expected);
	}
}
