// SPDX-License-Identifier: GPL-2.0-only
/* A container whose header has the function that drops what is in it. */
#include "link_fixture.h"

#define BAG "include/linux/bvec.h"

/* take() puts its page into a bio_vec at 10; bvec_drop() of the header releases from one at 12. */
static void facts(struct db *db)
{
	set_era(db, "put_user_page");
	run_sql(db,
		"INSERT INTO file(id, path, arch, status) VALUES (3, '" BAG "', 'x86', 'parsed');"
		"INSERT INTO function VALUES (6, 3, 'bvec_drop', 10, 15, 1);"
		"INSERT INTO place VALUES (1, 'local', 'take.page', 'drivers/a.c', 'struct page *'),"
		" (2, 'field', 'bio_vec.bv_page', '" BAG "', 'struct page *'),"
		" (3, 'local', 'bvec_drop.page', '" BAG "', 'struct page *'),"
		" (4, 'local', 'both.page', 'drivers/a.c', 'struct page *');"
		"INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, "
		"guard, config, macro, place_id, flags) VALUES"
		" (1, 1, 1, 5, 1, 'get_user_pages_fast', 'acquire', 'resolved', '', '', '', 1, ''),"
		" (2, 3, 6, 12, 1, 'put_page', 'release', 'resolved', '', '', '', 3, '');"
		"INSERT INTO flow VALUES (1, 2, 1, 'assign', 1, 10), (2, 3, 2, 'assign', 3, 11);"
		"INSERT INTO invoke VALUES (1, 2, 8, 'bvec_drop', '" BAG "')");
}

/* far(), in the same directory, calls it. */
static void test_dropped_beside(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db);
	link_now(db);
	assert_sql(db, KINDS, "5>12 link");
}

/* The file that calls it is of another directory: it has containers of its own. */
static void test_dropped_elsewhere(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db);
	run_sql(db, "UPDATE file SET path = 'fs/b.c' WHERE id = 2");
	link_now(db);
	assert_sql(db, "SELECT count(*) FROM link WHERE acquire_id IS NOT NULL", "0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LINK_TEST(test_dropped_beside), LINK_TEST(test_dropped_elsewhere),
	};

	return cmocka_run_group_tests_name("container", tests, NULL, NULL);
}
