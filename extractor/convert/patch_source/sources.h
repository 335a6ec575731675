/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_PATCH_SOURCE_SOURCES_H
#define GUPCONV_CONVERT_PATCH_SOURCE_SOURCES_H

#include "convert/context.h"

/**
 * struct applied_source - a source of sites/ that is in the scratch tree
 * @label: ROOM/NAME
 * @paths: what it changed
 * @settles: "PATH: FUNCTION" of acquires that are right now although their text is as it was
 * @leaves: the same of releases that it has left as they are for a reason
 */
struct applied_source {
	char *label;
	GPtrArray *paths;
	char **settles, **leaves;
};

void applied_source_free(gpointer data);

/*
 * Patch sources that go before the conversions, into the scratch tree: those of core/ that
 * bring functions which conversions call, and those of sites/ (with the ones of core/ that
 * say part=sites) for what no rule can do. A source that does not fit is a warning.
 */
bool sources_apply(struct convert *convert, GError **error);
/* Sites that a source of sites/ has changed, settled or left: converted or kept, by that source. */
void sources_settle(struct convert *convert);

#endif
