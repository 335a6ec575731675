// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/diag.h"
#include "pipeline/indexer.h"
#include "base/scratch.h"
#include "base/time_limit.h"

void indexer_take_cached(struct indexer *ix)
{
	enum pool_outcome done = POOL_DONE;

	for (size_t i = ix->facts->len; i < ix->jobs->len; i++) {
		char *facts = fact_cache_facts(ix->cache, ix->jobs->pdata[i]);

		g_ptr_array_add(ix->facts, facts);
		g_array_append_val(ix->outcome, done);
		if (!facts)
			g_array_append_val(ix->missing, i);
	}
}

static char *work(size_t number, void *data)
{
	struct indexer *ix = data;
	size_t job = g_array_index(ix->missing, size_t, number);

	return parse_facts(&ix->setup, ix->jobs->pdata[job]);
}

/* The row of a file whose worker died. */
static char *unparsed_facts(struct indexer *ix, const struct parse_job *job,
			    enum pool_outcome outcome)
{
	unsigned int seconds = ix->options->timeout;
	g_autofree char *slow = outcome == POOL_STALLED ?
		g_strdup_printf("the parser did not end in %u seconds", seconds * WALL_FACTOR) :
		g_strdup_printf("parsing took more than %u seconds of CPU time", seconds);

	if (outcome == POOL_TIMEOUT || outcome == POOL_STALLED)
		return parse_text(&ix->setup, job, FILE_TIMEOUT, slow);
	return parse_text(&ix->setup, job, FILE_FAILED, "the parser crashed on it");
}

static bool run_workers(struct indexer *ix, GError **error)
{
	struct pool pool = {
		.workers = MIN(ix->options->workers, ix->missing->len),
		.timeout = ix->options->timeout, .label = "index", .work = work, .data = ix,
	};
	g_autofree enum pool_outcome *outcome = g_new0(enum pool_outcome, ix->missing->len + 1);
	GPtrArray *texts;

	texts = pool_run(&pool, ix->missing->len, outcome, error);
	if (!texts)
		return false;
	for (guint i = 0; i < ix->missing->len; i++) {
		size_t job = g_array_index(ix->missing, size_t, i);

		g_array_index(ix->outcome, enum pool_outcome, job) = outcome[i];
		ix->facts->pdata[job] = outcome[i] == POOL_DONE ?
			g_steal_pointer(&texts->pdata[i]) :
			unparsed_facts(ix, ix->jobs->pdata[job], outcome[i]);
	}
	ix->parsed += ix->missing->len;
	g_array_set_size(ix->missing, 0);
	g_ptr_array_free(texts, TRUE);
	return true;
}

bool indexer_parse_missing(struct indexer *ix, GError **error)
{
	GError *failure = NULL;

	if (!ix->missing->len)
		return true;
	if (!ix->stubs)
		ix->stubs = scratch_make(&failure);
	if (!ix->stubs) {
		fail(error, EXIT_TOOL, "no temporary directory: %s", failure->message);
		g_error_free(failure);
		return false;
	}
	return indexer_prepare_headers(ix, error) && run_workers(ix, error);
}
