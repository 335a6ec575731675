// SPDX-License-Identifier: GPL-2.0-only
/* Which macros depend on a symbol: by a condition around them, or by what their bodies name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "frontend/macro_graph.h"

static const char header[] = "#ifdef CONFIG_A\n#define drop(p) put(p)\n"
			     "#else\n#define drop(p)\n#endif\n"
			     "#define tidy(p) drop(p)\n"
			     "#define maybe(p) (IS_ENABLED(CONFIG_B) && p)\n"
			     "#ifdef LOUD\n#define printk_loud(p) show(p)\n"
			     "#define say(p) show(p)\n#endif\n"
			     "#define round_a(p) round_b(p)\n#define round_b(p) round_a(p)\n"
			     "#define plain(p) p\n";

static void add_line(const char *line, void *data)
{
	macro_graph_add(data, line);
}

/* As another process has it: written down and read again. */
static struct macro_graph *graph_of(const char *text)
{
	struct macro_graph *made = macro_graph_new(), *graph = macro_graph_new();

	macro_graph_read(made, text, strlen(text));
	macro_graph_visit(made, add_line, graph);
	macro_graph_free(made);
	return graph;
}

static void test_dependence(void **state)
{
	static const struct {
		const char *text, *word;
		bool depends;
	} cases[] = {
		{ "drop(p);", "CONFIG_A", true },
		{ "drop(p);", "CONFIG_B", false },
		{ "{ tidy(p); }", "CONFIG_A", true },
		{ "if (maybe(p))", "CONFIG_B", true },
		{ "plain(p)", "CONFIG_A", false },
		{ "drops(p) a_drop(p)", "CONFIG_A", false },
		{ "say(p)", "LOUD", true },
		{ "printk_loud(p)", "LOUD", false },
		{ "round_a(p)", "LOUD", false },
		{ "", "CONFIG_A", false },
	};
	struct macro_graph *graph = graph_of(header);
	struct db *db = db_create(":memory:", NULL);
	struct knowledge *knowledge = knowledge_load(db, NULL);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GHashTable) words = g_hash_table_new(g_str_hash, g_str_equal);

		g_hash_table_add(words, (char *)cases[i].word);
		assert_int_equal(macro_graph_depends(graph, knowledge, cases[i].text,
						     strlen(cases[i].text), words),
				 cases[i].depends);
	}
	knowledge_free(knowledge);
	db_close(db);
	macro_graph_free(graph);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dependence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
