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

#endif
