// SPDX-License-Identifier: GPL-2.0-only
/* Reasons: what their parts become in a database, and the sentences made of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "model/reason.h"

static int setup(void **state)
{
	g_autofree char *path = g_strdup_printf("%s/gupconv-reason-%d.db", g_get_tmp_dir(), getpid());

	g_remove(path);
	*state = db_create(path, NULL);
	g_remove(path);
	return !*state;
}

static int teardown(void **state)
{
	db_close(*state);
	return 0;
}

/* The sentence, or NULL for an error. Caller frees. */
static char *sentence(struct db *db, const char *code, const char *args)
{
	sqlite3_stmt *stmt;
	char *text = NULL;

	assert_int_equal(sqlite3_prepare_v2(db->handle, "SELECT reason_text(?1, ?2)", -1, &stmt, NULL),
			 SQLITE_OK);
	db_bind_text(stmt, 1, code);
	db_bind_text(stmt, 2, args);
	if (sqlite3_step(stmt) == SQLITE_ROW)
		text = g_strdup(db_text(stmt, 0));
	sqlite3_finalize(stmt);
	return text;
}

static void assert_sentence(struct db *db, struct reason *reason, const char *wanted)
{
	g_autofree char *text = sentence(db, reason_code_word(reason->code), reason->args);

	assert_string_equal(text, wanted);
	reason_free(reason);
}

static void test_arguments(void **state)
{
	assert_sentence(*state, reason_new(REASON_DEAD_CODE, ""),
			"inside of #if 0: no compiler has seen it");
	assert_sentence(*state, reason_call("put_page", "mm/a.c", 7), "put_page() at mm/a.c:7");
	assert_sentence(*state, reason_new(REASON_TEXT, "s", "a \"b\" \\ {1}\n\001"),
			"a \"b\" \\ {1}\n\001");
}

static void test_reasons_within_reasons(void **state)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(reason_free);

	g_ptr_array_add(list, reason_new(REASON_FIELD, "s", "a.b"));
	g_ptr_array_add(list, reason_new(REASON_PARAMETER, "ds", 2, "f"));
	assert_sentence(*state, reason_new(REASON_OPEN_SOURCE, "r", reason_list(list, 3)),
			"its pages come from struct a.b, parameter 2 of f()");
	assert_sentence(*state, reason_new(REASON_OPEN_SOURCE, "r", reason_list(list, 1)),
			"its pages come from struct a.b and 1 more");
	assert_sentence(*state, reason_new(REASON_GROUP_BLOCKED, "sdr", "a.c", 3,
					   reason_new(REASON_DEAD_CODE, "")),
			"a.c:3: inside of #if 0: no compiler has seen it");
}

/* The list that C has is made from the text of db/reasons.sql: it has every row. */
static void test_codes_are_those_of_the_database(void **state)
{
	struct db *db = *state;
	sqlite3_stmt *stmt;
	int rows = 0;

	assert_int_equal(sqlite3_prepare_v2(db->handle, "SELECT code FROM reason", -1, &stmt, NULL),
			 SQLITE_OK);
	for (; sqlite3_step(stmt) == SQLITE_ROW; rows++)
		assert_true(reason_code_find(db_text(stmt, 0)) >= 0);
	sqlite3_finalize(stmt);
	assert_true(rows > 50);
	assert_int_equal(rows, g_strv_length((char **)reason_code_words()));
	assert_int_equal(reason_code_find("negative-count"), REASON_NEGATIVE_COUNT);
	assert_int_equal(reason_code_find(""), REASON_NONE);
}

static void test_loaded(void **state)
{
	struct reason *reason = reason_load("call-at", "[\"f\",\"a.c\",1]");

	assert_sentence(*state, reason_copy(reason), "f() at a.c:1");
	reason_free(reason);
	assert_sentence(*state, reason_load("in words", "[]"), "in words");
}

/* Not the program's own: a damaged database gives an error and no crash. */
static void test_damaged(void **state)
{
	static const char *const damaged[] = {
		"", "[", "]", "[\"a", "[\"a\\", "[\"a\\u00\"", "[[]", "[[1]]", "{}", "[1]]", "[1", "[a]",
		"[\"a\\u", "[[\"list\",]", "[[[[[[[[[[[[[[[[[[[[[[[[",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(damaged); i++) {
		g_autofree char *text = sentence(*state, "text", damaged[i]);

		assert_null(text);
	}
}

static void test_no_template(void **state)
{
	g_autofree char *text = sentence(*state, "two kinds", "[]");
	g_autofree char *missing = sentence(*state, "call-at", "[\"f\"]");

	assert_string_equal(text, "two kinds");
	assert_string_equal(missing, "f() at {2}:{3}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_codes_are_those_of_the_database,
						setup, teardown),
		cmocka_unit_test_setup_teardown(test_arguments, setup, teardown),
		cmocka_unit_test_setup_teardown(test_reasons_within_reasons, setup, teardown),
		cmocka_unit_test_setup_teardown(test_loaded, setup, teardown),
		cmocka_unit_test_setup_teardown(test_damaged, setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_template, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
