// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <utime.h>

#include "source/scan_cache.h"
#include "base/usercache.h"

#define KEPT 24
/* Seconds before the scan in which a date is too coarse. */
#define RACY 2

/**
 * struct scan_cache - an earlier scan, and the one that is under way
 * @file: where it is kept
 * @text: what was kept; the keys of @before point into it
 * @before: path -> its line up to the path: the result of stat(), the finding and the words
 * @now: the lines of this scan
 * @changed: they are not those of @text
 */
struct scan_cache {
	char *file;
	char *text;
	GHashTable *before;
	GString *now;
	guint lines;
	time_t start;
	bool changed;
};

/* Where the scan of this tree for these names is kept. */
static char *file_of(const struct tree *tree, GPtrArray *names)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	g_autofree char *name = NULL;

	g_checksum_update(sum, (const guchar *)"words", -1);
	g_checksum_update(sum, (const guchar *)tree->top, strlen(tree->top) + 1);
	for (guint i = 0; i < names->len; i++)
		g_checksum_update(sum, names->pdata[i], strlen(names->pdata[i]) + 1);
	name = g_build_filename("scans", g_checksum_get_string(sum), NULL);
	return usercache_path(name);
}

/* "STATE\tHIT\tCODES\tPATH" lines: STATE is what state_of() makes. */
static void read_lines(struct scan_cache *scanned)
{
	char *line = scanned->text;

	while (line && *line) {
		char *end = strchr(line, '\n'), *path;

		if (!end)
			break;
		*end = 0;
		path = strrchr(line, '\t');
		if (path) {
			*path = 0;
			g_hash_table_insert(scanned->before, path + 1, line);
		}
		line = end + 1;
	}
}

struct scan_cache *scan_cache_open(const struct tree *tree, GPtrArray *names)
{
	struct scan_cache *scanned = g_new0(struct scan_cache, 1);

	scanned->file = file_of(tree, names);
	scanned->before = g_hash_table_new(g_str_hash, g_str_equal);
	scanned->now = g_string_new(NULL);
	scanned->start = time(NULL);
	if (g_file_get_contents(scanned->file, &scanned->text, NULL, NULL))
		read_lines(scanned);
	return scanned;
}

/* Fills buffer; the length. */
static int state_of(const struct stat *st, char *buffer, size_t size)
{
	return snprintf(buffer, size, "%lld.%ld.%lld.%ld.%lld.%llu\t",
			(long long)st->st_mtim.tv_sec, st->st_mtim.tv_nsec,
			(long long)st->st_ctim.tv_sec, st->st_ctim.tv_nsec, (long long)st->st_size,
			(unsigned long long)st->st_ino);
}

bool scan_cache_known(struct scan_cache *scanned, const char *path, const struct stat *st,
		      bool *hit, const char **codes)
{
	const char *line = g_hash_table_lookup(scanned->before, path);
	char state[128];
	int length;

	if (!line)
		return false;
	length = state_of(st, state, sizeof(state));
	if (strncmp(line, state, length))
		return false;
	*hit = line[length] == '1';
	*codes = line + length + 2;
	return true;
}

void scan_cache_note(struct scan_cache *scanned, const char *path, const struct stat *st, bool hit,
		     const char *codes)
{
	const char *line = g_hash_table_lookup(scanned->before, path);
	char state[128];
	int length = state_of(st, state, sizeof(state));

	if (st->st_ctim.tv_sec >= scanned->start - RACY || strpbrk(path, "\t\n"))
		return;
	scanned->lines++;
	scanned->changed |= !line || strncmp(line, state, length) || (line[length] == '1') != hit;
	g_string_append_printf(scanned->now, "%s%c\t%s\t%s\n", state, hit ? '1' : '0', codes, path);
}

static void keep(struct scan_cache *scanned)
{
	g_autofree char *dir = g_path_get_dirname(scanned->file);

	if (!g_mkdir_with_parents(dir, 0700) &&
	    g_file_set_contents(scanned->file, scanned->now->str, scanned->now->len, NULL))
		usercache_trim("scans", KEPT);
}

void scan_cache_close(struct scan_cache *scanned)
{
	if (!scanned)
		return;
	if (!scanned->text || scanned->changed ||
	    scanned->lines != g_hash_table_size(scanned->before))
		keep(scanned);
	else
		utime(scanned->file, NULL);
	g_hash_table_destroy(scanned->before);
	g_string_free(scanned->now, TRUE);
	g_free(scanned->text);
	g_free(scanned->file);
	g_free(scanned);
}
