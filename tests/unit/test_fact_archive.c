// SPDX-License-Identifier: GPL-2.0-only
/* A worker's answer: into the tables, kept without its graphs, and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "link_fixture.h"
#include "model/fact_archive.h"
#include "model/fact_loader.h"

#define GRAPH "0 3 entry v f()\\n1 4 set p x = \"\"\\n2 5 return\\n"
#define GRAPH_TEXT "0 3 entry v f()\n1 4 set p x = \"\"\n2 5 return\n"

/* f() of the header is in both answers, with one graph; g() has one of its own. */
static const char first[] =
	"@\tdrivers/a.h\nF\tf\t3\t5\t1\t\nG\tf\t3\t" GRAPH "\nE\tparsed\t\n";
static const char second[] =
	"@\tdrivers/a.h\nF\tf\t3\t5\t1\t\nG\tf\t3\t" GRAPH "\n"
	"@\tdrivers/c.c\nF\tg\t7\t9\t0\t\nG\tg\t7\t0 7 entry v g() -> -\\n\nE\tparsed\t\n";

static GPtrArray *graphs_of(struct db *db)
{
	GPtrArray *graphs = g_ptr_array_new_with_free_func(g_free);
	sqlite3_stmt *stmt = db_query(db, "cfg_all");

	while (db_step(db, stmt, NULL))
		g_ptr_array_add(graphs, g_strdup(db_text(stmt, 0)));
	return graphs;
}

static struct fact_loader *load_answers(struct db *db, char **kept)
{
	static const struct fact_loader_file files[] = {
		{ "drivers/a.h", "x86", NULL, "", "", "parsed", "" },
		{ "drivers/c.c", "x86", NULL, "c.o", "", "parsed", "" },
	};
	struct fact_loader *load;

	run_sql(db, "DELETE FROM function; DELETE FROM file;");
	load = fact_loader_begin(db, false, NULL);
	assert_non_null(load);
	for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
		assert_true(fact_loader_file(load, &files[i], NULL));
	assert_true(fact_loader_load(load, first, &kept[0], NULL));
	assert_true(fact_loader_load(load, second, &kept[1], NULL));
	return load;
}

static void kept_once_and_given_back(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;
	char *kept[2];
	g_autoptr(GPtrArray) graphs = NULL;

	assert_true(fact_loader_end(load_answers(db, kept), NULL));
	assert_sql(db, "SELECT count(*) FROM cfg", "2");
	assert_sql(db, "SELECT group_concat(function || ' ' || length(graph), ', ') FROM"
		       " (SELECT * FROM function_graph ORDER BY path)", "f 44, g 21");
	assert_string_equal(kept[0], "@\tdrivers/a.h\nF\tf\t3\t5\t1\t\nG\tf\t3\t1\nE\tparsed\t\n");
	graphs = graphs_of(db);
	assert_int_equal(graphs->len, 2);
	assert_string_equal(graphs->pdata[0], GRAPH_TEXT);
	for (int i = 0; i < 2; i++) {
		g_autoptr(GBytes) packed = fact_archive_pack(kept[i]);
		g_autofree char *again = fact_archive_unpack(packed, graphs);

		assert_string_equal(again, i ? second : first);
		g_free(kept[i]);
	}
}

static void no_archive(void **state)
{
	static const char *const kept[] = {
		"G\tf\t3\t3\n", "G\tf\t3\t0\n", "G\tf\t3\tx\n", "G\n", "E\tparsed",
	};
	g_autoptr(GBytes) garbage = g_bytes_new_static("no zlib", 7);
	g_autoptr(GBytes) empty = g_bytes_new_static("", 0);
	g_autoptr(GPtrArray) graphs = g_ptr_array_new();

	(void)state;
	g_ptr_array_add(graphs, (void *)GRAPH_TEXT);
	g_ptr_array_add(graphs, (void *)GRAPH_TEXT);
	assert_null(fact_archive_unpack(garbage, graphs));
	assert_null(fact_archive_unpack(empty, graphs));
	for (size_t i = 0; i < G_N_ELEMENTS(kept); i++) {
		g_autoptr(GBytes) packed = fact_archive_pack(kept[i]);

		if (fact_archive_unpack(packed, graphs))
			fail_msg("taken for an answer: %s", kept[i]);
	}
}

static void malformed_answer(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;
	struct fact_loader *load = fact_loader_begin(db, false, NULL);
	GError *error = NULL;

	assert_false(fact_loader_load(load, "G\tf\t3\n", NULL, &error));
	assert_non_null(error);
	g_error_free(error);
	fact_loader_free(load);
	fact_loader_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(kept_once_and_given_back, fixture_make,
						fixture_drop),
		cmocka_unit_test(no_archive),
		cmocka_unit_test_setup_teardown(malformed_answer, fixture_make, fixture_drop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
