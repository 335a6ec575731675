// SPDX-License-Identifier: GPL-2.0-only
#include <glib/gstdio.h>

#include "commands/command.h"
#include "db/db.h"
#include "base/diag.h"
#include "pipeline/index.h"

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

static bool what_to_index(int argc, const char *module, const char *kernel)
{
	const char *wrong = NULL;

	if (!module && kernel)
		wrong = "--kernel goes with --module; a kernel tree is given alone";
	else if (module && !kernel)
		wrong = "--module wants the kernel that it is for: --kernel TREE";
	else if (module && argc > 1)
		wrong = "too many arguments: --module DIR takes the place of TREE";
	else if (!module && argc < 2)
		wrong = "an argument is missing; usage: gupconv index [OPTION...] TREE";
	if (wrong)
		diag_error("index: %s", wrong);
	return !wrong;
}

int command_index(int argc, char **argv)
{
	g_autofree char *db = NULL, *api = NULL, *module = NULL, *kernel = NULL, *commands = NULL;
	int workers = 2, timeout = 60, follow = 0;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_FILENAME, &db, "the database (default: gupconv.db)", "FILE" },
		{ "jobs", 'j', 0, G_OPTION_ARG_INT, &workers, "parser processes (default: 2)", "N" },
		{ "timeout", 0, 0, G_OPTION_ARG_INT, &timeout, "seconds a file may take (default: 60)", "S" },
		{ "follow", 0, 0, G_OPTION_ARG_INT, &follow,
		  "take in the files that the pages lead to, N times over (default: 0)", "N" },
		{ "module", 0, 0, G_OPTION_ARG_FILENAME, &module,
		  "in place of TREE: a directory of drivers outside of the kernel", "DIR" },
		{ "kernel", 0, 0, G_OPTION_ARG_FILENAME, &kernel,
		  "the kernel that the module is for: its tree, or an installed headers package", "TREE" },
		{ "compile-commands", 0, 0, G_OPTION_ARG_FILENAME, &commands,
		  "a built tree's compile_commands.json, for its exact flags", "FILE" },
		{ "api", 0, 0, G_OPTION_ARG_FILENAME, &api,
		  "functions of your own that take or release pages, a line each", "FILE" },
		{ NULL },
	};
	struct index_summary summary = { 0 };
	struct index_options options;
	struct api_file *own;
	bool fine;
	GError *error = NULL;

	if (!command_options(&argc, &argv, entries, "TREE",
			     "Finds every acquire and release call of a kernel tree, links and decides.\n"
			     "Nothing of the tree is run or written.", 0, 1))
		return EXIT_USAGE;
	if (workers < 1 || workers > 256 || timeout < 1 || follow < 0) {
		diag_error("index: -j takes 1 to 256, --timeout at least 1, --follow at least 0");
		return EXIT_USAGE;
	}
	if (!what_to_index(argc, module, kernel))
		return EXIT_USAGE;
	options = (struct index_options){ .tree = module ? module : argv[1], .kernel = kernel,
					  .db = db ? db : "gupconv.db",
					  .workers = workers, .timeout = timeout,
					  .follow = follow };
	own = api_file_read(api, &error);
	options.own = own;
	options.compile_commands = commands;
	fine = own && replaceable(options.db, &error) && index_build(&options, &summary, &error);
	api_file_free(own);
	if (!fine)
		return diag_exit(error);
	if (summary.unchanged)
		diag_note("%s is up to date: %zu candidate files and %zu that they lead to, none changed",
			  options.db, summary.candidates, summary.further);
	else
		diag_note("%s: %zu candidate files and %zu that they lead to, %zu parsed, the rest unchanged",
			  options.db, summary.candidates, summary.further, summary.parsed);
	return EXIT_DONE;
}
