/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_CONTEXT_H
#define GUPCONV_CONVERT_CONTEXT_H

#include "convert/rewrite/template.h"
#include "convert/select/plan.h"
#include "convert/select/site_facts.h"
#include "convert/workspace/overlay.h"

/**
 * struct convert - one run
 * @only: what to convert, or NULL; see plan_load()
 * @jobs: files at a time
 * @era, @tree: of the database; @kernel: that a module is for, or NULL
 * @scratch: a temporary folder, gone at the end
 * @facts: graphs of the index
 * @overlay: the scratch work tree over the tree
 * @core: paths that patch sources changed
 * @sources: the sources of sites/ that are in the scratch tree; see sources.h
 */
struct convert {
	struct db *db;
	const char *only;
	int jobs;
	enum era era;
	char *tree, *kernel, *scratch;
	struct overlay *overlay;
	struct templates *templates;
	struct plan *plan;
	struct site_facts *facts;
	GPtrArray *core, *sources;
};

#endif
