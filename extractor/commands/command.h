/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_COMMANDS_COMMAND_H
#define GUPCONV_COMMANDS_COMMAND_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/**
 * struct command - one word after "gupconv"; each stands in its own file
 * @name: the word
 * @summary: what it does, in one line, for the list of commands
 * @words: the arguments that are no options, as the usage line has them
 * @about: what it does, in a few lines, for its own help
 * @min, @max: how many of these arguments there may be (@max < 0: any number)
 * @options: an entry an option, ended by { NULL }; arg_data is an OPTION_FIELD()
 * @size: of the struct that these are fields of
 * @list: makes the words that stand for OPTION_LIST in the descriptions; or NULL
 * @defaults: such a struct, or NULL for zeros; its texts have to be NULL
 * @run: takes the struct, which is freed for it, and the arguments, ended by NULL;
 *       returns an exit code
 * @python: the module of gupconv_reports that is the command, in place of all but the
 *          first two
 */
struct command {
	const char *name;
	const char *summary;
	const char *words;
	const char *about;
	int min, max;
	const GOptionEntry *options;
	size_t size;
	char *(*list)(void);
	const void *defaults;
	int (*run)(const void *options, char **words);
	const char *python;
};

/* Where the value of an option is kept, for its entry. */
#define OPTION_FIELD(type, field) ((gpointer)offsetof(type, field))

/* At the end of a description: the command's list follows. */
#define OPTION_LIST "%s"

/* Runs it with the arguments from its own name on. Returns an exit code. */
int command_execute(const struct command *command, int argc, char **argv);

#endif
