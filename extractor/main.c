// SPDX-License-Identifier: GPL-2.0-only
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "commands/command.h"
#include "base/diag.h"

static const struct command commands[] = {
	{ "index", "find every call site of a tree and decide what it should become", command_index },
	{ "sites", "list the acquire and release sites", command_sites },
	{ "links", "list which release gives back the pages of which acquire", command_links },
	{ "explain", "say why a site is what it is, line by line", command_explain },
	{ "status", "how far the conversion is, subsystem by subsystem", command_status },
	{ "audit", "list what is wrong, mixed or not known", command_audit },
	{ "check", "list what a change would make wrong", command_check },
	{ "convert", "rewrite the sites that are to be converted", command_convert },
	{ "apply", "apply patch sources to a work tree", command_apply },
	{ "series", "write the converted sites as patches, ready to mail", command_series },
	{ "prove", "build what the patches touch, before and after them", command_prove },
	{ "report", "write a status page or a table of all sites", command_report },
	{ "run", "the whole way: index, convert, series, prove", command_run },
	{ "sql", "ask the database in SQL, read-only", command_sql },
};

static void usage(void)
{
	puts("usage: gupconv COMMAND [OPTION...] [ARGUMENT...]\n\n"
	     "Finds where get_user_pages*() pages are released, and converts it.\n");
	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
		printf("  %-10s %s\n", commands[i].name, commands[i].summary);
	puts("\n'gupconv COMMAND --help' tells the options of one.\n"
	     "Exit: 0 done, 1 findings, 2 usage, 3 tree or database unreadable, 4 a tool failed.");
}

static const struct command *command_find(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
		if (!strcmp(commands[i].name, name))
			return &commands[i];
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

int main(int argc, char **argv)
{
	const struct command *command;

	setlocale(LC_CTYPE, "");
	if (argc < 2) {
		usage();
		return EXIT_USAGE;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
		usage();
		return EXIT_DONE;
	}
	if (!strcmp(argv[1], "--version")) {
		puts("gupconv " GUPCONV_VERSION);
		return EXIT_DONE;
	}
	command = command_find(argv[1]);
	if (command)
		return finish(command->run(argc - 1, argv + 1));
	diag_error("no command '%s'; 'gupconv --help' lists them", argv[1]);
	return EXIT_USAGE;
}
