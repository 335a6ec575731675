/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_KBUILD_BUILD_COMMAND_H
#define GUPCONV_KBUILD_BUILD_COMMAND_H

#include <glib.h>
#include <stdbool.h>

#include "source/tree.h"

/**
 * struct build_command - one call of a compiler
 * @words: its words, NULL behind them
 * @directory: absolute path of the folder that it is called in; NULL when that is not known
 * @moved_from: where the module's folder was then; NULL: where it is now
 */
struct build_command {
	char **words;
	const char *directory, *moved_from;
};

/* Splits a line of a shell at ";", "&&", "||" and "|" outside of quotes; of char *. */
GPtrArray *build_commands_split(const char *line);
/* The .c file that a command compiles, as it names it; NULL for any other command. */
const char *build_command_source(char **words);
/* Its path from the module's top, or NULL when it is no file of the module; g_free() it. */
char *build_command_path(const struct build_command *command, const struct tree *tree,
			 const char *source);
/* The flags that the module adds, of char *. *kernel gets the kernel's folder, or NULL. */
GPtrArray *build_command_flags(const struct build_command *command, const struct tree *tree,
			       char **kernel);

#endif
