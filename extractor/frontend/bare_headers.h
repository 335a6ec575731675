/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_BARE_HEADERS_H
#define GUPCONV_FRONTEND_BARE_HEADERS_H

#include <clang-c/Index.h>

#include "frontend/parse.h"
#include "frontend/pch.h"

/*
 * The headers of the whole kernel without the bodies of their inline functions. Two fifths of the
 * time that a file needs without a PCH go into such bodies, and no fact of the file comes from
 * them: a header whose bodies matter is a job of its own. libclang skips bodies only in all of a
 * translation unit, so it is given other texts.
 */
struct bare_headers;

/* A text that was made is kept until the end, for all files of a process. */
struct bare_headers *bare_headers_new(const struct tree *tree, struct includes *includes,
				      const struct knowledge *knowledge);
void bare_headers_free(struct bare_headers *headers);

/*
 * Calls visit() with the absolute path and the text of each header that a job's file may include
 * and that has such a body, but for the file itself and those of a PCH: a PCH and other texts of
 * its headers do not go together. pch may be NULL.
 */
void bare_headers_visit(struct bare_headers *headers, const struct parse_job *job,
			const struct pch *pch,
			void (*visit)(const char *full, const char *text, size_t size, void *data),
			void *data);

#endif
