/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_SOURCE_SOURCE_OVERLAY_H
#define GUPCONV_SOURCE_SOURCE_OVERLAY_H

#include <glib.h>
#include <stdbool.h>

/*
 * Files of a tree that are to be seen with another text, or not at all, or
 * that are only here: a patch that is not applied. Paths are the tree's.
 */
struct source_overlay;

struct source_overlay *source_overlay_new(void);
void source_overlay_free(struct source_overlay *change);
typedef struct source_overlay source_overlay_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(source_overlay_t, source_overlay_free)

/* Takes the text, which has a NUL behind its size bytes. */
void source_overlay_put(struct source_overlay *change, const char *path, char *text, size_t size);
void source_overlay_remove(struct source_overlay *change, const char *path);
/* Forgets a path: it is as the tree has it. */
void source_overlay_drop(struct source_overlay *change, const char *path);

/* true when the path is in the change; *text is NULL when it is removed. change may be NULL. */
bool source_overlay_find(const struct source_overlay *change, const char *path, const char **text,
			 size_t *size);
/* In byte order; the change's own. change may be NULL. */
GPtrArray *source_overlay_paths(const struct source_overlay *change);

#endif
