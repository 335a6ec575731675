/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_BASE_CTYPE_WORD_H
#define GUPCONV_BASE_CTYPE_WORD_H

#include <glib.h>
#include <stdbool.h>

/* Can an identifier of C source begin with the byte? Bytes of other scripts count. */
static inline bool text_word_start(char c)
{
	return g_ascii_isalpha(c) || c == '_' || c == '$' || (c & 0x80);
}

/* Can it be part of one? */
static inline bool text_word_char(char c)
{
	return text_word_start(c) || g_ascii_isdigit(c);
}

#endif
