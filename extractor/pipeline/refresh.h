/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PIPELINE_REFRESH_H
#define GUPCONV_PIPELINE_REFRESH_H

#include "pipeline/indexer.h"

/**
 * enum refresh - how much of an index remains of the earlier one ("early cutoff" of build systems)
 * @REFRESH_NONE: nothing
 * @REFRESH_KEYS: all but the keys of facts: texts have changed, and their facts are the same
 * @REFRESH_ALL: everything
 */
enum refresh { REFRESH_NONE, REFRESH_KEYS, REFRESH_ALL };

/* After the last round of following. */
enum refresh refresh_of(struct indexer *ix);
/* Makes a copy of the earlier database at path, with the keys of now. */
bool refresh_keys(struct indexer *ix, const char *path, GError **error);

#endif
