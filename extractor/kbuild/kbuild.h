/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_KBUILD_KBUILD_H
#define GUPCONV_KBUILD_KBUILD_H

#include <glib.h>

#include "kbuild/makefile.h"

/**
 * struct kbuild_choice - a macro that is defined in one branch of a condition
 * @condition: its Makefile and number there
 * @branch: in which of its branches
 */
struct kbuild_choice {
	char *condition;
	guint branch;
	char *macro;
};

/**
 * struct kbuild_unit - what the Makefiles say of one source file
 * @object: what it compiles to, from the tree's top: "drivers/tee/tee_shm.o"
 * @module: the composite object that @object goes into ("drivers/tee/tee.o"),
 *	or @object itself
 * @config: CONFIG_ symbol (without CONFIG_) of the nearest line, upwards, that
 *	makes it depend on one; "y" when none does
 * @flags: of char *: -I (with directories from the tree's top) and -D flags;
 *	of a module also -include, with the file in the same word
 * @choices: of a module: of struct kbuild_choice
 * @makefile: path of the one whose rule compiles it, kbuild's; NULL when none is seen to
 *
 * No Makefile is run. Both branches of every conditional are taken, so flags
 * may hold more than one configuration gives; of a module's macros only those
 * that do not exclude each other.
 */
struct kbuild_unit {
	char *object;
	char *module;
	char *config;
	GPtrArray *flags;
	GPtrArray *choices;
	const char *makefile;
};

struct kbuild;
struct module_objects;

/*
 * tree is a path on this machine; Makefiles read are kept until free. kernel:
 * path of the kernel when the tree is a module's, else NULL.
 */
struct kbuild *kbuild_new(const char *tree, const char *kernel);
/* The directory's Makefile is to be taken for this text, or with NULL for none. */
void kbuild_put(struct kbuild *kbuild, const char *dir, const char *text, size_t size);
void kbuild_free(struct kbuild *kbuild);
/* The directory's, or NULL. */
const struct makefile *kbuild_makefile(struct kbuild *kbuild, const char *dir);
/* The objects of the rules of a module; NULL of a kernel. */
const struct module_objects *kbuild_objects(struct kbuild *kbuild);

/*
 * path is from the tree's top. includer, when not NULL, is the .c file that
 * takes it in by #include, whose object and flags it then shares. Never NULL.
 */
struct kbuild_unit *kbuild_unit(struct kbuild *kbuild, const char *path, const char *includer);
void kbuild_unit_free(struct kbuild_unit *unit);

#endif
