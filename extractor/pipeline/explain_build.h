/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PIPELINE_EXPLAIN_BUILD_H
#define GUPCONV_PIPELINE_EXPLAIN_BUILD_H

#include "pipeline/indexer.h"

/*
 * How a module is built, as far as that was understood, for people: objects with their sources,
 * flags of each source, and the notes. g_free() it. Of an indexer whose notes are collected.
 */
char *explain_build(struct indexer *ix);

#endif
