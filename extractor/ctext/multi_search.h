/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CTEXT_MULTI_SEARCH_H
#define GUPCONV_CTEXT_MULTI_SEARCH_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * Looks for any of a set of identifiers in a text, faster than reading every
 * byte (Wu and Manber's shift table over three-byte blocks).
 */
struct multi_search;

struct multi_search *multi_search_new(const char *const *names, size_t count);
void multi_search_free(struct multi_search *search);
/* true when one of the names stands in the text as a whole identifier */
bool multi_search_hit(const struct multi_search *search, const char *text, size_t size);

#endif
