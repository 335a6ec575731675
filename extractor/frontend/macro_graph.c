// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "ctext/directive_words.h"
#include "frontend/macro_graph.h"

/**
 * struct macro_graph - macros and what they depend on
 * @words: name -> set of words
 */
struct macro_graph {
	GHashTable *words;
};

struct macro_graph *macro_graph_new(void)
{
	struct macro_graph *graph = g_new0(struct macro_graph, 1);

	graph->words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					     (GDestroyNotify)g_hash_table_unref);
	return graph;
}

void macro_graph_free(struct macro_graph *graph)
{
	if (!graph)
		return;
	g_hash_table_destroy(graph->words);
	g_free(graph);
}

static GHashTable *words_of(struct macro_graph *graph, const char *name)
{
	GHashTable *words = g_hash_table_lookup(graph->words, name);

	if (!words) {
		words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		g_hash_table_insert(graph->words, g_strdup(name), words);
	}
	return words;
}

static void add_word(const char *word, size_t length, void *data)
{
	g_hash_table_add(data, g_strndup(word, length));
}

static void add_macro(const struct macro_definition *macro, void *data)
{
	g_autofree char *name = g_strndup(macro->name, macro->length);
	GHashTable *words = words_of(data, name);

	for (guint i = 0; i < macro->tests->len; i++)
		g_hash_table_add(words, g_strconcat("#", macro->tests->pdata[i], NULL));
	text_words_visit(macro->body, macro->end, add_word, words);
}

void macro_graph_read(struct macro_graph *graph, const char *text, size_t size)
{
	directive_macros_visit(text, size, add_macro, graph);
}

/* A word behind "#" is tested; another one matters if it is a macro or a symbol. */
static const char *dependence(const struct macro_graph *graph, const char *word)
{
	if (*word == '#')
		return word + 1;
	return g_hash_table_contains(graph->words, word) || g_str_has_prefix(word, "CONFIG_") ?
		word : NULL;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void macro_graph_visit(const struct macro_graph *graph, void (*visit)(const char *line, void *data),
		       void *data)
{
	GHashTableIter macros, iter;
	void *name, *words, *word;

	g_hash_table_iter_init(&macros, graph->words);
	while (g_hash_table_iter_next(&macros, &name, &words)) {
		g_autoptr(GPtrArray) list = g_ptr_array_new();
		g_autofree char *line = NULL;

		g_hash_table_iter_init(&iter, words);
		while (g_hash_table_iter_next(&iter, &word, NULL))
			if (dependence(graph, word))
				g_ptr_array_add(list, (char *)dependence(graph, word));
		if (!list->len)
			continue;
		g_ptr_array_sort(list, by_text);
		g_ptr_array_insert(list, 0, name);
		g_ptr_array_add(list, NULL);
		line = g_strjoinv(" ", (char **)list->pdata);
		visit(line, data);
	}
}

void macro_graph_add(struct macro_graph *graph, const char *line)
{
	g_auto(GStrv) cells = g_strsplit(line, " ", -1);
	GHashTable *words = words_of(graph, cells[0]);

	for (char **cell = cells + 1; *cell; cell++)
		g_hash_table_add(words, g_strdup(*cell));
}

/**
 * struct macro_walk - from the macros that a text names to one of the words
 * @seen: macros that were looked at
 */
struct macro_walk {
	const struct macro_graph *graph;
	const struct knowledge *knowledge;
	GHashTable *words, *seen;
	bool found;
};

static void walk_macro(struct macro_walk *walk, const char *name)
{
	GHashTable *words = g_hash_table_lookup(walk->graph->words, name);
	GHashTableIter iter;
	void *word;

	if (!words || walk->found || !g_hash_table_add(walk->seen, (char *)name) ||
	    knowledge_has(walk->knowledge, KNOW_PRINT, name))
		return;
	g_hash_table_iter_init(&iter, words);
	while (!walk->found && g_hash_table_iter_next(&iter, &word, NULL)) {
		walk->found |= g_hash_table_contains(walk->words, word);
		walk_macro(walk, word);
	}
}

static void walk_word(const char *word, size_t length, void *data)
{
	struct macro_walk *walk = data;
	g_autofree char *name = g_strndup(word, length);
	void *known;

	if (!walk->found &&
	    g_hash_table_lookup_extended(walk->graph->words, name, &known, NULL))
		walk_macro(walk, known);
}

bool macro_graph_depends(const struct macro_graph *graph, const struct knowledge *knowledge,
			 const char *text, size_t size, GHashTable *words)
{
	struct macro_walk walk = { .graph = graph, .knowledge = knowledge, .words = words,
				   .seen = g_hash_table_new(g_str_hash, g_str_equal) };

	text_words_visit(text, text + size, walk_word, &walk);
	g_hash_table_destroy(walk.seen);
	return walk.found;
}
