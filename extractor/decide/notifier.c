// SPDX-License-Identifier: GPL-2.0-only
#include "base/same_folder.h"
#include "decide/notifier.h"

/* A folder that is less deep is shared by a whole class of drivers. */
#define DRIVER_DEPTH 3

static bool same_driver(const char *a, const char *b)
{
	int depth = 0;

	for (const char *p = a; *p; p++)
		depth += *p == '/';
	return depth >= DRIVER_DEPTH && same_directory(a, b);
}

const struct call_info *notifier_near(const struct graph *graph, const struct call_info *acquire,
				      bool kept)
{
	const char *path = graph_path(graph, acquire->file);

	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];

		if (call->role == ROLE_NOTIFIER && call->status != CALL_DEAD &&
		    (call->file == acquire->file ||
		     (kept && same_driver(graph_path(graph, call->file), path))))
			return call;
	}
	return NULL;
}
