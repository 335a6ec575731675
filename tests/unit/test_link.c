// SPDX-License-Identifier: GPL-2.0-only
/* Link and decide, on databases that hold just the facts in question. */
#include "link_fixture.h"

static void test_field(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "put_user_page");
	object_facts(db, "get_user_pages_fast", "put_page");
	link_now(db);
	assert_sql(db, KINDS, "5>25 link");
	assert_sql(db, STATES, "5 unconverted get_user_pages_fast, 25 unconverted put_user_page");
	assert_sql(db, "SELECT group_concat(line, ' ') FROM link_step", "5 10 22 25");
	link_now(db);
	assert_sql(db, "SELECT count(*) FROM link", "1");
}

static void test_mixed(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "put_user_page");
	object_facts(db, "get_user_pages_fast", "put_page");
	run_sql(db, "INSERT INTO place VALUES (4, 'return', 'alloc_pages()', 'include/linux/gfp.h', '');"
		    "INSERT INTO flow VALUES (3, 2, 4, 'assign', 2, 7)");
	link_now(db);
	assert_sql(db, KINDS, "5>25 mixed");
	assert_sql(db, "SELECT reason_text(reason, args) LIKE '%alloc_pages() at drivers/b.c:7%' FROM link", "1");
}

/* vmalloc_to_page() takes no reference: what is put was got. */
static void test_borrowed(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "none");
	object_facts(db, "get_user_pages_fast", "put_page");
	run_sql(db, "INSERT INTO place VALUES (4, 'return', 'vmalloc_to_page()', '', '');"
		    "INSERT INTO flow VALUES (3, 2, 4, 'assign', 2, 7)");
	link_now(db);
	assert_sql(db, KINDS, "5>25 link");
}

#define GET_PAGE \
	"INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, " \
	"config, macro, place_id, flags) VALUES " \
	"(3, 2, 4, 8, 1, 'get_page', 'ref', 'resolved', '', '', '', 5, '');"
#define BORROWED \
	"INSERT INTO place VALUES (4, 'return', 'vmalloc_to_page()', '', '')," \
	" (5, 'local', 'far.page', 'drivers/b.c', 'struct page *');" \
	"INSERT INTO flow VALUES (3, 5, 4, 'assign', 2, 7), (4, 2, 5, 'assign', 2, 9);"

/* get_page() of such a page, which comes to that release and to no other: of two kinds. */
static void test_borrowed_and_taken(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "none");
	object_facts(db, "get_user_pages_fast", "put_page");
	run_sql(db, BORROWED GET_PAGE);
	link_now(db);
	assert_sql(db, KINDS, "5>25 mixed");
}

/* A release that no acquired page comes to may be the one that drops it. */
static void test_borrowed_and_dropped(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "none");
	object_facts(db, "get_user_pages_fast", "put_page");
	run_sql(db, BORROWED GET_PAGE
		    "INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, "
		    "guard, config, macro, place_id, flags) VALUES "
		    "(4, 2, 4, 10, 1, 'put_page', 'release', 'resolved', '', '', '', 5, '');");
	link_now(db);
	assert_sql(db, "SELECT kind FROM link WHERE acquire_id = 1 AND release_id = 2", "unknown");
}

/* An architecture's own get_user_pages_fast() is part of the API; a driver's helper of that name not. */
static void test_of_arch(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "none");
	object_facts(db, "get_user_pages_unlocked", "put_page");
	run_sql(db, "UPDATE function SET name = 'get_user_pages_fast' WHERE id = 1");
	link_now(db);
	assert_sql(db, "SELECT state FROM site WHERE line = 5", "unconverted");
	run_sql(db, "UPDATE function SET is_static = 0 WHERE id = 1");
	link_now(db);
	assert_sql(db, "SELECT state FROM site WHERE line = 5", "keep");
	assert_sql(db, "SELECT count(*) FROM link WHERE acquire_id IS NOT NULL", "0");
}

#define NUMBER_IN_OBJECT \
	"INSERT INTO place VALUES (4, 'field', 'answer.pfn', 'include/linux/answer.h', " \
	"'unsigned long'), (5, 'local', 'far.page', 'drivers/b.c', 'struct page *');" \
	"INSERT INTO flow VALUES (3, 5, 4, 'assign', 2, 7), (4, 2, 5, 'assign', 2, 9);"

/* find_number(&answer); page = pfn_to_page(answer.pfn): of a page that has no reference for it. */
static void test_number_in_object(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "pin_user_pages");
	object_facts(db, "get_user_pages", "put_page");
	run_sql(db, NUMBER_IN_OBJECT);
	link_now(db);
	assert_sql(db, KINDS, "5>25 link");
}

/* The same where get_page() is called for it: perhaps that reference is the one to drop. */
static void test_number_in_object_taken(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "pin_user_pages");
	object_facts(db, "get_user_pages", "put_page");
	run_sql(db, NUMBER_IN_OBJECT GET_PAGE);
	link_now(db);
	assert_sql(db, KINDS, "5>25 unknown");
}

/* put_page(virt_to_page(pte)): page tables are in pages of the kernel. */
static void test_table_page(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "none");
	run_sql(db, "INSERT INTO place VALUES (1, 'param', 'both(#0)', '', 'const pmd_t *');"
		    "INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, "
		    "guard, config, macro, place_id, flags) VALUES "
		    "(1, 1, 3, 35, 1, 'put_page', 'release', 'resolved', '', '', '', 1, '');");
	link_now(db);
	assert_sql(db, "SELECT kind || ' ' || reason FROM link", "decoy table-page");
}

static void test_decoy(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "none");
	run_sql(db, "INSERT INTO place VALUES (1, 'local', 'both.page', 'drivers/a.c', ''),"
		    " (2, 'return', 'find_get_page()', '', ''),"
		    " (3, 'param', 'drop(#0)', 'drivers/a.c', '');"
		    "INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config, macro, place_id, flags) VALUES"
		    " (1, 1, 3, 35, 1, 'put_page', 'release', 'resolved', '', '', '', 1, ''),"
		    " (2, 1, 2, 25, 1, 'put_page', 'release', 'resolved', '', '', '', 3, '');"
		    "INSERT INTO flow VALUES (1, 1, 2, 'assign', 1, 31)");
	link_now(db);
	assert_sql(db, "SELECT group_concat(release_line || ' ' || kind, ', ') FROM link_site",
		   "35 decoy, 25 decoy");
}

/*
 * A release that no acquire comes to is none of theirs, unless
 * the way of some pages nearby is not seen.
 */
static void test_out_of_reach(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "none");
	run_sql(db, "INSERT INTO place VALUES (1, 'local', 'take.pages', 'drivers/a.c', ''),"
		    " (2, 'param', 'drop(#0)', 'drivers/a.c', '');"
		    "INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config, macro, place_id, flags) VALUES"
		    " (1, 1, 1, 5, 1, 'get_user_pages', 'acquire', 'resolved', '', '', '', 1, ''),"
		    " (2, 1, 1, 8, 1, 'put_page', 'release', 'resolved', '', '', '', 1, ''),"
		    " (3, 1, 2, 25, 1, 'put_page', 'release', 'resolved', '', '', '', 2, '')");
	link_now(db);
	assert_sql(db, "SELECT kind || ' ' || reason FROM link WHERE release_id = 3",
		   "decoy out-of-reach");
	/* The body of that function is not seen: the pages may come back here. */
	run_sql(db, "INSERT INTO place VALUES (3, 'param', 'elsewhere(#0)', '', '');"
		    "INSERT INTO flow VALUES (1, 3, 1, 'pass', 1, 6)");
	link_now(db);
	assert_sql(db, "SELECT kind FROM link WHERE release_id = 3", "unknown");
	/* A release that is right for acquired pages alone must have an acquire somewhere. */
	run_sql(db, "DELETE FROM flow; UPDATE call SET callee = 'put_user_page' WHERE id = 3");
	link_now(db);
	assert_sql(db, "SELECT kind FROM link WHERE release_id = 3", "unknown");
}

/* The operations of an address space are called with pages of its cache. */
static void test_cache_slot(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "none");
	run_sql(db, "INSERT INTO place VALUES (1, 'param', 'drop(#0)', 'drivers/a.c', ''),"
		    " (2, 'other', '&drop', 'drivers/a.c', ''),"
		    " (3, 'field', 'address_space_operations.write_end', 'include/linux/fs.h', '');"
		    "INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config, macro, place_id, flags) VALUES"
		    " (1, 1, 2, 25, 1, 'put_page', 'release', 'resolved', '', '', '', 1, '');"
		    "INSERT INTO flow VALUES (1, 3, 2, 'pointer', 1, 40)");
	link_now(db);
	assert_sql(db, "SELECT kind || ' ' || reason FROM link", "decoy other-pages");
}

/* A helper that two callers use: what goes in by one does not come out by the other. */
static void test_calls_match(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "none");
	run_sql(db, "INSERT INTO place VALUES (1, 'local', 'take.pages', 'drivers/a.c', ''),"
		    " (2, 'param', 'shared(#0)', 'drivers/a.c', ''),"
		    " (3, 'local', 'both.pages', 'drivers/a.c', '');"
		    "INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config, macro, place_id, flags) VALUES"
		    " (1, 1, 1, 5, 1, 'get_user_pages', 'acquire', 'resolved', '', '', '', 1, ''),"
		    " (2, 1, 3, 35, 1, 'put_page', 'release', 'resolved', '', '', '', 3, '');"
		    "INSERT INTO flow VALUES (1, 2, 1, 'alias', 1, 10), (2, 2, 3, 'alias', 1, 34)");
	link_now(db);
	assert_sql(db, "SELECT kind || ' ' || coalesce(acquire_id, 'none') FROM link", "unknown none");
	assert_sql(db, "SELECT state FROM decision WHERE call_id = 1", "unknown");
}

/* But an acquire inside of the helper fills the arrays of both. */
static void test_helper_acquires(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "none");
	run_sql(db, "INSERT INTO place VALUES (1, 'local', 'take.pages', 'drivers/a.c', ''),"
		    " (2, 'param', 'shared(#0)', 'drivers/a.c', ''),"
		    " (3, 'local', 'both.pages', 'drivers/a.c', '');"
		    "INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config, macro, place_id, flags) VALUES"
		    " (1, 1, 1, 15, 1, 'put_page', 'release', 'resolved', '', '', '', 1, ''),"
		    " (2, 1, 3, 35, 1, 'put_page', 'release', 'resolved', '', '', '', 3, ''),"
		    " (3, 1, 5, 52, 1, 'get_user_pages', 'acquire', 'resolved', '', '', '', 2, '');"
		    "INSERT INTO flow VALUES (1, 2, 1, 'alias', 1, 10), (2, 2, 3, 'alias', 1, 34)");
	link_now(db);
	assert_sql(db, KINDS, "52>15 link, 52>35 link");
}

/* Two arrays that one field stood for at two times do not mix. */
static void test_array_has_no_way_back(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "none");
	object_facts(db, "get_user_pages", "put_page");
	run_sql(db, "INSERT INTO place VALUES (4, 'field', 'other.pages', 'drivers/a.h', ''),"
		    " (5, 'return', 'alloc_pages()', '', '');"
		    "INSERT INTO flow VALUES (3, 2, 4, 'alias', 1, 31), (4, 4, 5, 'assign', 1, 32);"
		    "INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config, macro, place_id, flags) VALUES"
		    " (3, 1, 3, 40, 1, 'put_page', 'release', 'resolved', '', '', '', 1, ''),"
		    " (4, 1, 3, 41, 1, 'put_page', 'release', 'resolved', '', '', '', 4, '')");
	link_now(db);
	assert_sql(db, "SELECT group_concat(kind, ' ') FROM link_site WHERE release_line = 40", "link");
	assert_sql(db, "SELECT group_concat(kind, ' ') FROM link_site WHERE release_line = 41", "decoy");
}

static void test_pin_era(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "pin_user_pages");
	object_facts(db, "get_user_pages_fast", "put_page");
	run_sql(db, "INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config, macro, place_id, flags) VALUES"
		    " (3, 1, 1, 7, 1, 'dma_map_page', 'use', 'resolved', '', '', '', 1, '');"
		    "INSERT INTO prototype VALUES ('pin_user_pages_fast', '', 'tree'),"
		    " ('unpin_user_page', '', 'tree')");
	link_now(db);
	assert_sql(db, STATES, "5 unconverted pin_user_pages_fast, 25 unconverted unpin_user_page");
	assert_sql(db, "SELECT group_concat(use_case, ' ') FROM decision", "2 2");
	run_sql(db, "DELETE FROM prototype WHERE name = 'unpin_user_page'");
	link_now(db);
	assert_sql(db, STATES, "5 keep keep, 25 keep keep");
}

static void test_mismatched(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "pin_user_pages");
	object_facts(db, "pin_user_pages_fast", "put_page");
	link_now(db);
	assert_sql(db, "SELECT group_concat(state, ' ') FROM decision", "mismatched mismatched");
}

/* put_page() and unpin_user_page() side by side: a condition tells them apart. */
static void test_told_apart(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "pin_user_pages");
	object_facts(db, "pin_user_pages_fast", "put_page");
	run_sql(db, "INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config, macro, place_id, flags) VALUES"
		    " (3, 1, 2, 27, 1, 'unpin_user_page', 'release', 'resolved', '', '', '', 3, '')");
	link_now(db);
	assert_sql(db, "SELECT group_concat(state, ' ') FROM decision", "converted unknown converted");
}

static void test_alone(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "put_user_page");
	run_sql(db, "INSERT INTO place VALUES (1, 'local', 'take.pages', 'drivers/a.c', ''),"
		    " (2, 'field', 'object.pages', 'drivers/a.h', '');"
		    "INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config, macro, place_id, flags) VALUES"
		    " (1, 1, 1, 5, 1, 'get_user_pages', 'acquire', 'resolved', '', '', '', NULL, ''),"
		    " (2, 1, 1, 6, 1, 'get_user_pages', 'acquire', 'homonym', '', '', '', 1, ''),"
		    " (3, 1, 1, 7, 1, 'get_user_pages', 'acquire', 'dead', '', '', '', NULL, ''),"
		    " (4, 1, 1, 8, 1, 'get_user_pages', 'acquire', 'resolved', '', '', '', 1, '');"
		    "INSERT INTO call_arg VALUES (1, 3, 'pages', 'pages', 'NULL', '');"
		    "INSERT INTO flow VALUES (1, 2, 1, 'alias', 1, 10)");
	set_graph(db, 1, "0 1 entry s take(start)\n1 5.1 call s get_user_pages(start, 1, 0, 0) uuup\n"
			 "2 20 return 0\n");
	link_now(db);
	assert_sql(db, "SELECT group_concat(state, ' ') FROM decision", "keep keep unknown unknown");
	assert_sql(db, "SELECT reason_text(reason, args) LIKE '%stored in struct object.pages (drivers/a.c:10)'"
		       " FROM decision WHERE call_id = 4", "1");
}

static void test_empty(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	link_now(db);
	assert_sql(db, "SELECT count(*) FROM decision", "0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LINK_TEST(test_field), LINK_TEST(test_mixed), LINK_TEST(test_borrowed),
		LINK_TEST(test_borrowed_and_taken),
		LINK_TEST(test_borrowed_and_dropped), LINK_TEST(test_table_page),
		LINK_TEST(test_of_arch),
		LINK_TEST(test_number_in_object), LINK_TEST(test_number_in_object_taken),
		LINK_TEST(test_decoy), LINK_TEST(test_out_of_reach), LINK_TEST(test_cache_slot),
		LINK_TEST(test_calls_match), LINK_TEST(test_helper_acquires),
		LINK_TEST(test_array_has_no_way_back), LINK_TEST(test_pin_era),
		LINK_TEST(test_mismatched), LINK_TEST(test_told_apart), LINK_TEST(test_alone),
		LINK_TEST(test_empty),
	};

	return cmocka_run_group_tests_name("link", tests, NULL, NULL);
}
