/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CTEXT_HEADER_BODIES_H
#define GUPCONV_CTEXT_HEADER_BODIES_H

#include <stdbool.h>
#include <stddef.h>

#include "ctext/tokens.h"

/*
 * A precompiled header has no bodies of functions. To read those of one of its headers, the
 * parser gets this header once more, without all else: a second definition, under another name.
 */

/* Stands before the name of each function; no name of the kernel begins like this. */
#define BODY_MARK "inline$"
/* Behind the path of a header that stands for its functions alone. */
#define BODIES_SUFFIX ".bodies.c"

/*
 * The directives of a header and the definitions of its static functions, each on the lines
 * that it has there; blanks for all else, and for the header's guard. A call in a body keeps
 * its column. Caller frees.
 */
char *header_bodies_text(const char *text, size_t size);

/*
 * The header without the bodies of its inline functions: each is a declaration, and all else is
 * on the line and in the column that it has there. A body with a directive in it stays. NULL
 * where no body was taken out; caller frees.
 */
char *header_declarations_text(const char *text, size_t size);

/*
 * true if a static function of the header may keep what one of its pointers has: it gives a
 * pointer back, or is given a second one to leave it in
 */
bool header_function_hands_on(const struct tokens *tokens, const char *name);

/*
 * Calls visit() for each call in the bodies of a static function and, of the same header, of those
 * that it calls.
 */
void header_calls_visit(const struct tokens *tokens, const char *name,
			void (*visit)(const char *callee, void *data), void *data);

#endif
