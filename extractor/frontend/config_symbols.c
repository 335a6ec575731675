// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "ctext/identifier_set.h"
#include "frontend/pch.h"
#include "frontend/config_symbols.h"

/**
 * struct config_symbols - the common symbols of each architecture, as they are asked for
 * @words: path -> CONFIG_ symbols of that header (GPtrArray): most serve all architectures
 * @common: struct arch -> symbols (GPtrArray)
 */
struct config_symbols {
	const struct tree *tree;
	struct includes *includes;
	struct kconfig *kconfig;
	GHashTable *words;
	GHashTable *common;
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

static const GPtrArray *words_of(struct config_symbols *symbols, const char *path)
{
	GPtrArray *words = g_hash_table_lookup(symbols->words, path);
	g_autofree char *text = NULL;
	size_t size = 0;

	if (!words) {
		text = includes_read(symbols->includes, path, &size);
		words = config_symbols_of_text(text, size);
		g_hash_table_insert(symbols->words, g_strdup(path), words);
	}
	return words;
}

/* The symbols that the common headers, and all that they include, mention; sorted. */
static GList *mentioned(struct config_symbols *symbols, const struct arch *arch)
{
	g_autoptr(GPtrArray) roots = pch_headers(symbols->tree, NULL);
	g_autoptr(GPtrArray) paths = includes_reached(symbols->includes, roots, arch);
	g_autoptr(GHashTable) set = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < paths->len; i++) {
		const GPtrArray *words = words_of(symbols, paths->pdata[i]);

		for (guint j = 0; j < words->len; j++)
			g_hash_table_add(set, words->pdata[j]);
	}
	return g_list_sort(g_hash_table_get_keys(set), (GCompareFunc)strcmp);
}

static GPtrArray *choose(struct config_symbols *symbols, const struct arch *arch)
{
	GPtrArray *chosen = g_ptr_array_new_with_free_func(g_free);
	GList *words = mentioned(symbols, arch);

	for (GList *word = words; word; word = word->next) {
		const char *symbol = word->data;

		if (kconfig_always(symbols->kconfig, arch->name, symbol + strlen("CONFIG_")) &&
		    !arch_config_excluded(arch, symbol + strlen("CONFIG_")))
			g_ptr_array_add(chosen, g_strdup(symbol));
	}
	g_list_free(words);
	return chosen;
}

struct config_symbols *config_symbols_new(const struct tree *tree, struct includes *includes,
					  struct kconfig *kconfig)
{
	struct config_symbols *symbols = g_new0(struct config_symbols, 1);

	*symbols = (struct config_symbols){
		.tree = tree, .includes = includes, .kconfig = kconfig,
		.words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					       (GDestroyNotify)g_ptr_array_unref),
		.common = g_hash_table_new_full(NULL, NULL, NULL,
						(GDestroyNotify)g_ptr_array_unref),
	};
	return symbols;
}

void config_symbols_free(struct config_symbols *symbols)
{
	g_hash_table_destroy(symbols->words);
	g_hash_table_destroy(symbols->common);
	g_free(symbols);
}

GPtrArray *config_symbols_common(struct config_symbols *symbols, const struct arch *arch)
{
	GPtrArray *common = g_hash_table_lookup(symbols->common, arch);

	if (!common) {
		common = choose(symbols, arch);
		g_hash_table_insert(symbols->common, (void *)arch, common);
	}
	return common;
}
