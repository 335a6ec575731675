/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_KBUILD_BUILD_RECORD_H
#define GUPCONV_KBUILD_BUILD_RECORD_H

#include "db/db.h"
#include "source/tree.h"

/**
 * struct build_record - how a build has compiled the sources of a module
 * @path: absolute, of the record; "" when there is none
 * @kernel: the folder of the kernel's headers in it; "" when that is not known
 * @entries: compiler commands in it; @used: those that compile a file of the module
 *
 * Of the options those stay that say what the driver adds: the kernel's own are left out, since
 * the module may be indexed for another one. Nothing is run.
 */
struct build_record {
	char *path, *kernel;
	guint entries, used;
	GHashTable *files;	/* path from the module's top -> GPtrArray of flags (char *) */
	const struct tree *tree;
};

/*
 * path: a compile_commands.json, the output of "make -n" or "make V=1", or a folder with the
 * .cmd files of Kbuild or a compile_commands.json. NULL: the module's own folder, if a build for
 * the kernel at hand has left either there; else the record is empty. memory: any database, to
 * read JSON with. Fails with EXIT_INPUT when path has no command for a file of the module.
 */
struct build_record *build_record_read(const char *path, const struct tree *tree, struct db *memory,
				       GError **error);
void build_record_free(struct build_record *record);
/* Flags as in struct kbuild_unit, with absolute paths; NULL when it does not compile the file. */
GPtrArray *build_record_find(const struct build_record *record, const char *path);

#endif
