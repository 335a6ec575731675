// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>
#include <utime.h>

#include "base/usercache.h"
#include "model/facts.h"
#include "pipeline/wish_memo.h"

/* Rounds: those of some twenty trees. */
#define KEPT 96
/* The last line, with a checksum behind it: without it the file is cut off or damaged. */
#define END "end\t"

enum wish_cell { CELL_USE, CELL_HANDS_ON, CELL_FROM, CELL_WORD, CELL_TAG, CELL_HEADER, CELL_DIR };

static char *path_of(const char *key)
{
	g_autofree char *name = g_build_filename("wishes", key, NULL);

	return usercache_path(name);
}

/* "USE\tHANDS_ON\tFROM\tWORD\tTAG\tHEADER" and, of one directory's users alone, "\tDIR" */
static struct wish *wish_read(char **cells)
{
	guint count = g_strv_length(cells);
	int use = count > CELL_HEADER ? atoi(cells[CELL_USE]) : -1;
	struct wish *wish;

	if (use < 0 || use > USE_DROP || count > CELL_DIR + 1)
		return NULL;
	wish = wish_new();
	wish->use = use;
	wish->hands_on = *cells[CELL_HANDS_ON] == '1';
	wish->from = g_strdup(cells[CELL_FROM]);
	wish->word = g_strdup(cells[CELL_WORD]);
	wish->tag = g_strdup(cells[CELL_TAG]);
	wish->header = g_strdup(cells[CELL_HEADER]);
	wish->dir = count > CELL_DIR ? g_strdup(cells[CELL_DIR]) : NULL;
	return wish;
}

/* Of the key and the first length bytes of the text. Caller frees. */
static char *checksum_of(const char *key, const char *text, size_t length)
{
	GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
	char *sum;

	g_checksum_update(checksum, (const guchar *)key, strlen(key) + 1);
	g_checksum_update(checksum, (const guchar *)text, length);
	sum = g_strdup(g_checksum_get_string(checksum));
	g_checksum_free(checksum);
	return sum;
}

static bool is_end(const char *key, const char *text, size_t at)
{
	g_autofree char *sum = checksum_of(key, text, at);
	g_autofree char *end = g_strdup_printf(END "%s\n", sum);

	return !strcmp(text + at, end);
}

static bool wishes_read(const char *key, const char *text, GPtrArray *wishes)
{
	size_t at = 0;

	while (text[at]) {
		size_t length = strcspn(text + at, "\n");
		g_auto(GStrv) cells = facts_cells(text + at, length);
		struct wish *wish = NULL;

		if (g_str_has_prefix(text + at, END))
			return is_end(key, text, at);
		wish = wish_read(cells);
		if (!wish)
			return false;
		g_ptr_array_add(wishes, wish);
		at += length + (text[at + length] == '\n');
	}
	return false;
}

GPtrArray *wish_memo_find(const char *key)
{
	g_autofree char *path = path_of(key), *text = NULL;
	g_autoptr(GPtrArray) wishes = wish_list_new();

	if (!g_file_get_contents(path, &text, NULL, NULL) || !wishes_read(key, text, wishes))
		return NULL;
	utime(path, NULL);
	return g_steal_pointer(&wishes);
}

static void wish_write(const struct wish *wish, GString *text)
{
	const char *const cells[] = { wish->from, wish->word, wish->tag, wish->header, wish->dir };

	g_string_append_printf(text, "%d\t%d", wish->use, wish->hands_on);
	for (size_t i = 0; i < G_N_ELEMENTS(cells) && cells[i]; i++) {
		g_string_append_c(text, '\t');
		facts_append_cell(text, cells[i]);
	}
	g_string_append_c(text, '\n');
}

void wish_memo_keep(const char *key, const GPtrArray *wishes)
{
	g_autofree char *path = path_of(key), *dir = g_path_get_dirname(path);
	g_autoptr(GString) text = g_string_new(NULL);
	g_autofree char *sum = NULL;

	for (guint i = 0; i < wishes->len; i++)
		wish_write(wishes->pdata[i], text);
	sum = checksum_of(key, text->str, text->len);
	g_string_append_printf(text, END "%s\n", sum);
	if (!g_mkdir_with_parents(dir, 0700) &&
	    g_file_set_contents(path, text->str, text->len, NULL))
		usercache_trim("wishes", KEPT);
}
