// SPDX-License-Identifier: GPL-2.0-only
/* One array for several commands: which release is for which acquire. */
#include "link_fixture.h"

#define CALL(id, function, line, name, role, place) \
	"INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, " \
	"config, macro, place_id, flags) VALUES (" id ", 1, " function ", " line ", 1, '" name \
	"', '" role "', 'resolved', '', '', '', " place ", '');"

/*
 * both() acquires at 31 for command 1 and at 32 for command 2; shared() releases at 51 and 52.
 * keep: what becomes of the array besides.
 */
static void assert_links(void **state, const char *graph, const char *keep, const char *links)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "pin_user_pages");
	run_sql(db, "INSERT INTO place VALUES (1, 'local', 'both.pages', 'drivers/a.c', 'struct page **'),"
		    " (2, 'param', 'shared(#1)', 'drivers/a.c', 'struct page **'),"
		    " (3, 'field', 'object.pages', 'drivers/a.h', 'struct page **');"
		    CALL("1", "3", "31", "pin_user_pages", "acquire", "1")
		    CALL("2", "3", "32", "pin_user_pages", "acquire", "1")
		    CALL("3", "5", "51", "unpin_user_pages", "release", "2")
		    CALL("4", "5", "52", "unpin_user_pages", "release", "2")
		    "INSERT INTO flow VALUES (1, 2, 1, 'pass', 1, 33);");
	run_sql(db, keep);
	set_graph(db, 3, graph);
	set_graph(db, 5,
		  "0 50 entry v shared(cmd, pages)\n1 51 test s cmd == 1 else 3\n"
		  "2 51.1 call v unpin_user_pages(pages, 1) pu -> 4\n"
		  "3 52.1 call v unpin_user_pages(pages, 1) pu\n4 53 return\n");
	link_now(db);
	assert_sql(db, KINDS, links);
}

#define BOTH(set) \
	"0 30 entry v both(cmd)\n1 31 test s cmd == 1 else 3\n" \
	"2 31.1 call s pin_user_pages(1, 1, 0, pages) uuup -> 4\n" \
	"3 32.1 call s pin_user_pages(1, 1, 0, pages) uuup\n" set \
	"5 33.1 call v shared(cmd, pages) sp\n6 34 return\n"

static void test_told_by_command(void **state)
{
	assert_links(state, BOTH("4 32 join\n"), "", "31>51 link, 32>52 link");
}

static void test_command_is_changed(void **state)
{
	assert_links(state, BOTH("4 32 set s cmd = ?\n"), "",
		     "31>51 link, 32>51 link, 31>52 link, 32>52 link");
}

/* Another run of both() may be given another command for the pages of this one. */
static void test_pages_are_kept(void **state)
{
	assert_links(state, BOTH("4 32 join\n"),
		     "INSERT INTO flow VALUES (2, 3, 1, 'alias', 1, 33);",
		     "31>51 link, 32>51 link, 31>52 link, 32>52 link");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LINK_TEST(test_told_by_command),
		LINK_TEST(test_command_is_changed),
		LINK_TEST(test_pages_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
