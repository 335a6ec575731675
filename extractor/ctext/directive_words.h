/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CTEXT_DIRECTIVE_WORDS_H
#define GUPCONV_CTEXT_DIRECTIVE_WORDS_H

#include <glib.h>
#include <stddef.h>

/*
 * Identifiers on lines of the preprocessor. A line is read for itself: comments are not told
 * from code, and a line that a backslash continues ends there.
 */

/*
 * Calls visit() for each identifier of an #if, #ifdef, #ifndef or #elif, keywords as well. Not
 * for an #ifndef that the #define of its name follows: whoever defines it later has his own.
 */
void directive_tests_visit(const char *text, size_t size,
			   void (*visit)(const char *word, size_t length, void *data), void *data);

/* The same for the name of each #define that comes before the first #include. */
void directive_defines_visit(const char *text, size_t size,
			     void (*visit)(const char *word, size_t length, void *data),
			     void *data);

/**
 * struct macro_definition - a #define, and what it depends on
 * @name: @length bytes; not ended by NUL
 * @body: what comes behind the name, up to @end: the parameters, and lines that are continued
 * @tests: identifiers (char *) of the conditions around it, keywords as well, each level once
 */
struct macro_definition {
	const char *name;
	size_t length;
	const char *body, *end;
	const GPtrArray *tests;
};

/* Calls visit() for each #define. Its conditions are those that directive_tests_visit() gives. */
void directive_macros_visit(const char *text, size_t size,
			    void (*visit)(const struct macro_definition *macro, void *data),
			    void *data);

/* Calls visit() for each identifier and keyword of a text, those of its comments as well. */
void text_words_visit(const char *text, const char *end,
		      void (*visit)(const char *word, size_t length, void *data), void *data);

#endif
