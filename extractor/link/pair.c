// SPDX-License-Identifier: GPL-2.0-only
#include "link/match.h"

static bool is_last_of_release(const GPtrArray *pairs, const struct pair *wanted)
{
	for (guint i = 0; i < pairs->len; i++) {
		const struct pair *pair = pairs->pdata[i];

		if (pair != wanted && pair->release == wanted->release)
			return false;
	}
	return true;
}

void pairs_dismiss(GPtrArray *pairs, struct pair *pair, enum link_kind kind, struct reason *reason)
{
	if (!is_last_of_release(pairs, pair)) {
		reason_free(reason);
		g_ptr_array_remove(pairs, pair);
		return;
	}
	reason_free(pair->reason);
	pair->reason = reason;
	pair->kind = kind;
	pair->acquire = NULL;
	pair->feed = NULL;
}
