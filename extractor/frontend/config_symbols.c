// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/file_kind.h"
#include "ctext/identifier_set.h"
#include "frontend/parse.h"
#include "frontend/pch.h"
#include "frontend/config_symbols.h"

/**
 * struct choosing - the choice of an architecture's common symbols
 * @words: path -> CONFIG_ symbols of that header (GPtrArray): most serve all architectures
 */
struct choosing {
	const struct tree *tree;
	struct includes *includes;
	struct kconfig *kconfig;
	const GPtrArray *jobs;
	GHashTable *words;
};

static GPtrArray *config_symbols_of_text(const char *text, size_t size)
{
	return identifiers_with_prefix(text ? text : "", text ? size : 0, "CONFIG_");
}

GPtrArray *config_symbols_of_file(const struct tree *tree, const char *path)
{
	size_t size = 0;
	g_autofree char *text = tree_read(tree, path, &size, NULL);

	return config_symbols_of_text(text, size);
}

static const GPtrArray *words_of(struct choosing *choosing, const char *path)
{
	GPtrArray *words = g_hash_table_lookup(choosing->words, path);
	g_autofree char *text = NULL;
	size_t size = 0;

	if (!words) {
		text = includes_read(choosing->includes, path, &size);
		words = config_symbols_of_text(text, size);
		g_hash_table_insert(choosing->words, g_strdup(path), words);
	}
	return words;
}

/* The symbols that the common headers, and all that they include, mention; sorted. */
static GList *mentioned(struct choosing *choosing, const struct arch *arch)
{
	g_autoptr(GPtrArray) roots = pch_headers(choosing->tree);
	g_autoptr(GPtrArray) paths = includes_reached(choosing->includes, roots, arch);
	g_autoptr(GHashTable) set = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < paths->len; i++) {
		const GPtrArray *words = words_of(choosing, paths->pdata[i]);

		for (guint j = 0; j < words->len; j++)
			g_hash_table_add(set, words->pdata[j]);
	}
	return g_list_sort(g_hash_table_get_keys(set), (GCompareFunc)strcmp);
}

/* Set of what the files of the architecture name; borrowed from the jobs. */
static GHashTable *named(const struct choosing *choosing, const struct arch *arch)
{
	GHashTable *set = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < choosing->jobs->len; i++) {
		const struct parse_job *job = choosing->jobs->pdata[i];

		if (job->arch != arch || !file_is_source(job->path))
			continue;
		for (guint j = 0; j < job->symbols->len; j++)
			g_hash_table_add(set, job->symbols->pdata[j]);
	}
	return set;
}

static GPtrArray *choose(struct choosing *choosing, const struct arch *arch)
{
	g_autoptr(GHashTable) wanted = named(choosing, arch);
	GPtrArray *chosen = g_ptr_array_new_with_free_func(g_free);
	GList *words = mentioned(choosing, arch);

	for (GList *word = words; word; word = word->next) {
		const char *symbol = word->data;

		if ((g_hash_table_contains(wanted, symbol) ||
		     kconfig_always(choosing->kconfig, arch->name, symbol + strlen("CONFIG_"))) &&
		    !arch_config_excluded(arch, symbol + strlen("CONFIG_")))
			g_ptr_array_add(chosen, g_strdup(symbol));
	}
	g_list_free(words);
	return chosen;
}

GHashTable *config_symbols_common(const struct tree *tree, struct includes *includes,
				  struct kconfig *kconfig, const GPtrArray *jobs)
{
	struct choosing choosing = {
		.tree = tree, .includes = includes, .kconfig = kconfig, .jobs = jobs,
		.words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					       (GDestroyNotify)g_ptr_array_unref),
	};
	GHashTable *common = g_hash_table_new_full(NULL, NULL, NULL,
						   (GDestroyNotify)g_ptr_array_unref);

	for (guint i = 0; i < jobs->len; i++) {
		const struct parse_job *job = jobs->pdata[i];

		if (!g_hash_table_contains(common, job->arch))
			g_hash_table_insert(common, (void *)job->arch,
					    choose(&choosing, job->arch));
	}
	g_hash_table_destroy(choosing.words);
	return common;
}
