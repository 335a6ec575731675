/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_SELECT_PLAN_H
#define GUPCONV_CONVERT_SELECT_PLAN_H

#include "convert/select/site.h"
#include "db/db.h"

/**
 * struct plan - everything that one run has to do
 * @sites: struct site, all that have a decision, by id
 * @files: struct work_file, by path
 */
struct plan {
	GPtrArray *sites;
	GPtrArray *files;
};

/* only: a site's id, "path:line", a path or folder, or a subsystem; NULL for all. */
struct plan *plan_load(struct db *db, const char *only, GError **error);
void plan_free(struct plan *plan);

#endif
