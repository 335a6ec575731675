/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_FACT_ARCHIVE_H
#define GUPCONV_MODEL_FACT_ARCHIVE_H

#include <glib.h>

/*
 * How a worker's answer is kept in the database: zlib's format, over the text that
 * fact_loader_load() has kept, where a number stands for each graph.
 */

/* The same text always gives the same bytes. */
GBytes *fact_archive_pack(const char *kept);
/*
 * The worker's answer as it was; graphs: those of table cfg, number 1 at index 0. NULL when
 * the bytes are no such answer. Caller frees.
 */
char *fact_archive_unpack(GBytes *bytes, const GPtrArray *graphs);

#endif
