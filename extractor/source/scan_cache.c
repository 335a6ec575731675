// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>
#include <time.h>
#include <utime.h>

#include "source/scan_cache.h"
#include "base/usercache.h"

#define KEPT 24
/* Files that are read once more in each run, rather than that all is written anew. */
#define FEW 64

/* A file's line, up to the path. */
struct scan_line {
	const char *text, *path;
};

/**
 * struct scan_cache - an earlier scan, and the one that is under way
 * @file: where it is kept
 * @text: what was kept; the keys of @before point into it
 * @words: of the tree's files
 * @before: path -> its line up to the path: the state, the finding and the words
 * @now: of struct scan_line, of this scan
 * @made: the texts of those lines that are not of @text
 */
struct scan_cache {
	char *file;
	char *text;
	struct word_index *words;
	GHashTable *before;
	GArray *now;
	GStringChunk *made;
	guint changed;
	time_t start;
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

/* "STATE\tHIT\tCODES\tPATH" lines: STATE is what file_state_text() makes. */
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

struct scan_cache *scan_cache_open(const struct tree *tree, GPtrArray *names,
				   struct word_index *words)
{
	struct scan_cache *scanned = g_new0(struct scan_cache, 1);

	scanned->file = file_of(tree, names);
	scanned->words = words;
	scanned->before = g_hash_table_new(g_str_hash, g_str_equal);
	scanned->now = g_array_new(FALSE, FALSE, sizeof(struct scan_line));
	scanned->made = g_string_chunk_new(1 << 16);
	scanned->start = time(NULL);
	if (g_file_get_contents(scanned->file, &scanned->text, NULL, NULL))
		read_lines(scanned);
	return scanned;
}

static void add_line(struct scan_cache *scanned, const char *text, const char *path)
{
	struct scan_line line = { text, path };

	g_array_append_val(scanned->now, line);
}

bool scan_cache_known(struct scan_cache *scanned, const struct tree_file *file, bool *hit)
{
	const char *line = g_hash_table_lookup(scanned->before, file->path);
	char state[FILE_STATE_MAX];
	int length;

	if (!line)
		return false;
	length = file_state_text(&file->state, state);
	if (strncmp(line, state, length) || line[length] != '\t' ||
	    (line[length + 1] != '0' && line[length + 1] != '1') || line[length + 2] != '\t')
		return false;
	*hit = line[length + 1] == '1';
	word_index_put(scanned->words, file->path, line + length + 3);
	add_line(scanned, line, file->path);
	return true;
}

void scan_cache_note(struct scan_cache *scanned, const struct tree_file *file, bool hit,
		     const char *text, size_t size)
{
	const char *codes = word_index_add(scanned->words, file->path, text, size);
	char state[FILE_STATE_MAX];
	g_autofree char *line = NULL;

	if (file->state.ctime >= scanned->start - FILE_STATE_RACY || strpbrk(file->path, "\t\n"))
		return;
	scanned->changed++;
	file_state_text(&file->state, state);
	line = g_strdup_printf("%s\t%c\t%s", state, hit ? '1' : '0', codes);
	add_line(scanned, g_string_chunk_insert(scanned->made, line), file->path);
}

static void keep(struct scan_cache *scanned)
{
	g_autofree char *dir = g_path_get_dirname(scanned->file);
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < scanned->now->len; i++) {
		const struct scan_line *line = &g_array_index(scanned->now, struct scan_line, i);

		g_string_append(text, line->text);
		g_string_append_c(text, '\t');
		g_string_append(text, line->path);
		g_string_append_c(text, '\n');
	}
	if (!g_mkdir_with_parents(dir, 0700) &&
	    g_file_set_contents(scanned->file, text->str, text->len, NULL))
		usercache_trim("scans", KEPT);
}

void scan_cache_close(struct scan_cache *scanned)
{
	if (!scanned)
		return;
	if (!scanned->text || scanned->changed > FEW || scanned->now->len < scanned->changed * 16)
		keep(scanned);
	else
		utime(scanned->file, NULL);
	g_hash_table_destroy(scanned->before);
	g_array_unref(scanned->now);
	g_string_chunk_free(scanned->made);
	word_index_keep(scanned->words, scanned->text);
	g_free(scanned->file);
	g_free(scanned);
}
