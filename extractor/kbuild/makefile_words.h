/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_KBUILD_MAKEFILE_WORDS_H
#define GUPCONV_KBUILD_MAKEFILE_WORDS_H

#include <glib.h>
#include <stdbool.h>

/* true where a "$(" or "${" stands */
bool make_reference_starts(const char *p);
/* Past the closing parenthesis of a reference whose inside starts here. */
const char *make_reference_end(const char *p);

/* Splits at white space outside of references; adds copies. */
void make_words_add(GPtrArray *words, const char *text);

#endif
