/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_SELECT_LOOP_PATTERN_H
#define GUPCONV_CONVERT_SELECT_LOOP_PATTERN_H

#include "model/api.h"
#include "convert/select/token_range.h"
#include "model/reason.h"

enum loop_kind { LOOP_UP, LOOP_DOWN, LOOP_REST, LOOP_WHILE };
enum loop_dirty { DIRTY_NO, DIRTY_ALWAYS, DIRTY_IF };
/* "pages && i < n"; "if (pages[i])" around the release. */
enum loop_guard { GUARD_NO, GUARD_ARRAY, GUARD_ENTRY };
/* The index in the brackets: i; --i (or i, behind "i--;"); i - 1; i++. */
enum loop_entry { ENTRY_PLAIN, ENTRY_LOWERED, ENTRY_BELOW, ENTRY_RAISED };

/**
 * struct loop - a loop that does nothing but give back the pages of an array
 * @first: its first token
 * @last: its last one
 * @index: the word that counts
 * @start: what it counts from, for LOOP_REST; none: what the index is already
 * @count: the expression that it counts to or from
 * @array: the expression before the brackets
 * @offset: what is added to the index in the brackets, or none
 * @element: variable that takes each page, or -1; @element_declared in the loop
 * @dirty: whether the pages are dirtied too
 * @dirty_sleeps: by a call that takes the lock of each page
 * @condition: of it, for DIRTY_IF; of GUARD_ARRAY
 */
struct loop {
	enum loop_kind kind;
	enum loop_entry entry;
	enum loop_guard guard;
	int first, last;
	int index;
	struct token_range start, count, array, offset;
	int element;
	bool element_declared, index_declared;
	enum loop_dirty dirty;
	bool dirty_sleeps;
	struct token_range condition, guarding;
};

/*
 * The loop around the call at token `callee`; "do S while (n);" counts as
 * "while (n) S", since what it gives back is there. False, with *reason in words, if
 * there is none that one call could replace.
 */
bool loop_parse(const struct tokens *tokens, const struct api_table *apis, int callee,
		struct loop *loop, enum reason_code *reason);

/* Is a call in no loop, in one that counts, in one over a list ("for_each_...")? */
enum loop_around { AROUND_NONE, AROUND_LOOP, AROUND_WALK };

/* Of the innermost loop around the call. */
enum loop_around loop_around(const struct tokens *tokens, const struct token_function *function,
			     int callee);

/*
 * The tokens between the loop's braces, or its only statement: what loop_parse() calls when
 * it knows how the loop counts.
 */
bool loop_body_parse(const struct tokens *tokens, const struct api_table *apis, struct loop *loop,
		     struct token_range body, int callee, enum reason_code *reason);
/* "i++", "++i", "i += 1" with those operators. */
bool loop_steps(const struct tokens *tokens, struct token_range range, int index, const char *twice,
		const char *by);

#endif
