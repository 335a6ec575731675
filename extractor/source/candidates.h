/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_SOURCE_CANDIDATES_H
#define GUPCONV_SOURCE_CANDIDATES_H

#include "source/tree_files.h"
#include "source/word_index.h"

/* A file that names an acquire, or a release that only acquired pages have. */
struct candidate {
	char *path;
	bool readable;
};

/*
 * Sorted by path; of struct candidate. names: the identifiers to look for
 * (char *); of a module every file is one. The path of every .h file of the tree is added to
 * headers (the text is that of @files), what the others may use to words; not those of a module.
 */
GPtrArray *candidates_find(const struct tree *tree, const GArray *files,
			   GPtrArray *names, GHashTable *headers, struct word_index *words);

/* By path. */
void candidates_sort(GPtrArray *candidates);

/* The same of these paths alone (char *), whatever else the tree has. */
GPtrArray *candidates_among(const struct tree *tree, GPtrArray *names, GPtrArray *paths);

#endif
