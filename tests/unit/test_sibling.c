// SPDX-License-Identifier: GPL-2.0-only
/* Acquires of one function that fill one array: whose pages a release drops. */
#include "link_fixture.h"

#define CALL(id, line, name, role, place) \
	"INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, " \
	"config, macro, place_id, flags) VALUES (" id ", 1, 3, " line ", 1, '" name "', '" role \
	"', 'resolved', '', '', '', " place ", '');"
#define GUP(id, line, place) CALL(id, line, "get_user_pages", "acquire", place)
#define PUT(id, line, place) CALL(id, line, "put_page", "release", place)
#define PUT_ALL(id, line, place) CALL(id, line, "release_pages", "release", place)

/* both() acquires at 31 and 35, releases at 40, and at 45. */
static void assert_links(void **state, const char *facts, const char *graph, const char *links)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "none");
	run_sql(db, "INSERT INTO place VALUES (1, 'local', 'both.pages', 'drivers/a.c', 'struct page **'),"
		    " (2, 'local', 'both.first', 'drivers/a.c', 'struct page *'),"
		    " (3, 'local', 'both.part', 'drivers/a.c', 'struct page **'),"
		    " (4, 'global', 'kept', '', 'struct page **');");
	run_sql(db, facts);
	set_graph(db, 3, graph);
	link_now(db);
	assert_sql(db, KINDS, links);
}

/* The count of each release is the result of one of the acquires. */
static void test_counted(void **state)
{
	assert_links(state, GUP("1", "31", "1") GUP("2", "35", "1") PUT_ALL("3", "40", "1")
			    PUT_ALL("4", "45", "1"),
		     "0 30 entry v both(pages)\n1 31.1 call s get_user_pages(1, 2, 0, pages) uuup\n"
		     "2 31 set s a = @1\n3 35.1 call s get_user_pages(4, 2, 0, &pages[a]) uuup\n"
		     "4 35 set s b = @3\n5 40.1 call v release_pages(&pages[a], b) ps\n"
		     "6 45.1 call v release_pages(pages, a) ps\n7 46 return\n",
		     "35>40 link, 31>45 link");
}

/* release_pages(pages, a + b) is of both. */
static void test_counted_together(void **state)
{
	assert_links(state, GUP("1", "31", "1") GUP("2", "35", "1") PUT_ALL("3", "40", "1"),
		     "0 30 entry v both(pages)\n1 31.1 call s get_user_pages(1, 2, 0, pages) uuup\n"
		     "2 31 set s a = @1\n3 35.1 call s get_user_pages(4, 2, 0, &pages[a]) uuup\n"
		     "4 35 set s b = @3\n5 40.1 call v release_pages(pages, (a + b)) ps\n6 46 return\n",
		     "31>40 link, 35>40 link");
}

#define LOOP_HEAD \
	"0 30 entry v both(pages)\n1 31.1 call s get_user_pages(1, 2, 0, pages) uuup\n" \
	"2 31 set s a = @1\n3 35.1 call s get_user_pages(4, 2, 0, &pages[a]) uuup\n" \
	"4 35 set s b = @3\n5 39 set s i = 0\n6 39 loop else 10\n"

/* for (i = 0; i < b; i++) put_page(pages[a + i]) */
static void test_counted_in_loop(void **state)
{
	assert_links(state, GUP("1", "31", "1") GUP("2", "35", "1") PUT("3", "40", "1"),
		     LOOP_HEAD "7 39 test s i < b else 10\n8 40.1 call v put_page(pages[(a + i)]) p\n"
		     "9 39 set s i += 1 -> 6\n10 41 join\n11 46 return\n",
		     "35>40 link");
}

/* A loop over more than one of them is of both. */
static void test_loop_over_all(void **state)
{
	assert_links(state, GUP("1", "31", "1") GUP("2", "35", "1") PUT("3", "40", "1"),
		     LOOP_HEAD "7 39 test s i < total else 10\n8 40.1 call v put_page(pages[i]) p\n"
		     "9 39 set s i += 1 -> 6\n10 41 join\n11 46 return\n",
		     "31>40 link, 35>40 link");
}

/* first = pages[0], and then the array is filled anew. */
static void test_overwritten(void **state)
{
	assert_links(state, GUP("1", "31", "1") GUP("2", "35", "1") PUT("3", "40", "2")
			    PUT("4", "45", "1")
			    "INSERT INTO flow VALUES (1, 2, 1, 'assign', 1, 32);",
		     "0 30 entry v both()\n1 31.1 call s get_user_pages(1, 1, 0, pages) uuup\n"
		     "2 32 set p first = pages[0]\n3 35.1 call s get_user_pages(4, 1, 0, pages) uuup\n"
		     "4 40.1 call v put_page(first) p\n5 45.1 call v put_page(pages[0]) p\n6 46 return\n",
		     "31>40 link, 35>45 link");
}

/* The second one fills it on one path alone: the release is of either. */
static void test_overwritten_on_one_path(void **state)
{
	assert_links(state, GUP("1", "31", "1") GUP("2", "35", "1") PUT("3", "40", "1"),
		     "0 30 entry v both(x)\n1 31.1 call s get_user_pages(1, 1, 0, pages) uuup\n"
		     "2 32 test s x != 0 else 4\n3 35.1 call s get_user_pages(4, 1, 0, pages) uuup\n"
		     "4 40.1 call v put_page(pages[0]) p\n5 46 return\n",
		     "31>40 link, 35>40 link");
}

/* kept = pages: another name of the array has what is filled in later as well. */
static void test_other_name(void **state)
{
	assert_links(state, GUP("1", "31", "1") GUP("2", "35", "1")
			    "INSERT INTO place VALUES (5, 'local', 'drop.page', 'drivers/a.c', '');"
			    "INSERT INTO call(id, file_id, function_id, line, column, callee, role, "
			    "status, guard, config, macro, place_id, flags) VALUES (3, 1, 2, 25, 1, "
			    "'put_page', 'release', 'resolved', '', '', '', 5, '');"
			    "INSERT INTO flow VALUES (1, 4, 1, 'alias', 1, 30), (2, 5, 4, 'assign', 1, 24);",
		     "0 30 entry v both(x)\n1 30 set p ::kept = pages\n2 30 test s x != 0 else 4\n"
		     "3 31.1 call s get_user_pages(1, 1, 0, pages) uuup -> 5\n"
		     "4 35.1 call s get_user_pages(4, 1, 0, pages) uuup\n5 46 return\n",
		     "31>25 link, 35>25 link");
}

#define SLICE "INSERT INTO flow VALUES (1, 3, 1, 'alias', 1, 30);"
#define SLICE_GRAPH(rest) \
	"0 30 entry v both(n)\n1 30 set p part = (pages + n)\n" \
	"2 31.1 call s get_user_pages(1, 1, 0, pages) uuup\n3 31 set s a = @2\n" \
	"4 35.1 call s get_user_pages(4, 1, 0, part) uuup\n5 35 set s b = @4\n" rest

/* part = pages + n: each is filled by an acquire, and released by itself. */
static void test_slices(void **state)
{
	assert_links(state, GUP("1", "31", "1") GUP("2", "35", "3") PUT_ALL("3", "40", "3")
			    PUT_ALL("4", "45", "1") SLICE,
		     SLICE_GRAPH("6 40.1 call v release_pages(part, b) ps\n"
				 "7 45.1 call v release_pages(pages, a) ps\n8 46 return\n"),
		     "35>40 link, 31>45 link");
}

/* The whole is given to a function, which may come to the part's entries. */
static void test_slice_given_away(void **state)
{
	assert_links(state, GUP("1", "31", "1") GUP("2", "35", "3") PUT("3", "40", "1") SLICE,
		     SLICE_GRAPH("6 39.1 call v look_at(pages) p\n"
				 "7 40.1 call v put_page(pages[0]) p\n8 46 return\n"),
		     "31>40 link, 35>40 link");
}

#define NUMBER_PLACES \
	"INSERT INTO place VALUES (1, 'local', 'both.pages', 'drivers/a.c', 'struct page **')," \
	" (2, 'local', 'both.first', 'drivers/a.c', 'struct page *')," \
	" (3, 'local', 'both.second', 'drivers/a.c', 'struct page *')," \
	" (4, 'local', 'drop.p', 'drivers/a.c', 'struct page *')," \
	" (5, 'local', 'drop.q', 'drivers/a.c', 'struct page *');"
#define PIN(id, line) CALL(id, line, "pin_user_pages_fast", "acquire", "1")
#define UNPIN(id, line, place) \
	"INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, " \
	"config, macro, place_id, flags) VALUES (" id ", 1, 2, " line ", 1, 'unpin_user_page', " \
	"'release', 'resolved', '', '', '', " place ", '');"
#define KEPT \
	"0 30 entry v both(o)\n1 31.1 call s pin_user_pages_fast(1, 1, 0, pages) uuup\n" \
	"2 32 set p first = pages[0]\n3 33 set u number = ((first - ::vmemmap) << 12)\n" \
	"4 33 set u o->a = number\n5 35.1 call s pin_user_pages_fast(4, 1, 0, pages) uuup\n" \
	"6 36 set p second = pages[0]\n7 37.1 call p page_address(second) p\n" \
	"8 37 set u o->b = (@7 + 4)\n9 46 return\n"

/* o->a has the number of the first one's page, o->b the address of the second one's. */
static void test_numbers(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "pin_user_pages");
	run_sql(db, NUMBER_PLACES PIN("1", "31") PIN("2", "35") UNPIN("3", "25", "4")
		    UNPIN("4", "27", "5")
		    "INSERT INTO flow VALUES (1, 2, 1, 'assign', 1, 32), (2, 3, 1, 'assign', 1, 36);");
	set_graph(db, 3, KEPT);
	set_graph(db, 2, "0 20 entry v drop(o)\n1 21 set p p = (::vmemmap + (o->b >> 12))\n"
			 "2 22 set p q = (::vmemmap + (o->a >> 12))\n"
			 "3 25.1 call v unpin_user_page(p) p\n4 27.1 call v unpin_user_page(q) p\n"
			 "5 28 return\n");
	link_now(db);
	assert_sql(db, KINDS, "35>25 link, 31>27 link");
}

/* take() keeps its pages in memory that both() fills anew at 35, as part. */
#define KEPT_ELSEWHERE \
	"INSERT INTO place VALUES (5, 'local', 'take.pages', 'drivers/a.c', 'struct page **');" \
	"INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, " \
	"config, macro, place_id, flags) VALUES (1, 1, 1, 5, 1, 'get_user_pages', 'acquire', " \
	"'resolved', '', '', '', 5, '');" \
	"INSERT INTO flow VALUES (1, 4, 5, 'alias', 1, 10), (2, 3, 4, 'alias', 1, 32);"

/* part = kept; get_user_pages(part); first = part[0]: none of take()'s are left there. */
static void test_filled_anew(void **state)
{
	assert_links(state, KEPT_ELSEWHERE GUP("2", "35", "3") PUT("3", "40", "2")
			    "INSERT INTO flow VALUES (3, 2, 3, 'assign', 1, 37);",
		     "0 30 entry v both()\n1 32 set p part = ::kept\n"
		     "2 35.1 call s get_user_pages(4, 2, 0, part) uuup\n"
		     "3 37 set p first = part[0]\n4 40.1 call v put_page(first) p\n5 46 return\n",
		     "35>40 link");
}

/* The array is filled from a later entry on: the first one is as it was. */
static void test_filled_behind(void **state)
{
	assert_links(state, KEPT_ELSEWHERE GUP("2", "35", "3") PUT("3", "40", "2")
			    "INSERT INTO flow VALUES (3, 2, 3, 'assign', 1, 37);",
		     "0 30 entry v both()\n1 32 set p part = ::kept\n"
		     "2 35.1 call s get_user_pages(4, 2, 0, &part[1]) uuup\n"
		     "3 37 set p first = part[0]\n4 40.1 call v put_page(first) p\n5 46 return\n",
		     "5>40 link, 35>40 link");
}

/* A path to the entry that is read does not fill the array. */
static void test_filled_on_one_path(void **state)
{
	assert_links(state, KEPT_ELSEWHERE GUP("2", "35", "3") PUT("3", "40", "2")
			    "INSERT INTO flow VALUES (3, 2, 3, 'assign', 1, 37);",
		     "0 30 entry v both(more)\n1 32 set p part = ::kept\n"
		     "2 33 test s more != 0 else 4\n"
		     "3 35.1 call s get_user_pages(4, 2, 0, part) uuup\n"
		     "4 37 set p first = part[0]\n5 40.1 call v put_page(first) p\n6 46 return\n",
		     "5>40 link, 35>40 link");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LINK_TEST(test_counted), LINK_TEST(test_counted_together),
		LINK_TEST(test_counted_in_loop), LINK_TEST(test_loop_over_all),
		LINK_TEST(test_overwritten), LINK_TEST(test_overwritten_on_one_path),
		LINK_TEST(test_other_name), LINK_TEST(test_slices),
		LINK_TEST(test_slice_given_away), LINK_TEST(test_numbers),
		LINK_TEST(test_filled_anew), LINK_TEST(test_filled_behind),
		LINK_TEST(test_filled_on_one_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
