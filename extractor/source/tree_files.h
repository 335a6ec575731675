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
/* false when there is no such file */
bool file_state_read(const char *full, struct file_state *state);

/* A .c or .h file of a tree; its name escaped (path_escape.h). */
struct tree_file {
	char *path;
	struct file_state state;
};

/**
 * struct state_sum - of the paths and states of files, whatever order they are in
 * @lanes: two sums of hashes, so that two sets of files have the same by no chance
 * @newest: ctime of the file that was written last
 */
struct state_sum {
	guint64 lanes[2];
	gint64 newest;
};

void state_sum_add(struct state_sum *sum, const char *path, const struct file_state *state);

/**
 * struct tree_files - the files of a tree, as they are at one instant
 * @sources: of struct tree_file: every .c and .h file, in no set order, symbolic links and
 *	folders whose names begin with a dot passed over
 * @others: sum of all other files, but for what a compiler or an editor leaves behind: no Kconfig
 *	or Makefile has such a name
 * @whole: nothing is missing in these two, such as a folder that cannot be read
 */
struct tree_files {
	GArray *sources;
	struct state_sum others;
	bool whole;
};

struct tree_files *tree_files_read(const struct tree *tree, GError **error);
void tree_files_free(struct tree_files *files);

#endif
