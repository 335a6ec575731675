/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PIPELINE_PATCHED_FILES_H
#define GUPCONV_PIPELINE_PATCHED_FILES_H

#include "db/db.h"

/**
 * struct patched_files - files of a tree that patches touch
 * @tree: the tree
 * @work: a folder with the patched texts of some of its files, or NULL
 * @paths: the files, from the tree's top, ended by NULL
 */
struct patched_files {
	const char *tree;
	const char *work;
	char **paths;
};

/*
 * Replaces the rows of patched_file, patched_contact and patched_object: who looks after
 * each of the files, what it is built as and for which architecture. In the caller's
 * transaction.
 */
bool patched_files_store(struct db *db, const struct patched_files *files, GError **error);

#endif
