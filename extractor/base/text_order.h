/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_BASE_TEXT_ORDER_H
#define GUPCONV_BASE_TEXT_ORDER_H

#include <string.h>

/* For g_ptr_array_sort() of strings: by their bytes. */
static inline int text_order(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

#endif
