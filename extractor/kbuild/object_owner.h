/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_KBUILD_OBJECT_OWNER_H
#define GUPCONV_KBUILD_OBJECT_OWNER_H

#include <glib.h>
#include <stdbool.h>

/**
 * struct object_owner - one way in which Kbuild takes an object in
 * @directory: of the Kbuild file, from the tree's top
 * @word: the object as that file names it: "foo.o", "sub/foo.o", "../../virt/foo.o"
 * @module: the composite that it goes into, without ".o", or its own stem
 * @configs: of char *: CONFIG_ symbols that all have to be set, from the top down
 * @composite: @module is a composite
 */
struct object_owner {
	char *directory;
	char *word;
	char *module;
	GPtrArray *configs;
	bool composite;
};

struct object_owners;

/*
 * Of a tree, in which the files below work, when that is not NULL, stand in place of the
 * tree's own. Kbuild files are kept until free.
 */
struct object_owners *object_owners_new(const char *tree, const char *work);
void object_owners_free(struct object_owners *owners);

/*
 * All owners of the object made of a .c file, of struct object_owner: of the nearest folder
 * upwards that names it, else of a Makefile of the architecture that names it by a path out
 * of its folder. Any one of them will do; the first is the one that people name it by.
 */
GPtrArray *object_owners_find(struct object_owners *owners, const char *path, const char *arch);

#endif
