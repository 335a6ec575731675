// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>

#include "commands/command.h"
#include "base/diag.h"
#include "convert/patch_source/patch_source.h"

/**
 * struct apply_options - the command's options
 * @list: say what would change, and write nothing
 * @message: the file that gets the message of what was changed; NULL for none
 */
struct apply_options {
	char *tree, *from, *message;
	gboolean list, verbose;
};

static void print_paths(const struct overlay *overlay)
{
	g_autoptr(GPtrArray) paths = overlay_changed(overlay);

	for (guint i = 0; i < paths->len; i++)
		puts(paths->pdata[i]);
}

/* Counts in done a source that changed something. */
static bool apply_one(const struct apply_options *options, struct overlay *overlay,
		      const char *folder, int *done, GError **error)
{
	g_autoptr(patch_source_t) source = patch_source_open(folder, error);
	g_autofree char *message = NULL;
	enum applied applied;

	if (!source)
		return false;
	applied = patch_source_apply(source, overlay, error);
	if (applied == APPLIED_FAILED)
		return false;
	if (applied != APPLIED_DONE) {
		if (options->verbose)
			diag_note("%s: %s", source->name, applied == APPLIED_NOT_NEEDED ?
				  "already there" : "the tree has no such construct");
		return true;
	}
	++*done;
	if (options->list)
		return true;
	if (options->message) {
		message = patch_source_message(source, overlay, error);
		if (!message)
			return false;
	}
	print_paths(overlay);
	return overlay_commit(overlay, error) &&
	       (!message || g_file_set_contents(options->message, message, -1, error));
}

static bool apply_folder(const struct apply_options *options, struct overlay *overlay,
			 const char *folder, int *done, GError **error)
{
	g_autoptr(GPtrArray) folders = patch_source_folders(folder);

	for (guint i = 0; i < folders->len; i++)
		if (!apply_one(options, overlay, folders->pdata[i], done, error))
			return false;
	if (!folders->len)
		fail(error, EXIT_INPUT, "%s: no patch source in it", folder);
	return folders->len;
}

static int run(const void *given, char **folders)
{
	const struct apply_options *options = given;
	g_autoptr(overlay_t) overlay = NULL;
	GError *error = NULL;
	int done = 0;

	if (!options->tree) {
		diag_error("apply: give the work tree with --tree DIR");
		return EXIT_USAGE;
	}
	for (char **dir = (char *[]){ options->tree, options->from, NULL }; *dir; dir++)
		if (!g_file_test(*dir, G_FILE_TEST_IS_DIR)) {
			diag_error("%s: no such folder", *dir);
			return EXIT_INPUT;
		}
	overlay = overlay_new(options->tree, options->from);
	for (; *folders; folders++)
		if (!apply_folder(options, overlay, *folders, &done, &error))
			return diag_exit(error);
	if (options->list)
		print_paths(overlay);
	return done ? EXIT_DONE : EXIT_FINDINGS;
}

#define FIELD(field) OPTION_FIELD(struct apply_options, field)

static const GOptionEntry entries[] = {
	{ "tree", 0, 0, G_OPTION_ARG_FILENAME, FIELD(tree), "the work tree, which is changed", "DIR" },
	{ "from", 0, 0, G_OPTION_ARG_FILENAME, FIELD(from),
	  "where files that the work tree lacks come from", "DIR" },
	{ "message", 0, 0, G_OPTION_ARG_FILENAME, FIELD(message),
	  "write the message of the (last) patch to FILE", "FILE" },
	{ "list", 0, 0, G_OPTION_ARG_NONE, FIELD(list), "only tell which files would change", NULL },
	{ "verbose", 'v', 0, G_OPTION_ARG_NONE, FIELD(verbose),
	  "tell of sources that are not needed", NULL },
	{ NULL },
};

const struct command command_apply = {
	.name = "apply",
	.summary = "apply patch sources to a work tree",
	.words = "SOURCE-DIR...",
	.about = "Applies patch sources (kernel-patches/) to a work tree. Exit: 0 applied,\n"
		 "1 not needed, 3 a construct that a source needs is not there.",
	.min = 1, .max = -1,
	.options = entries, .size = sizeof(struct apply_options),
	.run = run,
};
