/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_REWRITE_MARKED_TEXT_H
#define GUPCONV_CONVERT_REWRITE_MARKED_TEXT_H

#include "convert/rewrite/text_edit.h"
#include "convert/select/site.h"
#include "ctext/tokens.h"

/* The name that stands for the site's very call while spatch runs. Caller frees. */
char *site_mark(const struct site *site);

/*
 * The text for spatch: loops of the sites (in the order of the text) normalised, the edits made,
 * and each callee replaced by its mark; not so if not marked. Caller frees.
 */
char *marked_text(const struct tokens *tokens, const GPtrArray *sites, const GArray *edits,
		  bool marked);

#endif
