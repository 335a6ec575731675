// SPDX-License-Identifier: GPL-2.0-only
/* Pages that an object has with a reference of its own. */
#include "link_fixture.h"

#define CALLS \
	"INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, " \
	"config, macro, place_id, flags) VALUES "

/*
 * take() acquires at 5, gives the page to both() at 7, which puts it into an object at 34, and
 * releases it at 9; drop() releases the object's at 25.
 */
static void facts(struct db *db)
{
	set_era(db, "none");
	run_sql(db,
		"INSERT INTO place VALUES (1, 'local', 'take.page', 'drivers/a.c', 'struct page *'),"
		" (2, 'param', 'both(#1)', 'drivers/a.c', 'struct page *'),"
		" (3, 'field', 'object.page', 'drivers/a.h', 'struct page *');"
		CALLS "(1, 1, 1, 5, 1, 'get_user_pages_fast', 'acquire', 'resolved', '', '', '', 1, ''),"
		" (2, 1, 1, 9, 1, 'put_page', 'release', 'resolved', '', '', '', 1, ''),"
		" (3, 1, 2, 25, 1, 'put_page', 'release', 'resolved', '', '', '', 3, ''),"
		" (4, 1, 3, 33, 1, 'get_page', 'use', 'resolved', '', '', '', 2, '');"
		"INSERT INTO flow VALUES (1, 2, 1, 'pass', 1, 7), (2, 3, 2, 'assign', 1, 34)");
}

static void assert_kinds(struct db *db, const char *graph, const char *kinds)
{
	set_graph(db, 3, graph);
	link_now(db);
	assert_sql(db, "SELECT group_concat(kind, ' ') FROM link", kinds);
}

/* get_page(page); object->page = page; */
static void test_taken_before(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db);
	assert_kinds(db, "0 30 entry v both(object, page)\n1 33.1 call v get_page(page) p\n"
			 "2 34 set p object->page = page\n3 36 return\n", "link decoy");
	assert_sql(db, "SELECT reason FROM link WHERE release_id = 3", "own-reference");
}

/* object->page = page; if (page) get_page(page); */
static void test_taken_behind(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db);
	run_sql(db, "UPDATE call SET line = 35 WHERE id = 4");
	assert_kinds(db, "0 30 entry v both(object, page)\n1 34 set p object->page = page\n"
			 "2 35 test p page != 0 else 4\n3 35.1 call v get_page(page) p\n4 36 return\n",
		     "link decoy");
}

/* if (object->shared) get_page(page); object->page = page; */
static void test_taken_on_one_path(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db);
	assert_kinds(db, "0 30 entry v both(object, page)\n1 32 test u object->shared != 0 else 3\n"
			 "2 33.1 call v get_page(page) p\n3 34 set p object->page = page\n4 36 return\n",
		     "link link");
}

/* object->page = page; object->last = page; with one reference for both */
static void test_stored_twice(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db);
	assert_kinds(db, "0 30 entry v both(object, page)\n1 33.1 call v get_page(page) p\n"
			 "2 34 set p object->page = page\n3 35 set p object->last = page\n4 36 return\n",
		     "link link");
}

/* Nothing else would drop the reference of the acquire. */
static void test_no_other_release(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db);
	run_sql(db, "DELETE FROM call WHERE id = 2");
	assert_kinds(db, "0 30 entry v both(object, page)\n1 33.1 call v get_page(page) p\n"
			 "2 34 set p object->page = page\n3 36 return\n", "link");
}

/* In the era of pins: get_page(ZERO_PAGE(0)) is put into an array with ordinary references. */
static void test_zero_page_with_a_reference(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "pin_user_pages");
	object_facts(db, "iov_iter_get_pages2", "put_page");
	run_sql(db, "INSERT INTO place VALUES (8, 'global', 'empty_zero_page', '', 'unsigned long[]'),"
		    " (9, 'local', 'both.page', 'drivers/a.c', 'struct page *');"
		    "INSERT INTO flow VALUES (8, 9, 8, 'carry', 1, 31), (9, 2, 9, 'assign', 1, 33);"
		    CALLS "(4, 1, 3, 32, 1, 'get_page', 'use', 'resolved', '', '', '', 9, '')");
	link_now(db);
	assert_sql(db, KINDS, "5>25 mixed");
	/* Without one, a release of the array leaves it alone. */
	run_sql(db, "DELETE FROM call WHERE id = 4");
	link_now(db);
	assert_sql(db, "SELECT count(*) FROM link WHERE kind = 'mixed'", "0");
}

/* A release of pins does nothing to it. */
static void test_zero_page_among_pins(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "pin_user_pages");
	object_facts(db, "pin_user_pages_fast", "unpin_user_page");
	run_sql(db, "INSERT INTO place VALUES (8, 'global', 'empty_zero_page', '', 'unsigned long[]'),"
		    " (9, 'local', 'both.page', 'drivers/a.c', 'struct page *');"
		    "INSERT INTO flow VALUES (8, 9, 8, 'carry', 1, 31), (9, 2, 9, 'assign', 1, 33);"
		    CALLS "(4, 1, 3, 32, 1, 'get_page', 'use', 'resolved', '', '', '', 9, '')");
	link_now(db);
	assert_sql(db, KINDS, "5>25 link");
}

/* put_page(page); far_away(pfn): the number goes on without the reference. */
static void test_released_before(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;
	static const char graph[] =
		"0 1 entry v take(start)\n1 5.1 call s get_user_pages_fast(start, 1, 0, &page) supp\n"
		"2 5 test s @1 == 1 else 8\n3 6 set u pfn = page\n4 7 test u start != 0 else 6\n"
		"5 9.1 call v put_page(page) p -> 7\n6 %d.1 call v put_page(page) p\n"
		"7 11.1 call v both(start, pfn) uu\n8 12 return\n";
	g_autofree char *always = g_strdup_printf(graph, 10);

	facts(db);
	run_sql(db, "INSERT INTO place VALUES (4, 'local', 'take.pfn', 'drivers/a.c', 'unsigned long');"
		    "UPDATE flow SET src = 4, line = 11 WHERE id = 1;"
		    "INSERT INTO flow VALUES (3, 4, 1, 'assign', 1, 6);"
		    CALLS "(5, 1, 1, 10, 1, 'put_page', 'release', 'resolved', '', '', '', 1, '')");
	set_graph(db, 1, always);
	link_now(db);
	assert_sql(db, "SELECT count(*) FROM link WHERE acquire_id = 1 AND release_id = 3", "0");
	/* On one path it is still there. */
	run_sql(db, "UPDATE cfg SET graph = replace(graph, '6 10.1 call v put_page(page) p', '6 10 join')");
	link_now(db);
	assert_sql(db, "SELECT count(*) FROM link WHERE acquire_id = 1 AND release_id = 3", "1");
}

/* if (full) object->page = page; else get_user_pages_fast(&page): that was another page. */
static void test_another_page_in_the_variable(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;
	static const char graph[] =
		"0 1 entry v take(object)\n1 3 test u object->full != 0 else 4\n"
		"2 4.1 call p alloc_page(0) u\n3 7 set p object->page = page -> 6\n"
		"4 5.1 call s get_user_pages_fast(0, 1, 0, &page) supp\n"
		"5 9.1 call v put_page(page) p\n6 12 join%s\n7 13 return\n";
	g_autofree char *once = g_strdup_printf(graph, "");
	g_autofree char *again = g_strdup_printf(graph, " -> 1");
	g_autofree char *sql = g_strdup_printf("UPDATE cfg SET graph = '%s';"
					       "UPDATE call SET role = 'use' WHERE id = 2", again);

	facts(db);
	run_sql(db, "DELETE FROM flow; INSERT INTO flow VALUES (1, 3, 1, 'assign', 1, 7)");
	set_graph(db, 1, once);
	link_now(db);
	assert_sql(db, "SELECT count(*) FROM link WHERE acquire_id = 1 AND release_id = 3", "0");
	/* In a loop it may be the page of the round before, if nothing has dropped that. */
	run_sql(db, sql);
	link_now(db);
	assert_sql(db, "SELECT count(*) FROM link WHERE acquire_id = 1 AND release_id = 3", "1");
}

/*
 * both(page, counted) may be called by others: where they have no reference, it takes one. Its
 * release is of either.
 */
static void test_taken_for_others(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db);
	run_sql(db, "UPDATE function SET is_static = 0 WHERE id = 3;"
		    "UPDATE place SET scope = '' WHERE id = 2; DELETE FROM flow WHERE id = 2;"
		    "DELETE FROM call WHERE id = 2;"
		    CALLS "(5, 1, 3, 36, 1, 'put_page', 'release', 'resolved', '', '', '', 2, '')");
	link_now(db);
	assert_sql(db, "SELECT kind FROM link WHERE release_id = 5", "mixed");
	run_sql(db, "DELETE FROM call WHERE id = 4");
	link_now(db);
	assert_sql(db, "SELECT kind FROM link WHERE release_id = 5", "link");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LINK_TEST(test_taken_before), LINK_TEST(test_taken_behind),
		LINK_TEST(test_taken_on_one_path), LINK_TEST(test_stored_twice),
		LINK_TEST(test_no_other_release), LINK_TEST(test_zero_page_with_a_reference),
		LINK_TEST(test_zero_page_among_pins), LINK_TEST(test_released_before),
		LINK_TEST(test_another_page_in_the_variable),
		LINK_TEST(test_taken_for_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
