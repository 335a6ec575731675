// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/diag.h"
#include "base/file_kind.h"
#include "source/path_escape.h"
#include "source/tree_files.h"

int file_state_text(const struct file_state *state, char *buffer)
{
	return snprintf(buffer, FILE_STATE_MAX, "%lld.%lld.%lld.%lld.%lld.%llu",
			(long long)state->mtime, (long long)state->mtime_ns,
			(long long)state->ctime, (long long)state->ctime_ns,
			(long long)state->size, (unsigned long long)state->inode);
}

static struct file_state state_of(const struct stat *st)
{
	return (struct file_state){
		.mtime = st->st_mtim.tv_sec, .mtime_ns = st->st_mtim.tv_nsec,
		.ctime = st->st_ctim.tv_sec, .ctime_ns = st->st_ctim.tv_nsec,
		.size = st->st_size, .inode = st->st_ino,
	};
}

static bool is_hidden(const FTSENT *entry)
{
	return entry->fts_level > 0 && entry->fts_name[0] == '.';
}

static bool is_source(const FTSENT *entry)
{
	return entry->fts_namelen > strlen(".c") && file_is_c(entry->fts_name);
}

static void add_file(GArray *files, const char *path, const struct stat *st)
{
	struct tree_file file = { path_escape(path), state_of(st) };

	if (!file.path)
		file.path = g_strdup(path);
	g_array_append_val(files, file);
}

static void clear_file(void *data)
{
	g_free(((struct tree_file *)data)->path);
}

GArray *tree_files(const struct tree *tree, GError **error)
{
	char *const roots[] = { tree->top, NULL };
	size_t skip = strlen(tree->top) + 1;
	FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	GArray *files;
	FTSENT *entry;

	if (!fts) {
		fail(error, EXIT_INPUT, "%s: %s", tree->top, g_strerror(errno));
		return NULL;
	}
	files = g_array_new(FALSE, FALSE, sizeof(struct tree_file));
	g_array_set_clear_func(files, clear_file);
	while ((entry = fts_read(fts))) {
		if (entry->fts_info == FTS_D && is_hidden(entry))
			fts_set(fts, entry, FTS_SKIP);
		else if (entry->fts_info == FTS_F && is_source(entry))
			add_file(files, entry->fts_path + skip, entry->fts_statp);
		else if (entry->fts_info == FTS_DNR)
			diag_warn("%s: %s; what is below it is not indexed", entry->fts_path + skip,
				  g_strerror(entry->fts_errno));
	}
	fts_close(fts);
	return files;
}
