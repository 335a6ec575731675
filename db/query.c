// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "db/query.h"

const char *query_text(const char *name)
{
	for (const struct query *q = query_table; q->name; q++)
		if (!strcmp(q->name, name))
			return q->text;
	return NULL;
}
