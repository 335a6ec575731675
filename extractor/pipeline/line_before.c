// SPDX-License-Identifier: GPL-2.0-only
#include "convert/tidy/diff.h"
#include "pipeline/line_before.h"

guint line_before(const char *old, const char *new, guint line)
{
	g_autoptr(lines_t) old_lines = lines_new(old), new_lines = lines_new(new);
	g_autoptr(GArray) hunks = diff_hunks(old_lines, new_lines, false);
	long shift = 0;

	for (guint i = 0; i < hunks->len; i++) {
		const struct hunk *hunk = &g_array_index(hunks, struct hunk, i);

		if (line <= hunk->new_start)
			break;
		if (line <= hunk->new_start + hunk->new_count)
			return hunk->old_count ? hunk->old_start + 1 : 0;
		shift += (long)hunk->old_count - hunk->new_count;
	}
	return line + shift;
}
