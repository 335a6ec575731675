// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "diag.h"
#include "indexer.h"
#include "precompiled.h"
#include "scratch.h"
#include "stubs.h"

static bool make_stubs(struct indexer *ix, GError **error)
{
	GError *failure = NULL;

	if (!ix->stubs)
		ix->stubs = scratch_make(&failure);
	if (!ix->stubs) {
		fail(error, EXIT_TOOL, "no temporary directory: %s", failure->message);
		g_error_free(failure);
		return false;
	}
	ix->setup.stubs = ix->stubs;
	for (guint i = 0; i < ix->missing->len; i++) {
		const struct parse_job *job =
			ix->jobs->pdata[g_array_index(ix->missing, size_t, i)];

		/* A PCH does not outlive a new date of a header in it. */
		if (g_hash_table_add(ix->stubbed, (void *)job->arch) &&
		    !stubs_make(ix->tree, job->arch, ix->stubs, error))
			return false;
	}
	return true;
}

void indexer_take_cached(struct indexer *ix)
{
	enum pool_outcome done = POOL_DONE;

	for (size_t i = ix->facts->len; i < ix->jobs->len; i++) {
		const char *facts = cache_facts(ix->cache, ix->jobs->pdata[i]);

		g_ptr_array_add(ix->facts, g_strdup(facts));
		g_array_append_val(ix->outcome, done);
		if (!facts)
			g_array_append_val(ix->missing, i);
	}
}

/* Fewer files than this do not pay for a PCH. */
#define PRECOMPILE_FROM 3

/* The architectures whose common headers are worth parsing beforehand. */
static GPtrArray *precompiled_archs(struct indexer *ix)
{
	GPtrArray *archs = g_ptr_array_new();

	for (const struct arch *arch = arch_table; arch->name; arch++) {
		unsigned int files = 0;

		for (guint i = 0; i < ix->missing->len; i++) {
			size_t number = g_array_index(ix->missing, size_t, i);
			const struct parse_job *job = ix->jobs->pdata[number];

			files += job->arch == arch && g_str_has_suffix(job->path, ".c");
		}
		if (files >= PRECOMPILE_FROM)
			g_ptr_array_add(archs, (void *)arch);
	}
	return archs;
}

static char *precompile(size_t number, void *data)
{
	struct indexer *ix = data;

	const struct arch *arch = ix->archs->pdata[number];

	return precompiled_make(ix->tree, arch, ix->stubs,
				g_hash_table_lookup(ix->setup.common, arch));
}

static bool precompile_headers(struct indexer *ix, GError **error)
{
	struct pool pool = {
		.workers = ix->options->workers, .timeout = ix->options->timeout,
		.label = "headers", .work = precompile, .data = ix,
	};
	enum pool_outcome outcome[64];
	GPtrArray *symbols;

	if (ix->archs)
		return true;
	ix->archs = precompiled_archs(ix);
	ix->setup.precompiled = g_hash_table_new_full(NULL, NULL, NULL, precompiled_free);
	/* A PCH and a text in memory do not go together. */
	if (reindex_has_header(ix->again))
		g_ptr_array_set_size(ix->archs, 0);
	if (!ix->archs->len)
		return true;
	symbols = pool_run(&pool, ix->archs->len, outcome, error);
	if (!symbols)
		return false;
	for (guint i = 0; i < ix->archs->len; i++) {
		const struct arch *arch = ix->archs->pdata[i];
		struct precompiled *pch = precompiled_new(arch, ix->stubs, symbols->pdata[i]);

		if (pch)
			g_hash_table_insert(ix->setup.precompiled, (void *)arch, pch);
	}
	g_ptr_array_free(symbols, TRUE);
	return true;
}

static char *work(size_t number, void *data)
{
	struct indexer *ix = data;
	size_t job = g_array_index(ix->missing, size_t, number);

	return parse_facts(&ix->setup, ix->jobs->pdata[job]);
}

/* What is left to say of a file that the parser did not come back from. */
static char *unparsed_facts(struct indexer *ix, const struct parse_job *job,
			    enum pool_outcome outcome)
{
	g_autofree char *slow = g_strdup_printf("parsing took more than %u seconds",
						ix->options->timeout);

	if (outcome == POOL_TIMEOUT)
		return parse_text(&ix->setup, job, "timeout", slow);
	return parse_text(&ix->setup, job, "failed", "the parser crashed on it");
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
	if (!ix->missing->len)
		return true;
	return make_stubs(ix, error) && precompile_headers(ix, error) && run_workers(ix, error);
}
