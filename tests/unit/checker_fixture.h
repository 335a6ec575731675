/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TESTS_CHECKER_FIXTURE_H
#define TESTS_CHECKER_FIXTURE_H

/*
 * Functions as the text of their graphs (docs/ir.md), and what the checkers find in them. A
 * test adds its functions and compares the findings; the database behind it is hidden here.
 *
 * Known calls: get_user_pages(start, number, flags, pages) hands pages out, put_page(page) and
 * put_user_pages(pages, number) drop them, SetPageDirty(page) and set_page_dirty_lock(page) dirty
 * them. Each release is linked to each acquire.
 */
#include "link_fixture.h"

#include "checkers/checker_context.h"
#include "dataflow/graph.h"
#include "link/page_source.h"

/**
 * struct checked - functions, and what was found in them
 * @base: the database
 * @functions, @calls: how many there are
 * @text: of the findings, "kind/detail:line", in the order of lines
 */
struct checked {
	struct fixture *base;
	int functions;
	int calls;
	struct graph *graph;
	struct cfg *cfg;
	struct checker_context context;
	GPtrArray *feeds;
};

struct known_call {
	const char *name;
	const char *role;
	int pages, count;
};

static const struct known_call known_calls[] = {
	{ "get_user_pages", "acquire", 3, 1 },
	{ "put_page", "release", 0, -1 },
	{ "put_user_pages", "release", 0, 1 },
	{ "SetPageDirty", "dirty", 0, -1 },
	{ "set_page_dirty_lock", "dirty", 0, -1 },
};

static inline int checked_make(void **state)
{
	struct checked *checked = g_new0(struct checked, 1);
	void *base = NULL;

	if (fixture_make(&base))
		return -1;
	checked->base = base;
	checked->functions = 100;	/* behind those of the fixture */
	*state = checked;
	return 0;
}

static inline int checked_drop(void **state)
{
	struct checked *checked = *state;
	void *base = checked->base;

	if (checked->context.found) {
		finding_list_free(checked->context.found);
		acquire_summaries_free(checked->context.summaries);
		program_free((struct program *)checked->context.program);
		g_ptr_array_unref(checked->feeds);
	}
	cfg_free(checked->cfg);
	g_clear_pointer(&checked->graph, graph_free);
	g_free(checked);
	return fixture_drop(&base);
}

static inline void add_argument(struct checked *checked, int index, const char *role)
{
	g_autofree char *sql = g_strdup_printf(
		"INSERT INTO call_arg VALUES (%d, %d, '', '%s', '', '');", checked->calls, index, role);

	if (index >= 0)
		run_sql(checked->base->db, sql);
}

static inline void add_call(struct checked *checked, const struct ir_node *node)
{
	for (size_t i = 0; i < G_N_ELEMENTS(known_calls); i++) {
		const struct known_call *known = &known_calls[i];
		g_autofree char *sql = NULL;

		if (g_strcmp0(node->callee, known->name))
			continue;
		checked->calls++;
		sql = g_strdup_printf("INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config, macro, place_id, flags) VALUES (%d, 1, %d, %d, %d, '%s', '%s',"
				      " 'resolved', '', '', '', NULL, '');", checked->calls,
				      checked->functions, node->line, node->column, known->name,
				      known->role);
		run_sql(checked->base->db, sql);
		add_argument(checked, known->pages, "pages");
		add_argument(checked, known->count, "count");
	}
}

/* Lines of all functions of a test are of one file: no two may be the same. */
static inline void add_function(struct checked *checked, const char *text)
{
	struct expr_pool *pool = expr_pool_new();
	int bad = 0;
	struct ir_function *function = ir_parse(pool, text, &bad);
	g_autofree char *sql = NULL;

	if (!function)
		fail_msg("line %d of the graph: %s", bad, text);
	checked->functions++;
	sql = g_strdup_printf("INSERT INTO function VALUES (%d, 1, '%s', %d, %d, 1);",
			      checked->functions, function->nodes[0].callee,
			      function->nodes[0].line, function->nodes[function->count - 1].line);
	run_sql(checked->base->db, sql);
	set_graph(checked->base->db, checked->functions, text);
	for (int i = 0; i < function->count; i++)
		if (function->nodes[i].kind == IR_CALL)
			add_call(checked, &function->nodes[i]);
	ir_function_free(function);
	expr_pool_free(pool);
}

/* Links the releases, and makes what the checkers work on. */
static inline void load(struct checked *checked)
{
	struct db *db = checked->base->db;
	GError *error = NULL;

	run_sql(db, "INSERT INTO link(acquire_id, release_id, kind, reason) SELECT a.id, r.id, 'link', ''"
		" FROM call AS a JOIN call AS r ON a.role = 'acquire' AND r.role = 'release';");
	checked->graph = graph_load(db, &error);
	checked->cfg = checked->graph ? cfg_load(db, &error) : NULL;
	checked->context.program = checked->cfg ?
		program_load(db, checked->graph, checked->cfg, &error) : NULL;
	if (error)
		fail_msg("%s", error->message);
	checked->feeds = g_ptr_array_new();
	checked->context.feeds = checked->feeds;
	checked->context.found = finding_list_new();
	checked->context.summaries = acquire_summaries_new(checked->context.program);
}

static inline int by_line(const void *left, const void *right)
{
	const struct finding_row *a = *(void *const *)left, *b = *(void *const *)right;

	return a->line - b->line;
}

/* "kind:line" or "kind/detail:line" of all that one checker, or all (NULL), has to report. */
static inline void assert_found(struct checked *checked, const struct checker *checker,
				const char *expected)
{
	g_autoptr(GString) found = g_string_new(NULL);
	GPtrArray *rows;

	load(checked);
	if (checker)
		checker->run(&checked->context);
	else
		checkers_run(&checked->context);
	rows = checked->context.found->rows;
	g_ptr_array_sort(rows, by_line);
	for (guint i = 0; i < rows->len; i++) {
		const struct finding_row *row = rows->pdata[i];

		g_string_append_printf(found, "%s%s%s%s:%d", i ? " " : "", row->kind,
				       *row->detail ? "/" : "", row->detail, row->line);
	}
	assert_string_equal(found->str, expected);
}

/* The text of the only finding. */
static inline const char *message(const struct checked *checked)
{
	const GPtrArray *rows = checked->context.found->rows;
	struct db *db = db_create(":memory:", NULL);
	sqlite3_stmt *stmt;
	const char *text;

	assert_int_equal(rows->len, 1);
	assert_int_equal(sqlite3_prepare_v2(db->handle, "SELECT reason_text(?1, ?2)", -1, &stmt, NULL),
			 SQLITE_OK);
	reason_bind(stmt, 1, ((const struct finding_row *)rows->pdata[0])->message);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	text = g_intern_string(db_text(stmt, 0));
	sqlite3_finalize(stmt);
	db_close(db);
	return text;
}

#define CHECKER_TEST(test) cmocka_unit_test_setup_teardown(test, checked_make, checked_drop)

#endif
