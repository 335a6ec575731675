// SPDX-License-Identifier: GPL-2.0-only
#include "convert/tidy/local_variable.h"
#include "ctext/statement.h"

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
	       !token_is_any(tokens, index - 1,
			     (const char *const[]){ "struct", "union", "enum", NULL });
}

bool local_declared(const struct tokens *tokens, int index, struct local *local)
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
	int open = statement_block(tokens, first);

	*local = (struct local){ index, first, last,
				 open >= 0 ? tokens_match(tokens, open) : last, false };
	return true;
}

static bool param_find(const struct tokens *tokens, const struct token_function *function,
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

bool local_find(const struct tokens *tokens, const struct token_function *function,
		const char *word, int use, struct local *local)
{
	struct local seen;
	bool found = false;

	for (int i = tokens_find(tokens, word, function->open + 1, use); i >= 0;
	     i = tokens_find(tokens, word, i + 1, use)) {
		if (!local_declared(tokens, i, &seen) || seen.scope_end < use)
			continue;
		*local = seen;
		found = true;
	}
	return found || param_find(tokens, function, word, local);
}

bool local_is_only_one(const struct tokens *tokens, const struct token_function *function,
		       const char *word)
{
	struct local local;
	int found = param_find(tokens, function, word, &local);

	for (int i = tokens_find(tokens, word, function->open + 1, function->close); i >= 0;
	     i = tokens_find(tokens, word, i + 1, function->close)) {
		if (!local_declared(tokens, i, &local))
			continue;
		if (tokens_find(tokens, "static", local.first, local.name) >= 0)
			return false;
		found++;
	}
	return found == 1;
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
