// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/select/locals.h"

static const char *const type_words[] = {
	"int", "unsigned", "long", "short", "char", "signed", "bool", "struct", "union", "enum",
	"const", "static", "volatile", "register", "u8", "u16", "u32", "u64", "s8", "s16", "s32",
	"s64", "__u32", "__u64", "__s32", "ulong", "uint", "size_t", "ssize_t", "loff_t", NULL,
};

static const char *const statement_words[] = {
	"return", "goto", "else", "case", "default", "do", "break", "continue", "sizeof", "if",
	"for", "while", "switch", "typeof", NULL,
};

static bool is_word(const struct tokens *tokens, int index)
{
	return index >= 0 && index < tokens_count(tokens) &&
	       tokens_at(tokens, index)->kind == TOKEN_WORD;
}

int block_open(const struct tokens *tokens, int token)
{
	for (int i = token - 1; i >= 0; i--) {
		int match = tokens_match(tokens, i);

		if (match >= 0 && match < i)
			i = match;
		else if (token_is(tokens, i, "{"))
			return i;
	}
	return -1;
}

int enclosing_call(const struct tokens *tokens, int token)
{
	for (int i = token - 1; i > 0; i--) {
		int match = tokens_match(tokens, i);

		if (match >= 0 && match < i)
			i = match;
		else if (token_is(tokens, i, "(") && tokens_at(tokens, i - 1)->kind == TOKEN_WORD &&
			 !token_is_any(tokens, i - 1, (const char *const[]){ "if", "for", "while",
								"switch", "return", NULL }))
			return i - 1;
	}
	return -1;
}

/* The first token behind the labels that begin at `first`, at the latest `token`. */
static int skip_labels(const struct tokens *tokens, int first, int token)
{
	while (first < token) {
		int colon = first + 1;

		if (token_is(tokens, first, "case")) {
			while (colon < token && !token_is(tokens, colon, ":"))
				colon++;
		} else if (!is_word(tokens, first) || !token_is(tokens, colon, ":")) {
			break;
		}
		if (colon >= token)
			break;
		first = colon + 1;
	}
	return first;
}

int statement_first(const struct tokens *tokens, int token)
{
	int at = token;

	while (at > 0) {
		int before = at - 1, match = tokens_match(tokens, before);

		if (token_is_any(tokens, before, (const char *const[]){ ";", "{", "}", NULL }))
			break;
		if (match >= 0 && match < before)
			before = match;
		at = before;
	}
	return skip_labels(tokens, at, token);
}

/* Last token of a statement that is no if, loop or switch. */
static int plain_last(const struct tokens *tokens, int first)
{
	int count = tokens_count(tokens);

	for (int i = first; i < count; i++) {
		int match = tokens_match(tokens, i);

		if (i == first && token_is(tokens, i, "{"))
			return match > i ? match : count - 1;
		if (token_is(tokens, i, ";") || token_is(tokens, i, "}"))
			return i;
		if (match > i)
			i = match;
	}
	return count - 1;
}

static bool has_head(const struct tokens *tokens, int at)
{
	static const char *const heads[] = { "if", "for", "while", "switch", NULL };

	return token_is_any(tokens, at, heads) && token_is(tokens, at + 1, "(") &&
	       tokens_match(tokens, at + 1) > 0;
}

/* Without recursion: the depth of what a file nests is its own choice. */
int statement_last(const struct tokens *tokens, int first)
{
	int at = first, last, ifs = 0;

	while (at < tokens_count(tokens)) {
		if (has_head(tokens, at)) {
			ifs += token_is(tokens, at, "if");
			at = tokens_match(tokens, at + 1) + 1;
			continue;
		}
		last = plain_last(tokens, token_is(tokens, at, "do") ? at + 1 : at);
		if (token_is(tokens, at, "do") && token_is(tokens, last + 1, "while"))
			last = plain_last(tokens, last + 1);
		if (!ifs || !token_is(tokens, last + 1, "else"))
			return last;
		ifs--;
		at = last + 2;
	}
	return tokens_count(tokens) - 1;
}

/* Does a declaration start at the token? */
static bool declares(const struct tokens *tokens, int first)
{
	int at = first;

	if (token_is_any(tokens, first, statement_words))
		return false;
	if (token_is_any(tokens, first, type_words))
		return true;
	if (!is_word(tokens, first))
		return false;
	for (at = first + 1; token_is(tokens, at, "*"); at++)
		;
	return is_word(tokens, at) &&
	       token_is_any(tokens, at + 1, (const char *const[]){ "=", ";", ",", "[", NULL });
}

/* Is the word at index the name that a declarator of first..last gives? */
static bool is_declarator(const struct tokens *tokens, int first, int last, int index)
{
	if (index == first || !token_is_any(tokens, index + 1,
			(const char *const[]){ "=", ";", ",", "[", ":", NULL }))
		return false;
	for (int i = first; i < index; i++) {
		int match = tokens_match(tokens, i);

		if (match > i && match < index)
			i = match;
		else if (match > index)
			return false;
		if (token_is(tokens, i, "=")) {
			/* An initializer runs to the next comma outside of brackets. */
			while (i < index && !token_is(tokens, i, ",")) {
				match = tokens_match(tokens, i);
				if (match > index)
					return false;
				i = match > i ? match + 1 : i + 1;
			}
			if (i >= index)
				return false;
		}
	}
	return index < last && !token_is(tokens, index - 1, ".") &&
	       !token_is(tokens, index - 1, "->") &&
	       !token_is_any(tokens, index - 1, (const char *const[]){ "struct", "union", "enum", NULL });
}

static bool declaration_of(const struct tokens *tokens, int index, struct local *local)
{
	int first = statement_first(tokens, index), last;

	if (first > 1 && token_is(tokens, first - 1, ";") && !declares(tokens, first))
		return false;
	/* "for (int i = 0; ...": the statement starts inside of the parenthesis. */
	if (token_is(tokens, first, "for") && index > first + 2 && declares(tokens, first + 2)) {
		last = first + 2;
		while (!token_is(tokens, last, ";") && last < tokens_count(tokens) - 1)
			last++;
		if (index < last && is_declarator(tokens, first + 2, last, index)) {
			*local = (struct local){ index, first + 2, last,
						 statement_last(tokens, first), false };
			return true;
		}
		return false;
	}
	if (!declares(tokens, first))
		return false;
	last = statement_last(tokens, first);
	if (!is_declarator(tokens, first, last, index))
		return false;
	int open = block_open(tokens, first);

	*local = (struct local){ index, first, last,
				 open >= 0 ? tokens_match(tokens, open) : last, false };
	return true;
}

static bool param_find(const struct tokens *tokens, const struct function *function,
		       const char *word, struct local *local)
{
	int close = tokens_match(tokens, function->params);
	int index = tokens_find(tokens, word, function->params + 1, close - 1), first = index;

	if (index < 0)
		return false;
	while (first - 1 > function->params && !token_is(tokens, first - 1, ","))
		first--;
	*local = (struct local){ index, first, index + 1, function->close, true };
	return true;
}

bool local_find(const struct tokens *tokens, const struct function *function, const char *word,
		int use, struct local *local)
{
	struct local seen;
	bool found = false;

	for (int i = tokens_find(tokens, word, function->open + 1, use); i >= 0;
	     i = tokens_find(tokens, word, i + 1, use)) {
		if (!declaration_of(tokens, i, &seen) || seen.scope_end < use)
			continue;
		*local = seen;
		found = true;
	}
	return found || param_find(tokens, function, word, local);
}

bool local_is_unsigned(const struct tokens *tokens, const struct local *local)
{
	static const char *const words[] = {
		"unsigned", "size_t", "u8", "u16", "u32", "u64", "__u8", "__u16", "__u32", "__u64",
		"ulong", "uint", "uint32_t", "uint64_t", "uint16_t", "uint8_t", "uintptr_t",
		"pgoff_t", "sector_t", "dma_addr_t", "phys_addr_t", "resource_size_t", "bool", NULL,
	};

	for (int i = local->first; i < local->name; i++)
		if (token_is_any(tokens, i, words))
			return true;
	return false;
}

/* The bytes of a declaration that go, with the comma or the line that is then too much. */
static void declaration_cut(const struct tokens *tokens, const struct local *local,
			    guint *start, guint *end)
{
	const char *text = tokens->text;
	int before = local->name - 1, after = local->name + 1;

	for (int match; !token_is(tokens, after, ",") && after < local->last;
	     after = (match = tokens_match(tokens, after)) > after ? match + 1 : after + 1)
		;
	while (before > local->first && token_is(tokens, before, "*"))
		before--;
	if (token_is(tokens, before, ",")) {
		*start = tokens_at(tokens, before)->start;
		*end = tokens_at(tokens, after - 1)->end;
		return;
	}
	if (token_is(tokens, after, ",")) {
		*start = tokens_at(tokens, before + 1)->start;
		*end = tokens_at(tokens, after + 1)->start;
		return;
	}
	*start = tokens_at(tokens, local->first)->start;
	*end = tokens_at(tokens, local->last)->end;
	while (*start && (text[*start - 1] == ' ' || text[*start - 1] == '\t'))
		(*start)--;
	if (text[*end] == '\n')
		(*end)++;
	/* A block that began with its only declaration does not begin with an empty line. */
	if (token_is(tokens, local->first - 1, "{") && text[*end] == '\n')
		(*end)++;
}

static int uses(const struct tokens *tokens, const char *word, int from, int to)
{
	int count = 0;

	for (int i = tokens_find(tokens, word, from, to); i >= 0;
	     i = tokens_find(tokens, word, i + 1, to))
		count += !token_is(tokens, i - 1, "->") && !token_is(tokens, i - 1, ".");
	return count;
}

/* An initializer that calls something must stay. */
static bool initializer_acts(const struct tokens *tokens, const struct local *local)
{
	for (int i = local->name + 1; i < local->last && !token_is(tokens, i, ","); i++)
		if (token_is(tokens, i, "(") || token_is(tokens, i, "++") ||
		    token_is(tokens, i, "--"))
			return true;
	return false;
}

/* A declaration in the function of a name that old uses more often than new. */
static bool unused_find(const struct tokens *old, const struct function *was,
			const struct tokens *new, const struct function *is, struct local *local)
{
	for (int i = is->open + 1; i < is->close; i++) {
		g_autofree char *word = is_word(new, i) ? token_text(new, i) : NULL;

		if (!word || token_is(new, i - 1, "->") || token_is(new, i - 1, ".") ||
		    !declaration_of(new, i, local) || local->param)
			continue;
		if (uses(new, word, i, local->scope_end) == 1 &&
		    uses(old, word, was->open, was->close) > uses(new, word, is->open, is->close) &&
		    !initializer_acts(new, local))
			return true;
	}
	return false;
}

static char *clean_once(const struct tokens *old, const char *text)
{
	g_autoptr(tokens_t) new = tokens_new(text, strlen(text));

	/* A conversion neither adds nor removes functions: they pair up by order. */
	for (guint i = 0; new->functions->len == old->functions->len && i < new->functions->len; i++) {
		const struct function *is = &g_array_index(new->functions, struct function, i);
		const struct function *was = &g_array_index(old->functions, struct function, i);
		struct local local;
		guint start, end;
		GString *out;

		if (tokens_equal(old, was->open, was->close, new, is->open, is->close) ||
		    !unused_find(old, was, new, is, &local))
			continue;
		declaration_cut(new, &local, &start, &end);
		out = g_string_new(text);
		g_string_erase(out, start, end - start);
		return g_string_free(out, FALSE);
	}
	return NULL;
}

char *locals_clean(const char *old_text, const char *text)
{
	g_autoptr(tokens_t) old = tokens_new(old_text, strlen(old_text));
	char *clean = g_strdup(text), *next;

	while ((next = clean_once(old, clean))) {
		g_free(clean);
		clean = next;
	}
	return clean;
}
