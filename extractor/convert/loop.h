/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_LOOP_H
#define GUPCONV_LOOP_H

#include "lex.h"

enum loop_kind { LOOP_UP, LOOP_DOWN, LOOP_REST, LOOP_WHILE };
enum loop_dirty { DIRTY_NO, DIRTY_ALWAYS, DIRTY_IF };

/* A run of tokens, both ends inclusive; first < 0: none. */
struct range {
	int first, last;
};

/**
 * struct loop - a loop that does nothing but give back the pages of an array
 * @first: its first token
 * @last: its last one
 * @index: the word that counts
 * @count: the expression that it counts to or from
 * @array: the expression before the brackets
 * @offset: what is added to the index in the brackets, or none
 * @element: variable that takes each page, or -1; @element_declared in the loop
 * @dirty: whether the pages are dirtied too
 * @dirty_call: that call
 * @condition: of it, for DIRTY_IF
 */
struct loop {
	enum loop_kind kind;
	int first, last;
	int index;
	struct range count, array, offset;
	int element;
	bool element_declared, index_declared;
	enum loop_dirty dirty;
	int dirty_call;
	struct range condition;
};

/*
 * The loop around the call at token `callee`; "do S while (n);" counts as
 * "while (n) S", since what it gives back is there. False, with *reason in words, if
 * there is none that one call could replace.
 */
bool loop_parse(const struct source *source, int callee, struct loop *loop, const char **reason);

#endif
