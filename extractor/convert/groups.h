/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_GROUPS_H
#define GUPCONV_CONVERT_GROUPS_H

#include "convert/context.h"

/*
 * Acquires and releases that are joined by links change together or not at all:
 * refuses what belongs to a group that holds a site which cannot change. Returns
 * the files (struct work_file) to convert again without it.
 */
GPtrArray *groups_close(struct convert *convert);

/*
 * A pin that some put_page() gives back does more harm than one left out: where
 * a file has a release whose source is unknown, its groups stay.
 */
bool groups_doubt(struct convert *convert, GError **error);

#endif
