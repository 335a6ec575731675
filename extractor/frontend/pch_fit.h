/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_PCH_FIT_H
#define GUPCONV_FRONTEND_PCH_FIT_H

#include <clang-c/Index.h>

#include "frontend/parse_state.h"
#include "frontend/pch.h"

/*
 * Whether a file gives the same facts with the headers that were parsed beforehand as without
 * them, so that its facts are its own and not those of the files that are indexed with it.
 */

/* The file is one of the headers that were parsed beforehand. */
bool pch_has(const struct pch *pch, const struct parse *parse);

/*
 * Before the file is parsed: the symbols and macros that the headers ask for, were parsed without,
 * and this file has, as a set (char *); mostly empty. NULL: the headers are no help to it.
 */
GHashTable *pch_doubts(const struct pch *pch, struct parse *parse);

/*
 * After it was parsed with the headers: it has to be parsed again without them. With @doubts that
 * is so after any error: under another configuration it may be none.
 */
bool pch_misleads(struct parse *parse, const struct pch *pch, GHashTable *doubts);

#endif
