/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CTEXT_CALL_SCANNER_H
#define GUPCONV_CTEXT_CALL_SCANNER_H

#include <glib.h>
#include <stdbool.h>

/**
 * struct text_call - "name (" as text, outside comments and strings
 * @name: the identifier, owned by the set of names given to call_scanner_find()
 * @line: from 1
 * @column: in bytes, from 1
 * @offset: of the name in the text, in bytes from 0
 * @function: the function around it as far as text can tell, or ""
 * @function_line: where that function's body opens
 * @guard: its #if stack in words, "" for none
 * @macro: the macro whose definition it stands in, or ""
 * @dead: under #if 0
 */
struct text_call {
	const char *name;
	unsigned int line;
	unsigned int column;
	size_t offset;
	char *function;
	unsigned int function_line;
	char *guard;
	char *macro;
	bool dead;
};

/**
 * struct text_span - from one position of a text to another
 * @line, @column: of the first byte, both from 1; columns are in bytes
 * @end_line, @end_column: of the last byte
 */
struct text_span {
	unsigned int line, column;
	unsigned int end_line, end_column;
};

void text_call_free(void *call);

/*
 * The calls of the names (a set of strings) in a C file, in file order, as
 * text_call. Not counted: declarations and definitions (anything outside
 * function bodies and macro definitions) and members (a->name(), a.name()).
 */
GPtrArray *call_scanner_find(const char *text, size_t size, GHashTable *names);

/*
 * The arguments of the call whose name stands at offset, comments out and
 * white space folded. Stops at the end of the text when it is truncated.
 */
GPtrArray *call_scanner_arguments(const char *text, size_t size, size_t offset);

/*
 * Where the arguments of a call stand, as struct text_span: from the first to the last
 * token of each; line 0 for an empty one. *close is the last parenthesis. NULL when the
 * call is not closed.
 */
GArray *call_scanner_spans(const char *text, size_t size, const struct text_call *call,
			   struct text_span *close);

#endif
