/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PIPELINE_BUILD_NOTES_H
#define GUPCONV_PIPELINE_BUILD_NOTES_H

#include "model/build_note.h"
#include "pipeline/indexer.h"

GPtrArray *build_notes_new(void);
void build_notes_add(struct indexer *ix, enum build_note_kind kind, const char *path, guint line,
		     const char *detail);

/*
 * Of a module whose facts are there: what of its Makefiles is not understood, sources without a
 * rule, objects without a source, headers that were not found. Sorts them all; a warning for
 * each kind that makes the index less than whole.
 */
void build_notes_collect(struct indexer *ix);
bool build_notes_write(const struct indexer *ix, struct db *db, GError **error);
/* Adds them to the hash of what the database depends on. */
void build_notes_sum(const struct indexer *ix, GChecksum *sum);

#endif
