// SPDX-License-Identifier: GPL-2.0-only
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "commands/command.h"
#include "base/diag.h"
#include "gen/command_list.h"

/*
 * The words after "gupconv", as --help lists them: the list is made from section COMMANDS of
 * docs/man/gupconv.1, and command_NAME is in commands/NAME.c.
 */
#define DECLARE(name) extern const struct command command_##name;
COMMANDS(DECLARE)

#define ENTRY(name) &command_##name,
static const struct command *const commands[] = { COMMANDS(ENTRY) };

static void usage(void)
{
	puts("usage: gupconv COMMAND [OPTION...] [ARGUMENT...]\n\n"
	     "Finds where get_user_pages*() pages are released, and converts it.\n");
	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
		printf("  %-10s %s\n", commands[i]->name, commands[i]->summary);
	puts("\n'gupconv COMMAND --help' lists the options of one.\n"
	     "Exit: 0 done, 1 findings, 2 usage, 3 tree or database unreadable, 4 a tool failed.");
}

static const struct command *command_find(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
		if (!strcmp(commands[i]->name, name))
			return commands[i];
	diag_error("no command '%s'; 'gupconv --help' lists them", name);
	return NULL;
}

/* A listing that did not get out is not done: the disk below stdout may be full. */
static int finish(int code)
{
	if (!fflush(stdout) && !ferror(stdout))
		return code;
	diag_error("stdout: could not be written");
	return code == EXIT_DONE || code == EXIT_FINDINGS ? EXIT_TOOL : code;
}

/* "help COMMAND" is "COMMAND --help". */
static int help(char *name)
{
	char *argv[] = { name, (char *)"--help", NULL };
	const struct command *command;

	if (!name) {
		usage();
		return EXIT_DONE;
	}
	command = command_find(name);
	return command ? command_execute(command, 2, argv) : EXIT_USAGE;
}

int main(int argc, char **argv)
{
	const struct command *command;

	setlocale(LC_CTYPE, "");
	if (argc < 2) {
		usage();
		return EXIT_USAGE;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help"))
		return finish(help(argv[2]));
	if (!strcmp(argv[1], "--version")) {
		puts("gupconv " GUPCONV_VERSION);
		return EXIT_DONE;
	}
	command = command_find(argv[1]);
	return command ? finish(command_execute(command, argc - 1, argv + 1)) : EXIT_USAGE;
}
