/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PIPELINE_INDEX_H
#define GUPCONV_PIPELINE_INDEX_H

#include "model/api_file.h"
#include "model/decisions_file.h"
#include "db/db.h"

/* As often as pages led to further files in any tree so far, and twice that. */
#define FOLLOW_ROUNDS 9
/* Further files at most; the trees so far have a tenth of that. */
#define FOLLOW_FILES 400

/**
 * struct index_options - what to index and how
 * @tree: path of the kernel tree, or of a module
 * @kernel: that the module is for, or NULL for a tree
 * @db: database to build or refresh
 * @workers: parser processes
 * @timeout: CPU seconds a file may take
 * @follow: how many times at most to take in the files that the pages lead to
 * @compile_commands: path of a compile_commands.json, or NULL
 * @build_from: of a module: path of a build's record (build_record.h), or NULL
 * @explain: of a module: say how it is built
 * @own: functions of the user's own tree
 * @decisions: what a person has decided about acquires
 */
struct index_options {
	const char *tree;
	const char *kernel;
	const char *db;
	unsigned int workers;
	unsigned int timeout;
	unsigned int follow;
	const char *compile_commands;
	const char *build_from;
	bool explain;
	const struct api_file *own;
	const struct decisions_file *decisions;
};

/* The outcome of a run; explanation: see explain_build.h, or NULL. g_free() it. */
struct index_summary {
	size_t candidates;
	size_t further;		/* files that the pages lead to */
	size_t parsed;		/* not taken from the cache */
	char *explanation;
	bool unchanged;		/* the database was left as it is */
};

/*
 * Builds the database beside the old one and renames it over. On failure,
 * and when nothing changed, the old one stays as it is.
 */
bool index_build(const struct index_options *options, struct index_summary *summary,
		 GError **error);

#endif
