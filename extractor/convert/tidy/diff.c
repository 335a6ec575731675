// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/tidy/diff.h"

#define CONTEXT 3
/* More differences than any conversion makes: then all lines count as changed. */
#define DIFFERENCES_MAX 2000

struct lines *lines_new(const char *text)
{
	struct lines *lines = g_new0(struct lines, 1);
	g_autoptr(GArray) starts = g_array_new(FALSE, FALSE, sizeof(guint));
	guint end = strlen(text);

	for (guint at = 0; at < end; lines->count++) {
		const char *newline = memchr(text + at, '\n', end - at);

		g_array_append_val(starts, at);
		at = newline ? (guint)(newline - text) + 1 : end;
	}
	g_array_append_val(starts, end);
	lines->text = text;
	lines->start = (guint *)g_array_free(g_steal_pointer(&starts), FALSE);
	return lines;
}

void lines_free(struct lines *lines)
{
	if (!lines)
		return;
	g_free(lines->start);
	g_free(lines);
}

char *lines_get(const struct lines *lines, guint index)
{
	return g_strndup(lines->text + lines->start[index],
			 lines->start[index + 1] - lines->start[index]);
}

void lines_append(GString *out, const struct lines *lines, guint first, guint count)
{
	g_string_append_len(out, lines->text + lines->start[first],
			    lines->start[first + count] - lines->start[first]);
}

static char *line_key(const struct lines *lines, guint index, bool ignore_blanks)
{
	char *line = lines_get(lines, index), *to = line;

	if (!ignore_blanks)
		return line;
	for (const char *from = line; *from; from++)
		if (!g_ascii_isspace(*from))
			*to++ = *from;
	*to = '\0';
	return line;
}

/* A number for each line, the same for equal ones. */
static int *lines_intern(const struct lines *lines, GHashTable *known, bool ignore_blanks)
{
	int *ids = g_new(int, lines->count + 1);

	for (guint i = 0; i < lines->count; i++) {
		char *key = line_key(lines, i, ignore_blanks);
		gpointer id = g_hash_table_lookup(known, key);

		if (id) {
			g_free(key);
		} else {
			id = GINT_TO_POINTER(g_hash_table_size(known) + 1);
			g_hash_table_insert(known, key, id);
		}
		ids[i] = GPOINTER_TO_INT(id);
	}
	return ids;
}

/**
 * struct myers - E. Myers, "An O(ND) difference algorithm", the greedy form
 * @trace: one copy of the frontier (int *) a step, to walk back
 */
struct myers {
	const int *a, *b;
	int n, m, bound;
	int *frontier;
	GPtrArray *trace;
};

static int myers_from(const int *frontier, int k, int d)
{
	if (k == -d || (k != d && frontier[k - 1] < frontier[k + 1]))
		return frontier[k + 1];
	return frontier[k - 1] + 1;
}

/* The number of differences, or -1 when there are too many. */
static int myers_search(struct myers *myers)
{
	int *frontier = myers->frontier + myers->bound + 1;
	size_t bytes = sizeof(int) * (2 * myers->bound + 3);

	for (int d = 0; d <= myers->bound; d++) {
		for (int k = -d; k <= d; k += 2) {
			int x = myers_from(frontier, k, d), y = x - k;

			while (x < myers->n && y < myers->m && myers->a[x] == myers->b[y]) {
				x++;
				y++;
			}
			frontier[k] = x;
			if (x >= myers->n && y >= myers->m)
				return d;
		}
		g_ptr_array_add(myers->trace, g_memdup2(myers->frontier, bytes));
	}
	return -1;
}

/* Marks each line that is in one of the texts only. */
static void myers_walk(struct myers *myers, int differences, guint8 *gone, guint8 *come)
{
	int x = myers->n, y = myers->m;

	for (int d = differences; d > 0; d--) {
		int *frontier = (int *)myers->trace->pdata[d - 1] + myers->bound + 1;
		int k = x - y;
		bool down = k == -d || (k != d && frontier[k - 1] < frontier[k + 1]);
		int before = down ? k + 1 : k - 1;

		x = frontier[before];
		y = x - before;
		if (down)
			come[y] = 1;
		else
			gone[x] = 1;
	}
}

static void myers_run(const int *a, int n, const int *b, int m, guint8 *gone, guint8 *come)
{
	struct myers myers = { .a = a, .b = b, .n = n, .m = m,
			       .bound = MIN(n + m, DIFFERENCES_MAX) };
	int differences;

	myers.frontier = g_new0(int, 2 * myers.bound + 3);
	myers.trace = g_ptr_array_new_with_free_func(g_free);
	differences = myers_search(&myers);
	if (differences >= 0) {
		myers_walk(&myers, differences, gone, come);
	} else {
		memset(gone, 1, n);
		memset(come, 1, m);
	}
	g_ptr_array_free(myers.trace, TRUE);
	g_free(myers.frontier);
}

static GArray *hunks_collect(const guint8 *gone, guint n, const guint8 *come, guint m)
{
	GArray *hunks = g_array_new(FALSE, FALSE, sizeof(struct hunk));
	guint x = 0, y = 0;

	while (x < n || y < m) {
		struct hunk hunk = { .old_start = x, .new_start = y };

		while (x < n && gone[x])
			x++;
		while (y < m && come[y])
			y++;
		hunk.old_count = x - hunk.old_start;
		hunk.new_count = y - hunk.new_start;
		if (hunk.old_count || hunk.new_count)
			g_array_append_val(hunks, hunk);
		else
			x++, y++;
	}
	return hunks;
}

GArray *diff_hunks(const struct lines *old, const struct lines *new, bool ignore_blanks)
{
	g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autofree int *a = lines_intern(old, known, ignore_blanks);
	g_autofree int *b = lines_intern(new, known, ignore_blanks);
	g_autofree guint8 *gone = g_new0(guint8, old->count + 1);
	g_autofree guint8 *come = g_new0(guint8, new->count + 1);
	guint head = 0, n = old->count, m = new->count;

	while (head < n && head < m && a[head] == b[head])
		head++;
	while (n > head && m > head && a[n - 1] == b[m - 1]) {
		n--;
		m--;
	}
	myers_run(a + head, n - head, b + head, m - head, gone + head, come + head);
	return hunks_collect(gone, old->count, come, new->count);
}

static void print_lines(GString *out, char sign, const struct lines *lines, guint first, guint end)
{
	for (guint i = first; i < end; i++) {
		g_string_append_c(out, sign);
		lines_append(out, lines, i, 1);
		if (out->str[out->len - 1] != '\n')
			g_string_append(out, "\n\\ No newline at end of file\n");
	}
}

static void print_range(GString *out, char sign, guint start, guint count)
{
	g_string_append_printf(out, "%c%u", sign, count ? start + 1 : start);
	if (count != 1)
		g_string_append_printf(out, ",%u", count);
}

/* Hunks first..last have no more than two contexts between them. */
static void print_group(GString *out, const struct lines *old, const struct lines *new,
			const struct hunk *first, const struct hunk *last)
{
	guint lead = MIN(first->old_start, CONTEXT);
	guint old_end = last->old_start + last->old_count;
	guint tail = MIN(old->count - old_end, CONTEXT);
	guint from = first->old_start - lead, at = from;

	g_string_append(out, "@@ ");
	print_range(out, '-', from, old_end + tail - from);
	g_string_append_c(out, ' ');
	print_range(out, '+', first->new_start - lead,
		    last->new_start + last->new_count + tail + lead - first->new_start);
	g_string_append(out, " @@\n");
	for (const struct hunk *hunk = first; hunk <= last; hunk++) {
		print_lines(out, ' ', old, at, hunk->old_start);
		at = hunk->old_start + hunk->old_count;
		print_lines(out, '-', old, hunk->old_start, at);
		print_lines(out, '+', new, hunk->new_start, hunk->new_start + hunk->new_count);
	}
	print_lines(out, ' ', old, at, at + tail);
}

void diff_print(GString *out, const char *path, const char *old_text, const char *new_text)
{
	g_autoptr(GArray) hunks = NULL;
	struct lines *old = lines_new(old_text ? old_text : "");
	struct lines *new = lines_new(new_text);

	hunks = diff_hunks(old, new, false);
	if (hunks->len || !old_text) {
		g_string_append_printf(out, "diff --git a/%s b/%s\n", path, path);
		if (old_text)
			g_string_append_printf(out, "--- a/%s\n+++ b/%s\n", path, path);
		else
			g_string_append_printf(
				out, "new file mode 100644\n--- /dev/null\n+++ b/%s\n", path);
	}
	for (guint i = 0, next; i < hunks->len; i = next) {
		const struct hunk *hunk = &g_array_index(hunks, struct hunk, 0);

		for (next = i + 1; next < hunks->len; next++)
			if (hunk[next].old_start - hunk[next - 1].old_start -
			    hunk[next - 1].old_count > 2 * CONTEXT)
				break;
		print_group(out, old, new, &hunk[i], &hunk[next - 1]);
	}
	lines_free(old);
	lines_free(new);
}
