/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_LINK_KIND_H
#define GUPCONV_MODEL_LINK_KIND_H

#include "model/words.h"

/* link.kind: what a release is to an acquire. */
#define LINK_KINDS(X) \
	X(LINK_LINK, "link")		/* drops its pages */ \
	X(LINK_DECOY, "decoy")		/* drops pages of no acquire */ \
	X(LINK_MIXED, "mixed")		/* drops both kinds */ \
	X(LINK_UNKNOWN, "unknown")

enum link_kind { LINK_KINDS(WORDS_NAME) };

WORDS_DECLARE(link_kind);

#endif
