// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/file_kind.h"
#include "kbuild/compiler_flags.h"
#include "frontend/header_cache.h"
#include "pipeline/indexer.h"
#include "kbuild/generated_headers.h"

/* Fewer .c files than this do not pay for headers that are parsed beforehand. */
#define FILES_FROM 3

static bool is_worth_it(const struct indexer *ix, const struct arch *arch)
{
	unsigned int files = 0;

	for (guint i = 0; i < ix->jobs->len; i++) {
		const struct parse_job *job = ix->jobs->pdata[i];

		files += job->arch == arch && file_is_source(job->path);
	}
	return files >= FILES_FROM;
}

/* All that an architecture's headers are made from. */
static char *headers_key(struct indexer *ix, const struct arch *arch, GPtrArray *common)
{
	g_autoptr(GPtrArray) names = pch_headers(ix->tree, arch);
	struct flags_input flags = { .tree = ix->tree, .arch = arch, .stubs = "stubs",
				     .path = "include/.", .common = common };
	g_auto(GStrv) args = compiler_flags_make(&flags);
	g_autofree char *joined = g_strjoinv("\n", args);
	g_autofree char *stubs = generated_headers_hash(ix->tree, arch);
	g_autofree char *texts = common ? includes_headers_hash(ix->includes, names, arch)
					: g_strdup("");
	g_autofree char *all = g_strjoin("\n", ix->salt, joined, stubs, texts, NULL);

	return g_compute_checksum_for_string(G_CHECKSUM_SHA256, all, -1);
}

/* The architectures of the missing jobs that have no headers yet. */
static GArray *headers_wanted(struct indexer *ix)
{
	GArray *inputs = g_array_new(FALSE, FALSE, sizeof(struct headers_input));
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

	for (guint i = 0; i < ix->missing->len; i++) {
		const struct parse_job *job =
			ix->jobs->pdata[g_array_index(ix->missing, size_t, i)];
		struct headers_input input = { .tree = ix->tree, .arch = job->arch,
					       .scratch = ix->stubs };

		if (g_hash_table_contains(ix->setup.headers, job->arch) ||
		    !g_hash_table_add(seen, (void *)job->arch))
			continue;
		/* A PCH and a text in memory do not go together. */
		if (!incremental_has_header(ix->again) && is_worth_it(ix, job->arch))
			input.common = config_symbols_common(ix->setup.common, job->arch);
		input.key = headers_key(ix, job->arch, input.common);
		g_array_append_val(inputs, input);
	}
	return inputs;
}

/* Takes those that are there; the others stay in inputs. */
static void take_kept(struct indexer *ix, GArray *inputs)
{
	for (guint i = 0; i < inputs->len;) {
		struct headers_input *input = &g_array_index(inputs, struct headers_input, i);
		struct header_cache *headers = header_cache_kept(input);

		if (headers) {
			g_hash_table_insert(ix->setup.headers, (void *)input->arch, headers);
			g_free(input->key);
			g_array_remove_index(inputs, i);
		} else {
			i++;
		}
	}
}

/**
 * struct header_build - headers under way
 * @inputs: of struct headers_input
 * @dirs: where each is made
 */
struct header_build {
	GArray *inputs;
	GPtrArray *dirs;
};

static char *precompile(size_t number, void *data)
{
	const struct header_build *making = data;
	const struct headers_input *input =
		&g_array_index(making->inputs, struct headers_input, number);

	return input->common ? header_cache_pch(input, making->dirs->pdata[number]) : g_strdup("");
}

static bool make_headers(struct indexer *ix, GArray *inputs, GError **error)
{
	g_autoptr(GPtrArray) dirs = g_ptr_array_new_with_free_func(g_free), symbols = NULL;
	g_autofree enum pool_outcome *outcome = g_new0(enum pool_outcome, inputs->len + 1);
	struct header_build making = { inputs, dirs };
	struct pool pool = {
		.workers = MIN(ix->options->workers, inputs->len), .timeout = ix->options->timeout,
		.label = "headers", .work = precompile, .data = &making,
	};

	for (guint i = 0; i < inputs->len; i++) {
		char *dir = header_cache_begin(&g_array_index(inputs, struct headers_input, i),
					       error);

		if (!dir)
			return false;
		g_ptr_array_add(dirs, dir);
	}
	symbols = pool_run(&pool, inputs->len, outcome, error);
	for (guint i = 0; symbols && i < inputs->len; i++) {
		const struct headers_input *input = &g_array_index(inputs, struct headers_input, i);
		const char *text = symbols->pdata[i];

		g_hash_table_insert(ix->setup.headers, (void *)input->arch,
				    header_cache_end(input, dirs->pdata[i], text ? text : ""));
	}
	return symbols;
}

static void free_keys(GArray *inputs)
{
	for (guint i = 0; i < inputs->len; i++)
		g_free(g_array_index(inputs, struct headers_input, i).key);
}

bool indexer_prepare_headers(struct indexer *ix, GError **error)
{
	g_autoptr(GArray) inputs = NULL;
	bool fine = true;
	int lock;

	if (!ix->setup.headers)
		ix->setup.headers = g_hash_table_new_full(NULL, NULL, NULL, header_cache_free);
	inputs = headers_wanted(ix);
	take_kept(ix, inputs);
	if (inputs->len) {
		lock = header_cache_lock();
		take_kept(ix, inputs);
		fine = !inputs->len || make_headers(ix, inputs, error);
		header_cache_unlock(lock);
	}
	free_keys(inputs);
	return fine;
}
