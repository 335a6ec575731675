/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_BASE_CTYPE_WORD_H
#define GUPCONV_BASE_CTYPE_WORD_H

#include <stdbool.h>

/* Of each byte: 0 is no part of an identifier, 1 can begin one, 2 can only go on with one. */
extern const unsigned char text_word_class[256];

/* Can an identifier of C source begin with the byte? Bytes of other scripts count. */
static inline bool text_word_start(char c)
{
	return text_word_class[(unsigned char)c] == 1;
}

/* Can it be part of one? */
static inline bool text_word_char(char c)
{
	return text_word_class[(unsigned char)c] != 0;
}

#endif
