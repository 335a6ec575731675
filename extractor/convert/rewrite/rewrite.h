/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_REWRITE_REWRITE_H
#define GUPCONV_CONVERT_REWRITE_REWRITE_H

#include "convert/select/plan.h"
#include "convert/select/site_facts.h"
#include "convert/rewrite/template.h"

/*
 * Converts the sites of one file that are not refused yet. Sets file->after
 * (NULL when nothing changed) and each site's outcome, rule and reason. Only an
 * error of the tool or of the scratch folder is an error. Runs in any thread.
 */
bool rewrite_file(struct work_file *file, const struct templates *templates,
		  const struct site_facts *facts, const char *scratch, GError **error);

#endif
