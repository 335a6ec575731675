/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_KBUILD_OUTSIDE_OBJECT_H
#define GUPCONV_KBUILD_OUTSIDE_OBJECT_H

#include <glib.h>

/**
 * struct outside_object - a source that a module's Makefile builds and that lies above the module
 * @makefile_dir: from the module's top, "" for that; owned
 * @word: as the Makefile has it, expanded: "../common/sg.o"; owned
 * @parent: absolute path of the folder that holds the module and the source; owned
 */
struct outside_object {
	char *makefile_dir;
	char *word;
	char *parent;
};

/*
 * The first in the Makefiles of the directories (of char *, from the top), or NULL. top and kernel
 * are absolute paths. Objects without a source on the disk are passed over.
 */
struct outside_object *outside_object_find(const char *top, const char *kernel,
					   const GPtrArray *directories);
void outside_object_free(struct outside_object *object);

#endif
