// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/finding_list.h"

static void row_free(void *data)
{
	struct finding_row *row = data;

	reason_free(row->message);
	if (row->steps)
		g_array_free(row->steps, TRUE);
	g_free(row);
}

struct finding_list *finding_list_new(void)
{
	struct finding_list *list = g_new0(struct finding_list, 1);

	list->rows = g_ptr_array_new_with_free_func(row_free);
	list->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return list;
}

void finding_list_free(struct finding_list *list)
{
	g_ptr_array_unref(list->rows);
	g_hash_table_destroy(list->known);
	g_free(list);
}

void finding_add(struct finding_list *list, struct finding_row row)
{
	struct finding_row *copy = g_memdup2(&row, sizeof(row));
	bool other_kernel = row.call && row.call->status == CALL_OTHER_KERNEL;
	char *key = g_strdup_printf("%s %s %d %d %d", row.kind, row.detail,
				    row.call ? row.call->id : 0, row.file, row.line);

	if (g_hash_table_add(list->known, key) && !other_kernel)
		g_ptr_array_add(list->rows, copy);
	else
		row_free(copy);
}
