/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_BASE_OPTION_VALUE_H
#define GUPCONV_BASE_OPTION_VALUE_H

#include <glib.h>
#include <string.h>

/* Of a compiler's option in one word: "dir" of "-Idir" for "-I"; NULL of any other option. */
static inline const char *option_value(const char *word, const char *option)
{
	return g_str_has_prefix(word, option) ? word + strlen(option) : NULL;
}

#endif
