/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_MISSING_HEADERS_H
#define GUPCONV_FRONTEND_MISSING_HEADERS_H

#include "frontend/parse_state.h"

/*
 * Adds to parse->missing the #include lines of a module's files whose header libclang did not
 * find. A header of the kernel that lacks one of its own is no matter of the module.
 */
void missing_headers_note(struct parse *parse, CXTranslationUnit tu);
/* Writes them as H lines, in order. */
void missing_headers_write(struct parse *parse);

#endif
