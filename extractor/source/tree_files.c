// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
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

bool file_state_read(const char *full, struct file_state *state)
{
	struct stat st;

	if (stat(full, &st))
		return false;
	*state = state_of(&st);
	return true;
}

/* -- sums -- */

/* One step of a multiplicative hash, with the upper half folded in. */
static guint64 mix(guint64 hash, guint64 value)
{
	hash = (hash ^ value) * 0x9e3779b97f4a7c15u;
	return hash ^ hash >> 32;
}

static guint64 hash_of(guint64 seed, const char *path, const struct file_state *state)
{
	const guint64 values[] = { state->mtime, state->mtime_ns, state->ctime, state->ctime_ns,
				   state->size, state->inode };
	guint64 hash = seed;

	for (; *path; path++)
		hash = mix(hash, (unsigned char)*path);
	for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
		hash = mix(hash, values[i]);
	return hash;
}

void state_sum_add(struct state_sum *sum, const char *path, const struct file_state *state)
{
	sum->lanes[0] += hash_of(1, path, state);
	sum->lanes[1] += hash_of(2, path, state);
	sum->newest = MAX(sum->newest, state->ctime);
}

/* -- the walk -- */

/**
 * struct walk - of a tree, under way
 * @top: its path; @skip: bytes of it and the slash, in front of paths
 */
struct walk {
	const char *top;
	size_t skip;
	struct tree_files *files;
};

/* Left behind by builds and editors. */
static bool is_left_behind(const char *name)
{
	static const char *const ends[] = { ".o", ".a", ".ko", ".cmd", ".d", ".mod", ".order",
					    ".symvers", ".dtb", ".dtbo", ".so", ".swp", ".swo" };
	const char *end = strrchr(name, '.');

	if (g_str_has_suffix(name, "~") || g_str_has_prefix(name, ".#") || *name == '#')
		return true;
	for (size_t i = 0; end && i < G_N_ELEMENTS(ends); i++)
		if (!strcmp(end, ends[i]))
			return true;
	return false;
}

static void add_other(struct walk *walk, const FTSENT *entry)
{
	struct file_state state = state_of(entry->fts_statp);

	if (!is_left_behind(entry->fts_name))
		state_sum_add(&walk->files->others, entry->fts_path + walk->skip, &state);
}

static void add_source(struct walk *walk, const FTSENT *entry)
{
	const char *path = entry->fts_path + walk->skip;
	struct tree_file file = { path_escape(path), state_of(entry->fts_statp) };

	if (!file.path)
		file.path = g_strdup(path);
	g_array_append_val(walk->files->sources, file);
}

/* The file that it leads to counts, where the walk does not come by there. */
static void add_link(struct walk *walk, const FTSENT *entry)
{
	char *target = realpath(entry->fts_path, NULL);
	const char *below = target ? tree_below(target, walk->top) : NULL;
	struct stat st;

	add_other(walk, entry);
	if (!target || (below && !g_str_has_prefix(below, ".git"))) {
		state_sum_add(&walk->files->others, target ? target : "",
			      &(struct file_state){ 0 });
	} else if (stat(target, &st) || !S_ISREG(st.st_mode)) {
		walk->files->whole = false;
	} else {
		struct file_state state = state_of(&st);

		state_sum_add(&walk->files->others, target, &state);
	}
	free(target);
}

/* fts_number of a folder: no source of it is indexed. */
static bool is_hidden(const FTSENT *entry)
{
	return entry->fts_parent->fts_number ||
	       (entry->fts_info == FTS_D && entry->fts_level > 0 && entry->fts_name[0] == '.');
}

static void unreadable(struct walk *walk, const FTSENT *entry)
{
	walk->files->whole = false;
	if (entry->fts_info == FTS_DNR && !is_hidden(entry) && *entry->fts_name != '.')
		diag_warn("%s: %s; what is below it is not indexed", entry->fts_path + walk->skip,
			  g_strerror(entry->fts_errno));
}

static void add_entry(struct walk *walk, FTS *fts, FTSENT *entry)
{
	switch (entry->fts_info) {
	case FTS_D:
		entry->fts_number = is_hidden(entry);
		/* No build reads what is in there. */
		if (entry->fts_number && !strcmp(entry->fts_name, ".git"))
			fts_set(fts, entry, FTS_SKIP);
		break;
	case FTS_F:
		if (file_is_c(entry->fts_name) && entry->fts_namelen > 2 && !is_hidden(entry))
			add_source(walk, entry);
		else
			add_other(walk, entry);
		break;
	case FTS_SL:
		add_link(walk, entry);
		break;
	case FTS_DNR:
	case FTS_NS:
	case FTS_ERR:
		unreadable(walk, entry);
		break;
	default:
		break;
	}
}

static void clear_file(void *data)
{
	g_free(((struct tree_file *)data)->path);
}

struct tree_files *tree_files_read(const struct tree *tree, GError **error)
{
	char *const roots[] = { tree->top, NULL };
	FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	struct walk walk = { tree->top, strlen(tree->top) + 1, NULL };
	FTSENT *entry;

	if (!fts) {
		fail(error, EXIT_INPUT, "%s: %s", tree->top, g_strerror(errno));
		return NULL;
	}
	walk.files = g_new0(struct tree_files, 1);
	walk.files->whole = true;
	walk.files->sources = g_array_new(FALSE, FALSE, sizeof(struct tree_file));
	g_array_set_clear_func(walk.files->sources, clear_file);
	while ((entry = fts_read(fts)))
		add_entry(&walk, fts, entry);
	fts_close(fts);
	return walk.files;
}

void tree_files_free(struct tree_files *files)
{
	g_array_unref(files->sources);
	g_free(files);
}
