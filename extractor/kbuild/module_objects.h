/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_KBUILD_MODULE_OBJECTS_H
#define GUPCONV_KBUILD_MODULE_OBJECTS_H

#include "kbuild/kbuild.h"

/**
 * enum object_source - where the source of an object is
 * @SOURCE_C: a .c file of the module
 * @SOURCE_ELSEWHERE: the same, but the build copies or links it to where the rule has it: the only
 *	one of that name in a folder of that name
 * @SOURCE_OTHER: assembler, or an object that the module brings along
 * @SOURCE_OUTSIDE: a file outside of the module's folder
 * @SOURCE_NONE: there is no such file
 */
enum object_source { SOURCE_C, SOURCE_ELSEWHERE, SOURCE_OTHER, SOURCE_OUTSIDE, SOURCE_NONE };

/**
 * struct module_object - an object that the rules of a module build from one source
 * @source: from the module's top; an absolute path with SOURCE_OUTSIDE
 * @makefile: whose rule it is; kbuild's
 * @word: as the rule names it, from its folder: "../common/x.o"
 * @module: the object of obj- that it goes into, from the module's top
 * @config: CONFIG_ symbol (without CONFIG_) of the rule, or ""
 */
struct module_object {
	enum object_source kind;
	char *source;
	const struct makefile *makefile;
	char *word, *module, *config;
};

/* By the Kbuild files of all folders below top, an absolute path. */
struct module_objects *module_objects_new(struct kbuild *kbuild, const char *top);
void module_objects_free(struct module_objects *objects);

/* Of struct module_object: by folder of the Makefile and by its text; a source may come twice. */
const GPtrArray *module_objects_all(const struct module_objects *objects);
/* Of struct makefile, kbuild's, that has rules for objects, by folder. */
const GPtrArray *module_objects_makefiles(const struct module_objects *objects);
/* The first that is made of a .c file; its path from the module's top. NULL for none. */
const struct module_object *module_objects_find(const struct module_objects *objects,
						const char *path);

#endif
