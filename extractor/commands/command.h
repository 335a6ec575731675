/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_COMMANDS_COMMAND_H
#define GUPCONV_COMMANDS_COMMAND_H

#include <glib.h>
#include <stdbool.h>

/**
 * struct command - one word after "gupconv"
 * @name: the word
 * @summary: what it does, in one line, for --help
 * @run: takes the arguments from the command's own name on, returns an exit code
 */
struct command {
	const char *name;
	const char *summary;
	int (*run)(int argc, char **argv);
};

int command_index(int argc, char **argv);
int command_sites(int argc, char **argv);
int command_links(int argc, char **argv);
int command_explain(int argc, char **argv);
int command_status(int argc, char **argv);
int command_audit(int argc, char **argv);
int command_convert(int argc, char **argv);
int command_apply(int argc, char **argv);
int command_series(int argc, char **argv);
int command_prove(int argc, char **argv);
int command_report(int argc, char **argv);
int command_check(int argc, char **argv);
int command_sql(int argc, char **argv);
int command_run(int argc, char **argv);

/*
 * Parses argv by the entries; what is left stays in argv. min and max bound
 * the number of words left (max < 0: any). On a usage error prints one line
 * and returns false.
 */
bool command_options(int *argc, char ***argv, const GOptionEntry *entries, const char *words,
		     const char *summary, int min, int max);

#endif
