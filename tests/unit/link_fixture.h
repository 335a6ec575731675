/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TESTS_LINK_FIXTURE_H
#define TESTS_LINK_FIXTURE_H

/* A database that holds just the facts in question; what links come of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#include "pipeline/link.h"

struct fixture {
	char *dir;
	struct db *db;
};

static inline void run_sql(struct db *db, const char *sql)
{
	char *message = NULL;

	if (sqlite3_exec(db->handle, sql, NULL, NULL, &message) != SQLITE_OK)
		fail_msg("%s: %s", sql, message);
}

static inline int fixture_make(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);
	g_autofree char *path = NULL;

	fixture->dir = g_dir_make_tmp("link-XXXXXX", NULL);
	path = g_build_filename(fixture->dir, "db", NULL);
	fixture->db = db_create(path, NULL);
	*state = fixture;
	if (!fixture->db)
		return -1;
	run_sql(fixture->db,
		"INSERT INTO file(id, path, arch, status) VALUES"
		" (1, 'drivers/a.c', 'x86', 'parsed'), (2, 'drivers/b.c', 'x86', 'parsed');"
		"INSERT INTO function VALUES (1, 1, 'take', 1, 19, 1), (2, 1, 'drop', 20, 29, 1),"
		" (3, 1, 'both', 30, 49, 1), (4, 2, 'far', 1, 19, 1), (5, 1, 'shared', 50, 59, 1);");
	return 0;
}

static inline int fixture_drop(void **state)
{
	struct fixture *fixture = *state;
	static const char *const names[] = { "db", "db-wal", "db-shm", "db-journal" };

	db_close(fixture->db);
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = g_build_filename(fixture->dir, names[i], NULL);

		g_remove(path);
	}
	g_rmdir(fixture->dir);
	g_free(fixture->dir);
	g_free(fixture);
	return 0;
}

/* The control-flow graph of a function, as docs/ir.md has its text. */
static inline void set_graph(struct db *db, int function, const char *graph)
{
	g_autofree char *sql = g_strdup_printf(
		"INSERT INTO cfg VALUES (%d, '%s'); INSERT INTO function_cfg VALUES (%d, %d);",
		function, graph, function, function);

	run_sql(db, sql);
}

static inline void set_era(struct db *db, const char *era)
{
	assert_true(db_meta_set(db, "era", era, NULL));
}

static inline void link_now(struct db *db)
{
	GError *error = NULL;

	if (!link_stage(db, &error))
		fail_msg("%s", error->message);
}

/* The one text that a statement gives, or "". */
static inline char *ask(struct db *db, const char *sql)
{
	sqlite3_stmt *stmt;
	char *text = NULL;

	assert_int_equal(sqlite3_prepare_v2(db->handle, sql, -1, &stmt, NULL), SQLITE_OK);
	if (sqlite3_step(stmt) == SQLITE_ROW)
		text = g_strdup((const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
	return text ? text : g_strdup("");
}

static inline void assert_sql(struct db *db, const char *sql, const char *expected)
{
	g_autofree char *text = ask(db, sql);

	assert_string_equal(text, expected);
}

#define KINDS "SELECT group_concat(acquire_line || '>' || release_line || ' ' || kind, ', ') FROM link_site"
#define STATES "SELECT group_concat(line || ' ' || state || ' ' || target, ', ') FROM site"

/* take() stores to object.pages at 10; drop() reads it. */
static inline void object_facts(struct db *db, const char *acquire, const char *release)
{
	g_autofree char *calls = g_strdup_printf(
		"INSERT INTO place VALUES (1, 'local', 'take.pages', 'drivers/a.c', ''),"
		" (2, 'field', 'object.pages', 'drivers/a.h', ''),"
		" (3, 'local', 'drop.page', 'drivers/a.c', '');"
		"INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config, macro, place_id, flags) VALUES"
		" (1, 1, 1, 5, 1, '%s', 'acquire', 'resolved', '', '', '', 1, 'FOLL_WRITE'),"
		" (2, 1, 2, 25, 1, '%s', 'release', 'resolved', '', '', '', 3, '');"
		"INSERT INTO flow VALUES (1, 2, 1, 'alias', 1, 10), (2, 3, 2, 'assign', 1, 22);",
		acquire, release);

	run_sql(db, calls);
}

#define LINK_TEST(test) cmocka_unit_test_setup_teardown(test, fixture_make, fixture_drop)

#endif
