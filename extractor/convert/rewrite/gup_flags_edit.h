/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_REWRITE_GUP_FLAGS_EDIT_H
#define GUPCONV_CONVERT_REWRITE_GUP_FLAGS_EDIT_H

#include "convert/rewrite/text_edit.h"
#include "convert/select/plan.h"
#include "convert/select/site_facts.h"

/*
 * The flags of an acquire that becomes a pin. FOLL_GET requests the ordinary reference that a pin
 * takes the place of: each pin_user_pages*() warns and refuses it. It goes from the argument, and
 * where that is a local variable or a macro of the file, from all that it is made of. The flags
 * that the decision adds are put behind what remains.
 *
 * Adds to the edits; NULL, or why the flags are not understood.
 */
struct reason *gup_flags_edit(const struct site *site, const struct tokens *tokens,
			      const struct site_facts *facts, GArray *edits);

#endif
