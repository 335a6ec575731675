// SPDX-License-Identifier: GPL-2.0-only
/* Releases that drop a reference which their own function is seen to have. */
#include "link_fixture.h"

#define CALLS \
	"INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, " \
	"config, macro, place_id, flags) VALUES "
#define KIND "SELECT kind || ' ' || reason FROM link WHERE release_id = "

/* look() releases at 35 what it is given; take() acquires, and its pages go out of sight. */
static void facts(struct db *db)
{
	set_era(db, "none");
	run_sql(db,
		"INSERT INTO place VALUES (1, 'local', 'take.page', 'drivers/a.c', 'struct page *'),"
		" (2, 'param', 'both(#0)', '', 'struct page *'),"
		" (3, 'param', 'far_away(#0)', '', 'struct page *');"
		"UPDATE function SET is_static = 0 WHERE id = 3;"
		CALLS "(1, 1, 1, 5, 1, 'get_user_pages', 'acquire', 'resolved', '', '', '', 1, ''),"
		" (3, 1, 3, 35, 1, 'put_page', 'release', 'resolved', '', '', '', 2, '');"
		"INSERT INTO flow VALUES (1, 3, 1, 'pass', 1, 9)");
}

static void assert_kind(struct db *db, const char *graph, const char *kind)
{
	set_graph(db, 3, graph);
	link_now(db);
	assert_sql(db, KIND "3", kind);
}

/* if (!get_page_unless_zero(page)) return; put_page(page); */
static void test_taken_and_dropped(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db);
	assert_kind(db, "0 30 entry v both(page)\n1 31.3 call u get_page_unless_zero(page) p\n"
			"2 31 test u @1 != 0 else 4\n3 35.1 call v put_page(page) p\n4 36 return\n",
		    "decoy taken-here");
}

/* One path comes to the release without it. */
static void test_taken_on_one_path(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db);
	assert_kind(db, "0 30 entry v both(page)\n1 31 test p page != 0 else 3\n"
			"2 32.1 call v get_page(page) p\n3 35.1 call v put_page(page) p\n4 36 return\n",
		    "unknown open-source");
}

/* Two releases of one reference: the second one drops another. */
static void test_dropped_before(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db);
	run_sql(db, CALLS "(2, 1, 3, 33, 1, 'put_page', 'release', 'resolved', '', '', '', 2, '')");
	assert_kind(db, "0 30 entry v both(page)\n1 31.1 call v get_page(page) p\n"
			"2 33.1 call v put_page(page) p\n3 35.1 call v put_page(page) p\n4 36 return\n",
		    "unknown open-source");
	assert_sql(db, KIND "2", "decoy taken-here");
}

/* It is another page by then. */
static void test_other_page(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db);
	assert_kind(db, "0 30 entry v both(page, other)\n1 31.1 call v get_page(page) p\n"
			"2 32 set p page = other\n3 35.1 call v put_page(page) p\n4 36 return\n",
		    "unknown open-source");
}

/* The reference of a page table is dropped, whatever the variable is called. */
static void test_out_of_page_table(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db);
	assert_kind(db, "0 30 entry v both(page, sub)\n"
			"1 32.1 call v page_remove_rmap(sub, 0) pu\n2 35.1 call v put_page(page) p\n"
			"3 36 return\n",
		    "decoy taken-here");
}

/* list_for_each_entry(page, list, lru) */
static void test_off_a_list(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;
	static const char walk[] =
		"0 30 entry v both(list)\n1 31 set p __mptr = list->next\n"
		"2 31 set p page = (__mptr - ?)\n3 31 loop else 7\n4 31 test p &page->%s == list -> 7 else 5\n"
		"5 35.1 call v put_page(page) p\n6 31 set p page = (page->%s.next - ?) -> 3\n7 31 join\n"
		"8 36 return\n";
	g_autofree char *lru = g_strdup_printf(walk, "lru", "lru");

	facts(db);
	assert_kind(db, lru, "decoy off-list");
}

/* A driver's list of objects of its own tells nothing of their pages. */
static void test_off_another_list(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db);
	assert_kind(db, "0 30 entry v both(list)\n1 31 set p __mptr = list->next\n"
			"2 31 set p page = (__mptr - ?)\n3 32 test p &page->node == list else 5\n"
			"4 35.1 call v put_page(page) p\n5 36 return\n",
		    "unknown open-source");
}

/* page = find(); put_page(page); where find() gives a page that it took a reference of, or NULL */
static void test_taken_by_callee(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;
	static const char user[] =
		"0 30 entry v both(page)\n1 31.1 call p drop(1) u\n2 31 set p page = @1\n"
		"3 32 test p page != 0 else 5\n4 35.1 call v put_page(page) p\n5 36 return\n";

	facts(db);
	set_graph(db, 2, "0 20 entry p drop(pfn)\n1 21 set p page = (::mem_map + pfn)\n"
			 "2 22.1 call u get_page_unless_zero(page) p\n3 22 test u @2 != 0 -> 5 else 4\n"
			 "4 23 return 0\n5 24 return page\n");
	assert_kind(db, user, "decoy taken-here");
}

/* The same without a reference on one of its ways. */
static void test_not_taken_by_callee(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;
	static const char user[] =
		"0 30 entry v both(page)\n1 31.1 call p drop(1) u\n2 31 set p page = @1\n"
		"3 32 test p page != 0 else 5\n4 35.1 call v put_page(page) p\n5 36 return\n";

	facts(db);
	set_graph(db, 2, "0 20 entry p drop(pfn)\n1 21 set p page = (::mem_map + pfn)\n"
			 "2 22 test u pfn != 0 else 4\n3 22.1 call u get_page_unless_zero(page) p\n"
			 "4 24 return page\n");
	assert_kind(db, user, "unknown open-source");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LINK_TEST(test_taken_and_dropped), LINK_TEST(test_taken_on_one_path),
		LINK_TEST(test_dropped_before), LINK_TEST(test_other_page),
		LINK_TEST(test_out_of_page_table), LINK_TEST(test_off_a_list),
		LINK_TEST(test_off_another_list), LINK_TEST(test_taken_by_callee),
		LINK_TEST(test_not_taken_by_callee),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
