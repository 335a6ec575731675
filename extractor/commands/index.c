// SPDX-License-Identifier: GPL-2.0-only
#include <glib/gstdio.h>
#include <stdio.h>

#include "commands/command.h"
#include "commands/unparsed.h"
#include "db/db.h"
#include "base/diag.h"
#include "pipeline/index.h"

struct index_words {
	char *db, *module, *kernel, *compile_commands, *build_from, *api, *decisions;
	int workers, timeout, follow;
	gboolean explain;
};

/* The new database is renamed over the old file, which therefore has to be one of ours. */
static bool replaceable(const char *path, GError **error)
{
	GStatBuf st;
	struct db *db;

	if (g_stat(path, &st) || !st.st_size)
		return true;
	db = db_open(path, false, error);
	db_close(db);
	return db;
}

static bool words_fit(const struct index_words *given, const char *tree)
{
	const char *wrong = NULL;

	if (given->workers < 1 || given->workers > 256 || given->timeout < 1 || given->follow < 0)
		wrong = "-j takes 1 to 256, --timeout at least 1, --follow at least 0";
	else if (!given->module && given->kernel)
		wrong = "--kernel goes with --module; a kernel tree is given alone";
	else if (given->module && !given->kernel)
		wrong = "--module wants the kernel that it is for: --kernel TREE";
	else if (given->module && tree)
		wrong = "too many arguments: --module DIR takes the place of TREE";
	else if (!given->module && given->build_from)
		wrong = "--build-from goes with --module; a tree's build is --compile-commands";
	else if (!given->module && given->explain)
		wrong = "--explain-build goes with --module";
	else if (!given->module && !tree)
		wrong = "an argument is missing; usage: gupconv index [OPTION...] TREE";
	if (wrong)
		diag_error("index: %s", wrong);
	return !wrong;
}

static void tell(const struct index_summary *summary, const char *db)
{
	if (summary->unchanged)
		diag_note(
			"%s is up to date: %zu candidate files and %zu that they lead to, none changed",
			db, summary->candidates, summary->further);
	else
		diag_note(
			"%s: %zu candidate files and %zu that they lead to, %zu parsed, the rest unchanged",
			db, summary->candidates, summary->further, summary->parsed);
}

/* The state of the database, also where nothing was done: an incomplete index stays one. */
static int exit_code(const char *path)
{
	GError *error = NULL;
	struct db *db = db_open(path, false, &error);
	bool unparsed = db && unparsed_tell(db);

	db_close(db);
	if (error)
		return diag_exit(error);
	return unparsed ? EXIT_FINDINGS : EXIT_DONE;
}

static int run(const void *values, char **words)
{
	const struct index_words *given = values;
	struct index_summary summary = { 0 };
	struct index_options options = {
		.tree = given->module ? given->module : words[0],
		.kernel = given->kernel,
		.db = given->db ? given->db : "gupconv.db",
		.workers = given->workers, .timeout = given->timeout, .follow = given->follow,
		.compile_commands = given->compile_commands, .explain = given->explain,
		.build_from = given->build_from,
	};
	GError *error = NULL;
	struct decisions_file *decisions = NULL;
	struct api_file *own;
	bool fine;

	if (!words_fit(given, words[0]))
		return EXIT_USAGE;
	own = api_file_read(given->api, &error);
	decisions = own ? decisions_file_read(given->decisions, &error) : NULL;
	options.own = own;
	options.decisions = decisions;
	fine = decisions && replaceable(options.db, &error) &&
	       index_build(&options, &summary, &error);
	api_file_free(own);
	decisions_file_free(decisions);
	if (!fine)
		return diag_exit(error);
	tell(&summary, options.db);
	if (summary.explanation)
		fputs(summary.explanation, stdout);
	g_free(summary.explanation);
	return exit_code(options.db);
}

#define FIELD(field) OPTION_FIELD(struct index_words, field)

static const GOptionEntry entries[] = {
	{ "db", 0, 0, G_OPTION_ARG_FILENAME, FIELD(db), "the database (default: gupconv.db)", "FILE" },
	{ "jobs", 'j', 0, G_OPTION_ARG_INT, FIELD(workers), "parser processes (default: 2)", "N" },
	{ "timeout", 0, 0, G_OPTION_ARG_INT, FIELD(timeout),
	  "CPU seconds a file may take (default: 60)", "S" },
	{ "follow", 0, 0, G_OPTION_ARG_INT, FIELD(follow),
	  "read the files that the pages lead to, at most N times over (default: 9)", "N" },
	{ "module", 0, 0, G_OPTION_ARG_FILENAME, FIELD(module),
	  "in place of TREE: a directory of drivers outside of the kernel", "DIR" },
	{ "kernel", 0, 0, G_OPTION_ARG_FILENAME, FIELD(kernel),
	  "the kernel that the module is for: its tree, or an installed headers package", "TREE" },
	{ "compile-commands", 0, 0, G_OPTION_ARG_FILENAME, FIELD(compile_commands),
	  "a built tree's compile_commands.json, for its exact flags", "FILE" },
	{ "build-from", 0, 0, G_OPTION_ARG_FILENAME, FIELD(build_from),
	  "of a module: take flags from a build: its folder, compile_commands.json or make's output",
	  "PATH" },
	{ "explain-build", 0, 0, G_OPTION_ARG_NONE, FIELD(explain),
	  "of a module: print what was understood of its build, and what was not", NULL },
	{ "api", 0, 0, G_OPTION_ARG_FILENAME, FIELD(api),
	  "functions of your own that take or release pages, a line each", "FILE" },
	{ "decisions", 0, 0, G_OPTION_ARG_FILENAME, FIELD(decisions),
	  "your decisions about acquires, a line each", "FILE" },
	{ NULL },
};

static const struct index_words defaults = { .workers = 2, .timeout = 60, .follow = FOLLOW_ROUNDS };

const struct command command_index = {
	.name = "index",
	.summary = "find every call site of a tree and decide what it should become",
	.words = "TREE",
	.about = "Finds every acquire and release call of a kernel tree, links and decides.\n"
		 "Nothing of the tree is run or written.",
	.max = 1,
	.options = entries, .size = sizeof(struct index_words), .defaults = &defaults,
	.run = run,
};
