/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CTEXT_CONDITIONAL_STACK_H
#define GUPCONV_CTEXT_CONDITIONAL_STACK_H

#include "ctext/tokenizer.h"

/**
 * struct conditional_stack - the #if ... #endif levels around a place in a text
 * @branches: a level each, the outermost first; private
 * @depth: brackets that are open, kept by the reader of the text: an #else
 *	sets it to what it was at its #if, so that
 *	"#if A if (x) { #else if (y) { #endif" opens one
 * @seen_directive: a directive came before: an #ifndef is no include guard then
 * @assumed: condition -> whether it holds, for conditional_force(); else NULL
 * @forced: copy of the text in which it is made to hold; else NULL
 */
struct conditional_stack {
	GPtrArray *branches;
	guint depth;
	bool seen_directive;
	GHashTable *assumed;
	char *forced;
};

struct conditional_stack conditional_stack_new(void);
void conditional_stack_clear(struct conditional_stack *stack);

/*
 * Obeys the directive that a TOKEN_DIRECTIVE begins, and reads on behind its
 * line. A #define is left where its name ends, since its body is text as any
 * other: then true, and *macro is the name, or empty without one.
 */
bool conditional_stack_directive(struct conditional_stack *stack, struct tokenizer *tokenizer,
				 const struct token *hash, struct token *macro);

/*
 * All conditions as one expression, "" for none; *dead: a branch of it is
 * #if 0. Include guards are left out. Caller frees.
 */
char *conditional_stack_words(const struct conditional_stack *stack, bool *dead);

/* The same of the directives that begin before an offset. */
char *conditional_guard(const char *text, size_t size, size_t offset);
/*
 * A copy of a text that ends with NUL in which the #if stack at an offset
 * holds, whatever its symbols are: its conditions, wherever else they stand,
 * are replaced in place. Lines and columns stay. NULL when there are none.
 */
char *conditional_force(const char *text, size_t size, size_t offset);

#endif
