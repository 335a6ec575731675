/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PIPELINE_INCREMENTAL_H
#define GUPCONV_PIPELINE_INCREMENTAL_H

#include "source/source_overlay.h"
#include "db/db.h"

/**
 * struct incremental_options - an index of a tree that differs little from an indexed one
 * @from: database of the tree
 * @tree: where it is
 * @change: how it is to be seen, or NULL for as it is
 * @doubted: set of paths that may be other than @from knows them, besides those of @change.
 *	Every other file is taken to be as it was: the tree is not walked.
 * @to: database to make
 * @tells: warn on stderr when that is many files
 */
struct incremental_options {
	const char *from;
	const char *tree;
	const struct source_overlay *change;
	GHashTable *doubted;
	const char *to;
	unsigned int workers;
	unsigned int timeout;
	bool tells;
};

/* *same: it would be @from again, and @to was not made. */
bool incremental_build(const struct incremental_options *options, bool *same, GError **error);

/* Whether a header is among its doubted paths; again may be NULL. */
bool incremental_has_header(const struct incremental_options *again);

#endif
