/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_COMPILE_COMMANDS_H
#define GUPCONV_FRONTEND_COMPILE_COMMANDS_H

#include "kbuild/arch.h"
#include "db/db.h"
#include "source/tree.h"

/**
 * struct exact_flags - how a build compiles a file
 * @arch: of that build, by its include directories
 * @args: of char *: what the preprocessor and the language depend on, with
 *	absolute paths; gcc's other options are left out
 */
struct exact_flags {
	const struct arch *arch;
	GPtrArray *args;
};

/* A compile_commands.json, by file of a tree. */
struct compile_commands;

/*
 * path NULL: an empty one. memory: any database, to read JSON with. Fails with
 * EXIT_INPUT when it is not such a file or names no file of the tree.
 */
struct compile_commands *compile_commands_read(const char *path, const struct tree *tree,
					       struct db *memory, GError **error);
void compile_commands_free(struct compile_commands *commands);

/* Of struct exact_flags, the list's own; NULL when the build does not compile the file. */
GPtrArray *compile_commands_find(const struct compile_commands *commands, const char *path);
/* Absolute path, or "" */
const char *compile_commands_path(const struct compile_commands *commands);
/* Hash of the configurations that the builds have (autoconf.h), or "" */
const char *compile_commands_salt(const struct compile_commands *commands);

#endif
