/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PIPELINE_POOL_H
#define GUPCONV_PIPELINE_POOL_H

#include <glib.h>
#include <stdbool.h>

/*
 * Runs work(job, data) for jobs 0 to count - 1 in worker processes, so that a
 * crash or a hang of the parser costs one file and not the run. Returns the
 * texts in job order, owned by the array; NULL where the worker died, with
 * outcome[job] telling why. Fails only when processes cannot be had, or on
 * SIGINT and SIGTERM.
 */
enum pool_outcome { POOL_DONE, POOL_CRASHED, POOL_TIMEOUT, POOL_STALLED };

struct pool {
	unsigned int workers;
	unsigned int timeout;	/* CPU seconds a job; WALL_FACTOR times that, it has stalled */
	const char *label;	/* for progress */
	char *(*work)(size_t job, void *data);
	void *data;
};

GPtrArray *pool_run(const struct pool *pool, size_t count, enum pool_outcome *outcome,
		    GError **error);

#endif
