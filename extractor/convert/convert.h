/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_CONVERT_H
#define GUPCONV_CONVERT_CONVERT_H

#include "convert/overlay.h"
#include "convert/select/plan.h"
#include "convert/select/rules.h"

/**
 * struct convert - one run
 * @only: what to convert, or NULL; see plan_load()
 * @jobs: files at a time
 * @era, @tree: of the database; @kernel: that a module is for, or NULL
 * @scratch: a temporary folder, gone at the end
 * @overlay: the scratch work tree over the tree
 * @core: paths that patch sources changed
 * @sources: the sources of sites/ that are in the scratch tree; see sources.c
 */
struct convert {
	struct db *db;
	const char *only;
	int jobs;
	enum era era;
	char *tree, *kernel, *scratch;
	struct overlay *overlay;
	struct rules *rules;
	struct plan *plan;
	GPtrArray *core, *sources;
};

/* Reads the database's meta rows and makes the scratch tree. */
bool convert_open(struct convert *convert, GError **error);
/* The core patches that conversions rely on, into the scratch tree. */
bool convert_core(struct convert *convert, GError **error);
/* Converts what the plan holds. */
bool convert_files(struct convert *convert, GError **error);
/* Rows of edit_site, edit_file and edit_check, inside of the caller's transaction. */
bool convert_store(struct convert *convert, GError **error);
/* A warning for each file of which another number of sites changed than was to. */
bool convert_tell(struct convert *convert, GError **error);
/* One unified diff of the tree against edit_file and the core patches. */
bool convert_diff(struct convert *convert, GString *out, GError **error);
void convert_close(struct convert *convert);

/* Names everything that a result depends on: the same key, the same result. */
char *convert_key(struct convert *convert);

#endif
