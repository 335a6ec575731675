/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_SELECT_MACRO_SITES_H
#define GUPCONV_CONVERT_SELECT_MACRO_SITES_H

#include "convert/select/site.h"

/*
 * Calls that a macro's body makes. The body is one text for all uses: it changes
 * if every use wants that, with the groups of all of them; else none does.
 * sites: of struct site, all of a plan.
 */

/* Before anything is chosen: the bodies want what all of their uses want. */
void macros_join(GPtrArray *sites);
/* After the conversion: the uses are what their bodies are. */
void macros_finish(GPtrArray *sites);

#endif
