/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_SOURCE_TREE_FILES_H
#define GUPCONV_SOURCE_TREE_FILES_H

#include "source/tree.h"

/**
 * struct file_state - what stat() says of a file that is another one once it was written to
 * @mtime, @ctime: seconds, and @mtime_ns, @ctime_ns behind them
 */
struct file_state {
	gint64 mtime, mtime_ns, ctime, ctime_ns, size;
	guint64 inode;
};

/* Longest text of a state, with its end. */
#define FILE_STATE_MAX 128
/* Seconds before now in which a date is too coarse: the file may change once more at the same. */
#define FILE_STATE_RACY 2

/* Fills buffer of FILE_STATE_MAX with a text without blanks; the length. */
int file_state_text(const struct file_state *state, char *buffer);

/* A .c or .h file of a tree; its name escaped (path_escape.h). */
struct tree_file {
	char *path;
	struct file_state state;
};

/*
 * Every .c and .h file of the tree (struct tree_file), in no set order; symbolic links and folders
 * whose names begin with a dot are passed over. NULL with error set. g_array_unref() it.
 */
GArray *tree_files(const struct tree *tree, GError **error);

#endif
