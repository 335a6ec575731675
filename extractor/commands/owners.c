// SPDX-License-Identifier: GPL-2.0-only
#include "base/diag.h"
#include "commands/listing.h"
#include "pipeline/patched_files.h"
#include "render/output.h"

struct owners_options {
	struct listing listing;
	char *tree, *work;
};

static char *tree_of(struct db *db, const struct owners_options *options, GError **error)
{
	char *tree = options->tree ? g_strdup(options->tree) : db_meta_get(db, "tree");

	if (!tree)
		fail(error, EXIT_INPUT, "%s: does not say of which tree it is; give --tree",
		     db->path);
	return tree;
}

static bool store(struct db *db, const struct owners_options *options, char **paths, GError **error)
{
	g_autofree char *tree = tree_of(db, options, error);
	const struct patched_files files = { .tree = tree, .work = options->work, .paths = paths };

	if (!tree || !db_begin(db, error))
		return false;
	if (patched_files_store(db, &files, error))
		return db_commit(db, error);
	db_rollback(db);
	return false;
}

static int run(const void *given, char **paths)
{
	const struct owners_options *options = given;
	const char *path = options->listing.db ? options->listing.db : "gupconv.db";
	enum output_format format;
	GError *error = NULL;
	struct db *db;

	if (!output_format_parse(options->listing.format, &format, &error))
		return diag_exit(error);
	db = db_open(path, true, &error);
	if (!db)
		return diag_exit(error);
	if (store(db, options, paths, &error))
		output_rows(db, db_query(db, "owners"), format, &error);
	db_close(db);
	return error ? diag_exit(error) : EXIT_DONE;
}

#define FIELD(field) OPTION_FIELD(struct owners_options, field)

static const GOptionEntry entries[] = {
	LISTING_OPTIONS,
	{ "tree", 0, 0, G_OPTION_ARG_FILENAME, FIELD(tree),
	  "the tree (default: the one that was indexed)", "DIR" },
	{ "work", 0, 0, G_OPTION_ARG_FILENAME, FIELD(work),
	  "a folder with patched files, which stand in place of the tree's", "DIR" },
	{ NULL },
};

const struct command command_owners = {
	.name = "owners",
	.summary = "list who looks after files, and what builds them",
	.words = "FILE...",
	.about =
		"Finds the section of MAINTAINERS, the Kbuild object, the symbols that it needs and the\n"
		"architecture of files, keeps them in the database for series and prove, and lists them.",
	.min = 1,
	.max = -1,
	.options = entries,
	.size = sizeof(struct owners_options),
	.run = run,
};
