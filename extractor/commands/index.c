// SPDX-License-Identifier: GPL-2.0-only
#include <glib/gstdio.h>

#include "command.h"
#include "db.h"
#include "diag.h"
#include "index.h"

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

int command_index(int argc, char **argv)
{
	g_autofree char *db = NULL, *api = NULL;
	int workers = 2, timeout = 60, follow = 0;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_FILENAME, &db, "the database (default: gupconv.db)", "FILE" },
		{ "jobs", 'j', 0, G_OPTION_ARG_INT, &workers, "parser processes (default: 2)", "N" },
		{ "timeout", 0, 0, G_OPTION_ARG_INT, &timeout, "seconds a file may take (default: 60)", "S" },
		{ "follow", 0, 0, G_OPTION_ARG_INT, &follow,
		  "take in the files that the pages lead to, N times over (default: 0)", "N" },
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
			     "Nothing of the tree is run or written.", 1, 1))
		return EXIT_USAGE;
	if (workers < 1 || workers > 256 || timeout < 1 || follow < 0) {
		diag_error("index: -j takes 1 to 256, --timeout at least 1, --follow at least 0");
		return EXIT_USAGE;
	}
	options = (struct index_options){ .tree = argv[1], .db = db ? db : "gupconv.db",
					  .workers = workers, .timeout = timeout,
					  .follow = follow };
	own = api_file_read(api, &error);
	options.own = own;
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
