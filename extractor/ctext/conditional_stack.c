// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "ctext/conditional_stack.h"

/**
 * struct branch - one #if ... #endif level: what holds in its present branch
 * @condition: of the present branch
 * @excluded: the negated conditions of the branches before it, joined; or NULL
 * @past: the conditions of those branches (char *)
 * @depth: conditional_stack.depth at #if: each branch starts with it
 * @is_guard: a header's own include guard: no condition
 * @dead: the branch is never compiled
 */
struct branch {
	char *condition, *excluded;
	GPtrArray *past;
	guint depth;
	bool is_guard, dead;
};

enum directive {
	DIRECTIVE_IF, DIRECTIVE_IFDEF, DIRECTIVE_IFNDEF, DIRECTIVE_ELIF, DIRECTIVE_ELSE,
	DIRECTIVE_ENDIF, DIRECTIVE_DEFINE, DIRECTIVE_OTHER,
};

/**
 * struct directive_line - the directive that is read
 * @start: offset of its '#'
 * @end: of its newline
 * @rest: behind the directive's word, comments out, white space folded
 */
struct directive_line {
	enum directive directive;
	guint start, end;
	char *rest;
};

static void branch_free(void *data)
{
	struct branch *branch = data;

	g_free(branch->condition);
	g_free(branch->excluded);
	g_ptr_array_unref(branch->past);
	g_free(branch);
}

struct conditional_stack conditional_stack_new(void)
{
	return (struct conditional_stack){
		.branches = g_ptr_array_new_with_free_func(branch_free),
	};
}

void conditional_stack_clear(struct conditional_stack *stack)
{
	g_ptr_array_free(stack->branches, TRUE);
	stack->branches = NULL;
}

static enum directive directive_kind(const struct tokenizer *tokenizer, const struct token *word)
{
	static const char *const words[] = {
		[DIRECTIVE_IF] = "if", [DIRECTIVE_IFDEF] = "ifdef", [DIRECTIVE_IFNDEF] = "ifndef",
		[DIRECTIVE_ELIF] = "elif", [DIRECTIVE_ELSE] = "else", [DIRECTIVE_ENDIF] = "endif",
		[DIRECTIVE_DEFINE] = "define",
	};

	for (guint i = 0; i < G_N_ELEMENTS(words); i++)
		if (tokenizer_token_is(tokenizer, word, words[i]))
			return i;
	return DIRECTIVE_OTHER;
}

/* Reads to the end of the line. */
static void line_read_rest(struct tokenizer *tokenizer, struct directive_line *line)
{
	g_autoptr(GString) text = g_string_new(NULL);
	struct token token;
	guint last = tokenizer->at;

	line->end = tokenizer->size;
	while (tokenizer_next(tokenizer, &token)) {
		if (token.kind == TOKEN_NEWLINE) {
			line->end = token.start;
			break;
		}
		if (token.start > last && text->len)
			g_string_append_c(text, ' ');
		g_string_append_len(text, tokenizer->text + token.start, token.end - token.start);
		last = token.end;
	}
	line->rest = g_strdup(text->str);
}

static char *negated(const char *condition)
{
	size_t length = strlen(condition);

	if (g_str_has_prefix(condition, "!defined(") &&
	    strchr(condition, ')') == condition + length - 1)
		return g_strdup(condition + 1);
	if (g_str_has_prefix(condition, "defined(") &&
	    strchr(condition, ')') == condition + length - 1)
		return g_strdup_printf("!%s", condition);
	return g_strdup_printf("!(%s)", condition);
}

/* The condition without the "!" of "!defined(X)"; *holds is inverted then. */
static const char *positive_form(const char *condition, bool *holds)
{
	if (!g_str_has_prefix(condition, "!defined(") || strpbrk(condition, "&|"))
		return condition;
	*holds = !*holds;
	return condition + 1;
}

/* Puts "#if 1" or "#elif 0" over the directive, when its outcome is assumed. */
static void branch_force(struct conditional_stack *stack, const struct tokenizer *tokenizer,
			 const struct directive_line *line, const char *condition)
{
	const char *word = line->directive == DIRECTIVE_ELIF ? "elif" : "if";
	bool inverted = false;
	const char *positive = positive_form(condition, &inverted);
	g_autofree char *over = NULL;
	size_t length;
	void *holds;

	if (!stack->assumed ||
	    !g_hash_table_lookup_extended(stack->assumed, positive, NULL, &holds))
		return;
	over = g_strdup_printf("#%s %d", word, GPOINTER_TO_INT(holds) ^ inverted);
	length = strlen(over);
	/* Lines keep their numbers: a newline is not written over. */
	if (line->end - line->start < length || memchr(tokenizer->text + line->start, '\n', length))
		return;
	for (guint at = line->start; at < line->end; at++)
		if (tokenizer->text[at] != '\n')
			stack->forced[at] = ' ';
	memcpy(stack->forced + line->start, over, length);
}

static void branch_open(struct conditional_stack *stack, const struct tokenizer *tokenizer,
			const struct directive_line *line)
{
	struct branch *branch = g_new0(struct branch, 1);

	branch->depth = stack->depth;
	branch->past = g_ptr_array_new_with_free_func(g_free);
	if (line->directive == DIRECTIVE_IFDEF) {
		branch->condition = g_strdup_printf("defined(%s)", line->rest);
	} else if (line->directive == DIRECTIVE_IFNDEF) {
		branch->condition = g_strdup_printf("!defined(%s)", line->rest);
		branch->is_guard = !stack->seen_directive;
	} else {
		branch->condition = g_strdup(line->rest);
		branch->dead = !strcmp(line->rest, "0");
	}
	g_ptr_array_add(stack->branches, branch);
	branch_force(stack, tokenizer, line, branch->condition);
}

static struct branch *branch_top(struct conditional_stack *stack)
{
	return stack->branches->len ? stack->branches->pdata[stack->branches->len - 1] : NULL;
}

static void branch_next(struct conditional_stack *stack, const struct tokenizer *tokenizer,
			const struct directive_line *line)
{
	bool has_condition = line->directive == DIRECTIVE_ELIF;
	struct branch *branch = branch_top(stack);
	g_autofree char *not_before = NULL;
	char *excluded;

	if (!branch)
		return;
	not_before = negated(branch->condition);
	excluded = branch->excluded ?
		g_strdup_printf("%s && %s", branch->excluded, not_before) : g_strdup(not_before);
	branch->dead = !strcmp(not_before, "!(1)") || (has_condition && !strcmp(line->rest, "0"));
	g_free(branch->excluded);
	branch->excluded = excluded;
	g_ptr_array_add(branch->past, branch->condition);
	branch->condition = g_strdup(has_condition ? line->rest : "1");
	branch->is_guard = false;
	stack->depth = branch->depth;
	if (has_condition)
		branch_force(stack, tokenizer, line, branch->condition);
}

static void branch_close(struct conditional_stack *stack)
{
	if (stack->branches->len)
		g_ptr_array_remove_index(stack->branches, stack->branches->len - 1);
}

/* An include guard is an #ifndef, the first directive, whose macro is defined at once. */
static void guard_settle(struct conditional_stack *stack, const struct tokenizer *tokenizer,
			 const struct token *macro)
{
	struct branch *branch = branch_top(stack);
	g_autofree char *expected = NULL;

	if (stack->branches->len != 1 || !branch->is_guard)
		return;
	expected = g_strdup_printf("!defined(%.*s)", (int)(macro->end - macro->start),
				   tokenizer->text + macro->start);
	branch->is_guard = !strcmp(branch->condition, expected);
}

/* The name that a #define gives; empty, and nothing is read, when there is none. */
static void define_read(struct tokenizer *tokenizer, struct token *macro)
{
	struct tokenizer before = *tokenizer;

	if (tokenizer_next(tokenizer, macro) && macro->kind == TOKEN_WORD)
		return;
	*tokenizer = before;
	*macro = (struct token){ .kind = TOKEN_WORD, .start = before.at, .end = before.at };
}

/* A line that is read to its end. */
static void line_obey(struct conditional_stack *stack, const struct tokenizer *tokenizer,
		      const struct directive_line *line)
{
	switch (line->directive) {
	case DIRECTIVE_IF:
	case DIRECTIVE_IFDEF:
	case DIRECTIVE_IFNDEF:
		branch_open(stack, tokenizer, line);
		break;
	case DIRECTIVE_ELIF:
	case DIRECTIVE_ELSE:
		branch_next(stack, tokenizer, line);
		break;
	case DIRECTIVE_ENDIF:
		branch_close(stack);
		break;
	default:
		break;
	}
}

bool conditional_stack_directive(struct conditional_stack *stack, struct tokenizer *tokenizer,
				 const struct token *hash, struct token *macro)
{
	struct directive_line line = { .directive = DIRECTIVE_OTHER, .start = hash->start };
	struct token word = { .kind = TOKEN_NEWLINE };
	bool was_seen = stack->seen_directive;

	tokenizer_next(tokenizer, &word);
	line.directive = directive_kind(tokenizer, &word);
	if (line.directive == DIRECTIVE_DEFINE) {
		define_read(tokenizer, macro);
		if (was_seen)
			guard_settle(stack, tokenizer, macro);
	} else if (word.kind != TOKEN_NEWLINE) {
		line_read_rest(tokenizer, &line);
		line_obey(stack, tokenizer, &line);
		g_free(line.rest);
	}
	stack->seen_directive = true;
	return line.directive == DIRECTIVE_DEFINE;
}

/* several: it is joined with others by "&&", which binds stronger than "||" */
static void words_append(GString *words, const char *condition, bool several)
{
	if (several && strstr(condition, "||"))
		g_string_append_printf(words, "(%s)", condition);
	else
		g_string_append(words, condition);
}

char *conditional_stack_words(const struct conditional_stack *stack, bool *dead)
{
	GString *words = g_string_new(NULL);

	*dead = false;
	for (guint i = 0; i < stack->branches->len; i++) {
		const struct branch *branch = stack->branches->pdata[i];
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
			words_append(words, branch->condition,
				     stack->branches->len > 1 || branch->excluded);
	}
	return g_string_free(words, FALSE);
}

static void assume(GHashTable *assumed, const char *condition, bool holds)
{
	const char *positive = positive_form(condition, &holds);

	if (strcmp(positive, "1") && strcmp(positive, "0"))
		g_hash_table_insert(assumed, g_strdup(positive), GINT_TO_POINTER(holds));
}

/* Condition -> whether it holds in the present branches. */
static GHashTable *assumptions(const struct conditional_stack *stack)
{
	GHashTable *assumed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < stack->branches->len; i++) {
		const struct branch *branch = stack->branches->pdata[i];

		if (branch->is_guard)
			continue;
		for (guint j = 0; j < branch->past->len; j++)
			assume(assumed, branch->past->pdata[j], false);
		assume(assumed, branch->condition, true);
	}
	return assumed;
}

/* Obeys the directives that begin before an offset. */
static void stack_read(struct conditional_stack *stack, const char *text, size_t size,
		       size_t offset)
{
	struct tokenizer tokenizer = tokenizer_begin(text, size);
	struct token token, macro;

	while (tokenizer.at < offset && tokenizer_next(&tokenizer, &token))
		if (token.kind == TOKEN_DIRECTIVE)
			conditional_stack_directive(stack, &tokenizer, &token, &macro);
}

char *conditional_guard(const char *text, size_t size, size_t offset)
{
	struct conditional_stack stack = conditional_stack_new();
	char *words;
	bool dead;

	stack_read(&stack, text, size, offset);
	words = conditional_stack_words(&stack, &dead);
	conditional_stack_clear(&stack);
	return words;
}

char *conditional_force(const char *text, size_t size, size_t offset)
{
	struct conditional_stack before = conditional_stack_new(), stack;
	g_autoptr(GHashTable) assumed = NULL;

	stack_read(&before, text, size, offset);
	assumed = assumptions(&before);
	conditional_stack_clear(&before);
	if (!g_hash_table_size(assumed))
		return NULL;
	stack = conditional_stack_new();
	stack.assumed = assumed;
	stack.forced = g_memdup2(text, size + 1);
	stack_read(&stack, text, size, size);
	conditional_stack_clear(&stack);
	return stack.forced;
}
