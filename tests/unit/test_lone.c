// SPDX-License-Identifier: GPL-2.0-only
/* Releases that are not understood, and of which it does not matter. */
#include "link_fixture.h"

#define CALLS \
	"INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, " \
	"config, macro, place_id, flags) VALUES "
#define DECISION "SELECT state || ' ' || reason FROM decision WHERE call_id = "

/*
 * take() acquires at 5 and releases at 15; drop() releases at 25 what its parameter has, which
 * pages of take() come to if fed.
 */
static void facts(struct db *db, const char *acquire, const char *release, const char *lone, bool fed)
{
	g_autofree char *sql = g_strdup_printf(
		"INSERT INTO place VALUES (1, 'local', 'take.page', 'drivers/a.c', 'struct page *'),"
		" (2, 'param', 'drop(#0)', '', 'struct page *'),"
		" (3, 'param', 'far_away(#0)', '', 'struct page *'),"
		" (4, 'return', 'elsewhere()', '', 'struct page *'),"
		" (5, 'local', 'both.page', 'drivers/a.c', 'struct page *');"
		"UPDATE function SET is_static = 0 WHERE id = 2;"
		CALLS "(1, 1, 1, 5, 1, '%s', 'acquire', 'resolved', '', '', '', 1, ''),"
		" (2, 1, 1, 15, 1, '%s', 'release', 'resolved', '', '', '', 1, ''),"
		" (3, 1, 2, 25, 1, '%s', 'release', 'resolved', '', '', '', 2, '');",
		acquire, release, lone);

	set_era(db, "pin_user_pages");
	run_sql(db, sql);
	if (fed)
		run_sql(db, "INSERT INTO flow VALUES (1, 2, 1, 'pass', 1, 9),"
			    " (2, 2, 5, 'pass', 1, 33), (3, 5, 4, 'assign', 1, 32)");
}

/* The pages of an acquire go to a function out of sight. */
static void open_the_way(struct db *db)
{
	run_sql(db, "INSERT INTO flow VALUES (4, 3, 1, 'pass', 1, 11)");
}

/* The pages of the acquire end among ordinary references. */
static void end_in_a_pipe(struct db *db)
{
	run_sql(db, "INSERT INTO place VALUES (9, 'field', 'pipe_buffer.page', 'drivers/a.h', 'struct page *');"
		    "INSERT INTO flow VALUES (9, 9, 1, 'assign', 1, 12)");
}

/* The data of the acquire's pages is written. */
static void dirty_them(struct db *db)
{
	run_sql(db, CALLS "(9, 1, 1, 13, 1, 'set_page_dirty', 'dirty', 'resolved', '', '', '', 1, '')");
}

/* An acquire of an iterator's pages is to pin those of a user, though a release of it is mixed. */
static void test_iterator_is_extracted(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db, "iov_iter_get_pages2", "put_page", "put_page", true);
	dirty_them(db);
	run_sql(db, "INSERT INTO place VALUES (6, 'return', 'alloc_page()', '', 'struct page *'),"
		    " (7, 'field', 'object.page', 'drivers/a.h', 'struct page *');"
		    "INSERT INTO flow VALUES (5, 7, 1, 'assign', 1, 10), (6, 7, 6, 'assign', 1, 34);"
		    CALLS "(6, 1, 3, 36, 1, 'put_page', 'release', 'resolved', '', '', '', 7, '')");
	link_now(db);
	assert_sql(db, "SELECT state || ' ' || target FROM decision WHERE call_id = 1",
		   "unconverted iov_iter_extract_pages");
	assert_sql(db, DECISION "3", "mixed extract-mixed");
}

/* Pages of an acquire that is to be extracted may come unseen. */
static void test_extracted_near(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db, "iov_iter_get_pages2", "put_page", "put_page", false);
	dirty_them(db);
	open_the_way(db);
	link_now(db);
	assert_sql(db, DECISION "3", "mixed extract-mixed");
}

/* mm/ takes a page for no write: no pin is needed, whichever of its functions it is given to. */
static void test_core_needs_no_pin(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db, "get_user_pages_fast", "put_page", "put_page", true);
	run_sql(db, "INSERT INTO place VALUES (6, 'return', 'alloc_page()', '', 'struct page *');"
		    "INSERT INTO flow VALUES (5, 5, 6, 'assign', 1, 34);"
		    "UPDATE call SET flags = '0' WHERE id = 1");
	open_the_way(db);
	link_now(db);
	assert_sql(db, "SELECT state FROM decision WHERE call_id = 1", "mixed");
	run_sql(db, "UPDATE file SET path = 'mm/a.c' WHERE id = 1;"
		    "UPDATE place SET scope = 'mm/a.c' WHERE scope = 'drivers/a.c'");
	link_now(db);
	assert_sql(db, DECISION "1", "keep not-used");
	assert_sql(db, "SELECT state FROM decision WHERE call_id = 3", "mixed");
}

/* A function of mm/ that was handed a page gives it to others there: none comes back by these. */
static void test_core_has_no_open_end(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db, "get_user_pages_fast", "put_page", "put_page", false);
	run_sql(db, "INSERT INTO place VALUES (6, 'param', 'both(#0)', 'drivers/a.c', 'struct page *');"
		    "INSERT INTO flow VALUES (1, 6, 1, 'pass', 1, 9), (2, 3, 6, 'pass', 1, 35)");
	link_now(db);
	assert_sql(db, "SELECT kind FROM link WHERE release_id = 3", "unknown");
	run_sql(db, "UPDATE file SET path = 'mm/a.c' WHERE id = 1;"
		    "UPDATE place SET scope = 'mm/a.c' WHERE scope = 'drivers/a.c'");
	link_now(db);
	assert_sql(db, "SELECT kind FROM link WHERE release_id = 3", "decoy");
}

/* Pages of an acquire that stays, and of others perhaps: ordinary references all of them. */
static void test_acquire_stays(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db, "iov_iter_get_pages2", "put_page", "put_page", true);
	end_in_a_pipe(db);
	link_now(db);
	assert_sql(db, "SELECT kind FROM link WHERE release_id = 3 AND acquire_id = 1", "unknown");
	assert_sql(db, DECISION "3", "keep acquires-stay");
}

/* The same of what may come unseen. */
static void test_acquires_near_stay(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db, "iov_iter_get_pages2", "put_page", "put_page", false);
	end_in_a_pipe(db);
	open_the_way(db);
	link_now(db);
	assert_sql(db, DECISION "3", "keep near-stay");
}

/* A pin that may come unseen would have to be unpinned: that is not known. */
static void test_pins_near_do_not_stay(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db, "pin_user_pages_fast", "unpin_user_page", "put_page", false);
	open_the_way(db);
	link_now(db);
	assert_sql(db, DECISION "3", "unknown open-source");
}

static void test_unpin_near_pins(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db, "pin_user_pages_fast", "unpin_user_page", "unpin_user_page", false);
	open_the_way(db);
	link_now(db);
	assert_sql(db, DECISION "3", "converted near-pinned");
	/* An ordinary reference that comes unseen would be dropped as a pin. */
	run_sql(db, CALLS "(4, 1, 3, 31, 1, 'get_user_pages_fast', 'acquire', 'resolved', '', '', '', 5, '')");
	link_now(db);
	assert_sql(db, DECISION "3", "unknown open-source");
}

/* Only pins may come to the release: that others are not excluded changes nothing. */
static void test_pin_and_perhaps_others(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db, "pin_user_pages_fast", "unpin_user_page", "unpin_user_page", true);
	link_now(db);
	assert_sql(db, DECISION "3", "converted perhaps-of");
	assert_sql(db, DECISION "1", "converted pages-of");
}

/* A function that prints, tests or frees is no way that pages could come back by. */
static void test_harmless_is_no_end(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db, "pin_user_pages_fast", "unpin_user_page", "put_page", false);
	open_the_way(db);
	run_sql(db, "UPDATE place SET name = 'dump_page(#0)' WHERE id = 3");
	link_now(db);
	assert_sql(db, DECISION "3", "keep out-of-reach");
}

/* One release of the wrong kind does not make the right ones unknown. */
static void test_right_beside_mismatched(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db, "pin_user_pages_fast", "unpin_user_page", "put_page", false);
	run_sql(db, "INSERT INTO place VALUES (6, 'field', 'object.page', 'drivers/a.h', 'struct page *');"
		    "INSERT INTO flow VALUES (1, 6, 1, 'assign', 1, 9), (2, 2, 6, 'assign', 1, 22)");
	link_now(db);
	assert_sql(db, DECISION "1", "mismatched mismatch");
	assert_sql(db, DECISION "3", "mismatched mismatch");
	assert_sql(db, DECISION "2", "converted pages-of");
}

/* An ordinary release that other pages come to as well does not hold back a pin with its unpin. */
static void test_pin_lets_go(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db, "pin_user_pages_fast", "unpin_user_page", "put_page", false);
	run_sql(db, "INSERT INTO place VALUES (6, 'field', 'object.page', 'drivers/a.h', 'struct page *'),"
		    " (7, 'return', 'alloc_page()', '', 'struct page *');"
		    "INSERT INTO flow VALUES (1, 6, 1, 'assign', 1, 9), (2, 2, 6, 'assign', 1, 22),"
		    " (3, 6, 7, 'assign', 1, 40)");
	link_now(db);
	assert_sql(db, DECISION "1", "converted pages-of");
	assert_sql(db, DECISION "2", "converted pages-of");
	assert_sql(db, DECISION "3", "mixed also-of");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LINK_TEST(test_iterator_is_extracted), LINK_TEST(test_extracted_near), LINK_TEST(test_core_needs_no_pin),
		LINK_TEST(test_core_has_no_open_end),
		LINK_TEST(test_acquire_stays), LINK_TEST(test_acquires_near_stay),
		LINK_TEST(test_pins_near_do_not_stay), LINK_TEST(test_unpin_near_pins),
		LINK_TEST(test_pin_and_perhaps_others), LINK_TEST(test_harmless_is_no_end),
		LINK_TEST(test_right_beside_mismatched), LINK_TEST(test_pin_lets_go),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
