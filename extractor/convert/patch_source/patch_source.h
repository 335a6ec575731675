/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_PATCH_SOURCE_PATCH_SOURCE_H
#define GUPCONV_CONVERT_PATCH_SOURCE_PATCH_SOURCE_H

#include "convert/workspace/overlay.h"
#include "model/era.h"

/**
 * struct patch_source - a folder of kernel-patches/: see its README.md
 */
struct patch_source {
	char *folder, *name;
	GKeyFile *ini;
};

/* NOT_NEEDED: the tree has it already; NO_CONSTRUCT: it lacks what the source is about. */
enum applied { APPLIED_FAILED = -1, APPLIED_DONE, APPLIED_NOT_NEEDED, APPLIED_NO_CONSTRUCT };

struct patch_source *patch_source_open(const char *folder, GError **error);
void patch_source_free(struct patch_source *source);
typedef struct patch_source patch_source_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(patch_source_t, patch_source_free)

bool patch_source_is_for(const struct patch_source *source, enum era era);
/* Does it bring functions that conversions call? Then it goes before every series. */
bool patch_source_provides(const struct patch_source *source);
/* The value of part=; "core" without one. */
bool patch_source_is_part(const struct patch_source *source, const char *part);
/* The entries of [settles] or [leaves], "PATH: FUNCTION". */
char **patch_source_list(const struct patch_source *source, const char *group);
/* The paths that [construct] names: what the source is about. */
char **patch_source_about(const struct patch_source *source);
/*
 * Makes the source's changes pending in the overlay; after a failure none of
 * them is. A construct that is not there is an error of EXIT_INPUT.
 */
enum applied patch_source_apply(const struct patch_source *source, struct overlay *overlay,
				GError **error);

/*
 * The message of what the source has changed in this tree: its file "message", where a
 * paragraph below a line "#if CONDITION" is there only if that holds after the change.
 */
char *patch_source_message(const struct patch_source *source, struct overlay *overlay,
			   GError **error);

/* The folders below, in order, that hold a source.ini; the folder itself if it does. */
GPtrArray *patch_source_folders(const char *folder);

#endif
