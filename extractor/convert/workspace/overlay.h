/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_OVERLAY_H
#define GUPCONV_CONVERT_OVERLAY_H

#include <glib.h>
#include <stdbool.h>

/**
 * struct overlay - a work tree that may lie over another tree
 * @work: where changes are written
 * @from: where files that are not in @work come from; NULL for none. Never written.
 * @texts: path -> text as read or changed, kept until the end
 * @pending: set of paths whose text is not written yet
 */
struct overlay {
	char *work, *from;
	GHashTable *texts;
	GHashTable *pending;
};

struct overlay *overlay_new(const char *work, const char *from);
void overlay_free(struct overlay *overlay);
typedef struct overlay overlay_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(overlay_t, overlay_free)

/* NULL when there is no such file; the overlay's own, valid until the next write. */
const char *overlay_text(struct overlay *overlay, const char *path);
void overlay_change(struct overlay *overlay, const char *path, char *text);
/* The changed paths in byte order. */
GPtrArray *overlay_changed(const struct overlay *overlay);
/* Writes what was changed, or forgets it. */
bool overlay_commit(struct overlay *overlay, GError **error);
void overlay_discard(struct overlay *overlay);
/* Every .c and .h file with a line that matches the extended regex, in byte order. */
GPtrArray *overlay_search(struct overlay *overlay, const char *regex, GError **error);

/* The file's folder and the file. */
bool path_write(const char *path, const char *text, GError **error);
/* Where the room of that name ("cocci") lies: below $GUPCONV_DATA, or the source tree. */
char *room_path(const char *room);

#endif
