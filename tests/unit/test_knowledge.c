// SPDX-License-Identifier: GPL-2.0-only
/* Table knowledge: which row is about a name, and what a line of --api FILE makes of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "model/api_file.h"
#include "model/path_class.h"

/* The program's own table, with the lines of an API file over it. */
static struct knowledge *with_lines(const char *lines)
{
	struct db *db = db_create(":memory:", NULL);
	struct api_file *file = api_file_parse("x.api", lines, NULL);
	struct knowledge *knowledge;

	assert_non_null(file);
	assert_true(api_file_store(file, db, NULL));
	knowledge = knowledge_load(db, NULL);
	assert_non_null(knowledge);
	api_file_free(file);
	db_close(db);
	return knowledge;
}

static void test_patterns(void **state)
{
	(void)state;
	assert_true(pattern_fits("kmalloc*", "kmalloc"));
	assert_true(pattern_fits("kmalloc*", "kmalloc_array"));
	assert_false(pattern_fits("kmalloc*", "xkmalloc"));
	assert_true(pattern_fits("*_noprof", "alloc_pages_noprof"));
	assert_false(pattern_fits("*_noprof", "alloc_pages_noprof_x"));
	assert_true(pattern_fits("drm_*err*", "drm_dev_err_once"));
	assert_false(pattern_fits("drm_*err*", "drm_dbg"));
	assert_true(pattern_fits("*aab*", "aaab"));
	assert_true(pattern_fits("arch/*/include/*", "arch/x86/kvm/include/x.h"));
	assert_true(pattern_fits("*", ""));
	assert_false(pattern_fits("", "x"));
}

static void test_the_most_particular_row_counts(void **state)
{
	struct knowledge *k = with_lines("");

	(void)state;
	assert_int_equal(knowledge_details(k, KNOW_PAGE_LOCK, "unlock_page"), KNOWN(LEAVE));
	assert_int_equal(knowledge_details(k, KNOW_PAGE_LOCK, "trylock_page"), KNOWN(ENTER));
	assert_int_equal(knowledge_details(k, KNOW_ALLOC, "kzalloc_node"),
			 KNOWN(ZEROED) | KNOWN(OR_NULL));
	assert_int_equal(knowledge_find(k, KNOW_FREE, "devm_kfree")->index, 1);
	assert_null(knowledge_find(k, KNOW_FREE, "kfree_rcu"));
	knowledge_free(k);
}

static void test_names_behind_macros(void **state)
{
	struct knowledge *k = with_lines("");
	g_autofree char *plain = knowledge_plain_name(k, "alloc_pages_noprof");

	(void)state;
	assert_string_equal(plain, "alloc_pages");
	assert_null(knowledge_plain_name(k, "alloc_pages"));
	assert_int_equal(knowledge_details(k, KNOW_LOCK, "_raw_write_lock_irq"), KNOWN(ENTER));
	assert_int_equal(knowledge_details(k, KNOW_LOCK, "_raw_mutex"), 0);
	knowledge_free(k);
}

static void test_lines_of_an_api_file(void **state)
{
	struct knowledge *k = with_lines("free acme_free 2\n"
					 "lock acme_* enter\n"
					 "lock acme_unlock leave\n"
					 "print trace_acme_put not\n"
					 "lock spin_lock leave\n"
					 "handler acme_later 3\n"
					 "path drivers/acme/core/* core mm\n");

	(void)state;
	assert_int_equal(knowledge_find(k, KNOW_FREE, "acme_free")->index, 1);
	assert_int_equal(knowledge_details(k, KNOW_LOCK, "acme_hold"), KNOWN(ENTER));
	assert_int_equal(knowledge_details(k, KNOW_LOCK, "acme_unlock"), KNOWN(LEAVE));
	assert_int_equal(knowledge_details(k, KNOW_LOCK, "spin_lock"), KNOWN(LEAVE));
	assert_true(knowledge_has(k, KNOW_PRINT, "trace_acme_get"));
	assert_false(knowledge_has(k, KNOW_PRINT, "trace_acme_put"));
	assert_int_equal(knowledge_find(k, KNOW_HANDLER, "acme_later")->index, 2);
	assert_true(path_is_core(k, "drivers/acme/core/a.c"));
	assert_true(path_is_mm(k, "drivers/acme/core/a.c"));
	assert_false(path_is_core(k, "drivers/acme/a.c"));
	knowledge_free(k);
}

static void test_paths(void **state)
{
	struct knowledge *k = with_lines("");

	(void)state;
	assert_true(path_is_core(k, "mm/gup.c") && path_is_mm(k, "mm/gup.c"));
	assert_true(path_is_core(k, "lib/iov_iter.c") && !path_is_mm(k, "lib/iov_iter.c"));
	assert_true(path_is_core(k, "include/linux/mm.h") && path_is_public(k, "include/linux/mm.h"));
	assert_false(path_is_core(k, "include/net/sock.h"));
	assert_true(path_is_public(k, "include/net/sock.h") && path_is_header(k, "include/net/sock.h"));
	assert_true(path_is_header(k, "drivers/acme/include/a.h"));
	assert_false(path_is_api(k, "drivers/acme/include/a.h"));
	assert_true(path_is_api(k, "arch/x86/include/asm/page.h"));
	assert_false(path_is_public(k, "./include/linux/mm.h"));
	assert_true(path_is_warning(k, "/src/include/asm-generic/bug.h"));
	knowledge_free(k);
}

/* A word of the table that the program does not know would be ignored in silence. */
static void test_every_word_of_the_table_is_known(void **state)
{
	struct db *db = db_create(":memory:", NULL);
	sqlite3_stmt *stmt = db_query(db, "knowledge_all");
	int rows = 0;

	(void)state;
	for (; db_step(db, stmt, NULL); rows++) {
		g_auto(GStrv) words = g_strsplit(db_text(stmt, 3), " ", -1);

		assert_true(knowledge_kind_find(db_text(stmt, 0)) >= 0);
		for (char **word = words; *word; word++)
			assert_true(known_detail_find(*word) >= 0);
	}
	assert_true(rows > 200);
	db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_patterns),
		cmocka_unit_test(test_the_most_particular_row_counts),
		cmocka_unit_test(test_names_behind_macros),
		cmocka_unit_test(test_lines_of_an_api_file),
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_every_word_of_the_table_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
