/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_FAMILY_H
#define GUPCONV_MODEL_FAMILY_H

#include "model/words.h"

/* api.family: of acquires and releases. */
#define FAMILIES(X) \
	X(FAMILY_NONE, "") \
	X(FAMILY_GET, "get") \
	X(FAMILY_PUT_USER, "put_user") \
	X(FAMILY_PIN, "pin") \
	X(FAMILY_ITER, "iter")		/* iov_iter_get_pages*() */ \
	X(FAMILY_EXTRACT, "extract")	/* iov_iter_extract_pages() */ \
	X(FAMILY_VEC, "vec")		/* frame vectors */

enum family { FAMILIES(WORDS_NAME) };

WORDS_DECLARE(family);

/* Pages of such an acquire go back by unpin_user_page*(). */
static inline bool family_is_pinned(enum family family)
{
	return family == FAMILY_PIN || family == FAMILY_EXTRACT;
}

#endif
