// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/text_order.h"
#include "ctext/directive_words.h"
#include "frontend/macro_graph.h"

/**
 * struct macro_graph - macros and what they depend on
 * @words: name -> words, a blank before each (GString); "#" before one that a condition tests
 */
struct macro_graph {
	GHashTable *words;
};

static void words_free(void *words)
{
	g_string_free(words, TRUE);
}

struct macro_graph *macro_graph_new(void)
{
	struct macro_graph *graph = g_new0(struct macro_graph, 1);

	graph->words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, words_free);
	return graph;
}

void macro_graph_free(struct macro_graph *graph)
{
	if (!graph)
		return;
	g_hash_table_destroy(graph->words);
	g_free(graph);
}

/* Takes over the name. */
static GString *words_of(struct macro_graph *graph, char *name)
{
	GString *words = g_hash_table_lookup(graph->words, name);

	if (words) {
		g_free(name);
		return words;
	}
	words = g_string_new(NULL);
	g_hash_table_insert(graph->words, name, words);
	return words;
}

static void add_word(const char *word, size_t length, void *data)
{
	g_string_append_printf(data, " %.*s", (int)length, word);
}

static void add_macro(const struct macro_definition *macro, void *data)
{
	GString *words = words_of(data, g_strndup(macro->name, macro->length));

	for (guint i = 0; i < macro->tests->len; i++)
		g_string_append_printf(words, " #%s", (char *)macro->tests->pdata[i]);
	text_words_visit(macro->body, macro->end, add_word, words);
}

void macro_graph_read(struct macro_graph *graph, const char *text, size_t size)
{
	directive_macros_visit(text, size, add_macro, graph);
}

/* A word that is tested matters; another one if it is a macro or a symbol. NULL: it does not. */
static const char *dependence(const struct macro_graph *graph, const char *word)
{
	if (*word == '#')
		return word + 1;
	return g_hash_table_contains(graph->words, word) || g_str_has_prefix(word, "CONFIG_") ?
		word : NULL;
}

/* The words that matter, each once, sorted (char *). */
static GPtrArray *dependences(const struct macro_graph *graph, const GString *words)
{
	GPtrArray *kept = g_ptr_array_new_with_free_func(g_free);
	g_auto(GStrv) all = g_strsplit(words->str, " ", -1);

	for (char **word = all; *word; word++)
		if (dependence(graph, *word))
			g_ptr_array_add(kept, g_strdup(*word));
	g_ptr_array_sort(kept, text_order);
	for (guint i = kept->len; i-- > 1;)
		if (g_str_equal(kept->pdata[i], kept->pdata[i - 1]))
			g_ptr_array_remove_index(kept, i);
	return kept;
}

void macro_graph_visit(const struct macro_graph *graph, void (*visit)(const char *line, void *data),
		       void *data)
{
	GHashTableIter macros;
	void *name, *words;

	g_hash_table_iter_init(&macros, graph->words);
	while (g_hash_table_iter_next(&macros, &name, &words)) {
		g_autoptr(GPtrArray) kept = dependences(graph, words);
		g_autoptr(GString) line = g_string_new(name);

		for (guint i = 0; i < kept->len; i++)
			g_string_append_printf(line, " %s", (char *)kept->pdata[i]);
		if (kept->len)
			visit(line->str, data);
	}
}

void macro_graph_add(struct macro_graph *graph, const char *line)
{
	size_t length = strcspn(line, " ");

	g_string_append(words_of(graph, g_strndup(line, length)), line + length);
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
	void *known, *words;
	g_auto(GStrv) all = NULL;

	if (walk->found ||
	    !g_hash_table_lookup_extended(walk->graph->words, name, &known, &words) ||
	    !g_hash_table_add(walk->seen, known) ||
	    knowledge_has(walk->knowledge, KNOW_PRINT, name))
		return;
	all = g_strsplit(((GString *)words)->str, " ", -1);
	for (char **word = all; *word && !walk->found; word++) {
		const char *on = dependence(walk->graph, *word);

		walk->found = on && g_hash_table_contains(walk->words, on);
		if (on)
			walk_macro(walk, on);
	}
}

static void walk_word(const char *word, size_t length, void *data)
{
	g_autofree char *name = g_strndup(word, length);

	walk_macro(data, name);
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
