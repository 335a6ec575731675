// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>

#include "commands/command.h"
#include "base/diag.h"
#include "convert/patch_source/patch_source.h"

/**
 * struct apply - the command's options, and what came of it
 * @list: say what would change, and write nothing
 * @done: sources that changed something
 */
struct apply {
	char *tree, *from;
	gboolean list, verbose;
	int done;
};

static void print_paths(const struct overlay *overlay)
{
	g_autoptr(GPtrArray) paths = overlay_changed(overlay);

	for (guint i = 0; i < paths->len; i++)
		puts(paths->pdata[i]);
}

static bool apply_one(struct apply *apply, struct overlay *overlay, const char *folder,
		      GError **error)
{
	g_autoptr(patch_source_t) source = patch_source_open(folder, error);
	enum applied applied;

	if (!source)
		return false;
	applied = patch_source_apply(source, overlay, error);
	if (applied == APPLIED_FAILED)
		return false;
	if (applied != APPLIED_DONE) {
		if (apply->verbose)
			diag_note("%s: %s", source->name, applied == APPLIED_NOT_NEEDED ?
				  "already there" : "the tree has no such construct");
		return true;
	}
	apply->done++;
	if (apply->list)
		return true;
	print_paths(overlay);
	return overlay_commit(overlay, error);
}

static bool apply_folder(struct apply *apply, struct overlay *overlay, const char *folder,
			 GError **error)
{
	g_autoptr(GPtrArray) folders = patch_source_folders(folder);

	for (guint i = 0; i < folders->len; i++)
		if (!apply_one(apply, overlay, folders->pdata[i], error))
			return false;
	if (!folders->len)
		fail(error, EXIT_INPUT, "%s: no patch source in it", folder);
	return folders->len;
}

static int apply_run(struct apply *apply, char **folders)
{
	g_autoptr(overlay_t) overlay = NULL;
	GError *error = NULL;

	for (char **dir = (char *[]){ apply->tree, apply->from, NULL }; *dir; dir++)
		if (!g_file_test(*dir, G_FILE_TEST_IS_DIR)) {
			diag_error("%s: no such folder", *dir);
			return EXIT_INPUT;
		}
	overlay = overlay_new(apply->tree, apply->from);
	for (; *folders; folders++)
		if (!apply_folder(apply, overlay, *folders, &error))
			return diag_exit(error);
	if (apply->list)
		print_paths(overlay);
	return apply->done ? EXIT_DONE : EXIT_FINDINGS;
}

int command_apply(int argc, char **argv)
{
	struct apply apply = { 0 };
	const GOptionEntry entries[] = {
		{ "tree", 0, 0, G_OPTION_ARG_FILENAME, &apply.tree, "the work tree, which is changed", "DIR" },
		{ "from", 0, 0, G_OPTION_ARG_FILENAME, &apply.from,
		  "where files that the work tree lacks come from", "DIR" },
		{ "list", 0, 0, G_OPTION_ARG_NONE, &apply.list,
		  "only tell which files would change", NULL },
		{ "verbose", 'v', 0, G_OPTION_ARG_NONE, &apply.verbose,
		  "tell of sources that are not needed", NULL },
		{ NULL },
	};
	int code;

	if (!command_options(&argc, &argv, entries, "SOURCE-DIR...",
			     "Applies patch sources (kernel-patches/) to a work tree. Exit: 0 applied,\n"
			     "1 not needed, 3 a construct that a source needs is not there.", 1, -1))
		return EXIT_USAGE;
	code = apply.tree ? apply_run(&apply, argv + 1) : EXIT_USAGE;
	if (!apply.tree)
		diag_error("apply: give the work tree with --tree DIR");
	g_free(apply.tree);
	g_free(apply.from);
	return code;
}
