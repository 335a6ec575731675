/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_TIDY_DIFF_H
#define GUPCONV_CONVERT_TIDY_DIFF_H

#include <glib.h>
#include <stdbool.h>

/**
 * struct lines - a text seen as lines; it does not own the text
 * @start: offset of each line, and of the end (count + 1 entries)
 */
struct lines {
	const char *text;
	guint count;
	guint *start;
};

/**
 * struct hunk - lines that differ, from 0; either count may be 0
 */
struct hunk {
	guint old_start, old_count, new_start, new_count;
};

struct lines *lines_new(const char *text);
void lines_free(struct lines *lines);
typedef struct lines lines_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lines_t, lines_free)
/* The line with its newline, if it has one. */
char *lines_get(const struct lines *lines, guint index);
void lines_append(GString *out, const struct lines *lines, guint first, guint count);

/* The hunks (struct hunk) between two texts; lines that differ in blanks only
 * may count as equal. */
GArray *diff_hunks(const struct lines *old, const struct lines *new, bool ignore_blanks);

/* A unified diff as git prints it, or nothing when the texts are equal. NULL
 * as old text: a new file. */
void diff_print(GString *out, const char *path, const char *old, const char *new);

#endif
