/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_SOURCE_SOURCE_OVERLAY_H
#define GUPCONV_SOURCE_SOURCE_OVERLAY_H

#include <glib.h>
#include <stdbool.h>

/*
 * Files of a tree that are to be seen with another text, or not at all, or
 * that are only here: a patch that nobody has applied. Paths are the tree's.
 */
struct change;

struct change *change_new(void);
void change_free(struct change *change);
typedef struct change change_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(change_t, change_free)

/* Takes the text, which has a NUL behind its size bytes. */
void change_put(struct change *change, const char *path, char *text, size_t size);
void change_remove(struct change *change, const char *path);
/* Forgets a path: it is as the tree has it. */
void change_drop(struct change *change, const char *path);

/* true when the path is in the change; *text is NULL when it is removed. change may be NULL. */
bool change_find(const struct change *change, const char *path, const char **text, size_t *size);
/* In byte order; the change's own. change may be NULL. */
GPtrArray *change_paths(const struct change *change);

#endif
