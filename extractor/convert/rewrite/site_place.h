/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_SELECT_SITE_PLACE_H
#define GUPCONV_CONVERT_SELECT_SITE_PLACE_H

#include "convert/select/plan.h"
#include "convert/select/site_facts.h"
#include "convert/rewrite/template.h"

/* Where the file's sites are in the text that the rules start from; or why they are refused. */
void sites_locate(struct work_file *file, const struct tokens *text);
/* The rule for a site, and the tokens that it replaces; or why there is none. */
void site_choose(struct site *site, const struct work_file *file, const struct tokens *tokens,
		 const struct templates *templates, const struct site_facts *facts);

#endif
