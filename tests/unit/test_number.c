// SPDX-License-Identifier: GPL-2.0-only
/* Pages of another file's acquire that are known by their number between two functions. */
#include "link_fixture.h"

#define CALLS \
	"INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, " \
	"config, macro, place_id, flags) VALUES "

/* page = far() at 31, addr = address of page at 32; drop() releases the page of o->addr at 25. */
static void facts(struct db *db)
{
	set_era(db, "pin_user_pages");
	run_sql(db,
		"UPDATE function SET is_static = 0 WHERE id = 4;"
		"INSERT INTO place VALUES (1, 'local', 'far.page', 'drivers/b.c', 'struct page *'),"
		" (2, 'return', 'far()', '', 'struct page *'),"
		" (3, 'local', 'both.page', 'drivers/a.c', 'struct page *'),"
		" (4, 'local', 'both.addr', 'drivers/a.c', 'unsigned long'),"
		" (5, 'local', 'drop.o', 'drivers/a.c', 'struct object *');"
		CALLS "(1, 2, 4, 8, 1, 'get_user_pages', 'acquire', 'resolved', '', '', '', 1, ''),"
		" (2, 1, 2, 25, 1, 'put_page', 'release', 'resolved', '', '', '', 5, '');"
		"INSERT INTO flow VALUES (1, 2, 1, 'return', 2, 9), (2, 3, 2, 'assign', 1, 31),"
		" (3, 4, 3, 'assign', 1, 32)");
	set_graph(db, 2, "0 20 entry v drop(o)\n"
			 "1 25.1 call v put_page((::vmemmap + (o->addr >> 12))) p\n2 26 return\n");
}

static void assert_links(struct db *db, const char *both, const char *links)
{
	set_graph(db, 3, both);
	link_now(db);
	assert_sql(db, KINDS, links);
}

/* o->addr = addr: the page is left taken. */
static void test_kept(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db);
	assert_links(db, "0 30 entry v both(o)\n1 31.1 call p far()\n2 31 set p page = @1\n"
			 "3 32 set u addr = (page - ::vmemmap)\n4 33 set u o->addr = addr\n"
			 "5 34 return\n",
		     "8>25 link");
}

/* Each path drops the page behind it: what is in the object is another's. */
static void test_dropped(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db);
	run_sql(db, CALLS "(3, 1, 3, 35, 1, 'put_page', 'release', 'resolved', '', '', '', 3, '')");
	assert_links(db, "0 30 entry v both(o)\n1 31.1 call p far()\n2 31 set p page = @1\n"
			 "3 32 set u addr = (page - ::vmemmap)\n4 33 set u o->addr = addr\n"
			 "5 35.1 call v put_page(page) p\n6 36 return\n",
		     "8>35 link");
}

/* It is dropped where the object cannot have it. */
static void test_dropped_on_failure(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db);
	run_sql(db, CALLS "(3, 1, 3, 35, 1, 'put_page', 'release', 'resolved', '', '', '', 3, '')");
	assert_links(db, "0 30 entry v both(o)\n1 31.1 call p far()\n2 31 set p page = @1\n"
			 "3 32 set u addr = (page - ::vmemmap)\n4 33 test p o == 0 else 7\n"
			 "5 35.1 call v put_page(page) p\n6 36 return\n7 37 set u o->addr = addr\n"
			 "8 38 return\n",
		     "8>25 link, 8>35 link");
}

/* Pages of another source come to that release, too: both come by the number. */
static void test_kept_with_others(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db);
	run_sql(db, CALLS "(3, 1, 3, 35, 1, 'put_page', 'release', 'resolved', '', '', '', 3, '');"
		    "INSERT INTO place VALUES (6, 'return', 'alloc_page()', '', '');"
		    "INSERT INTO flow VALUES (4, 1, 6, 'assign', 2, 7)");
	assert_links(db, "0 30 entry v both(o)\n1 31.1 call p far()\n2 31 set p page = @1\n"
			 "3 32 set u addr = (page - ::vmemmap)\n4 33 test p o == 0 else 7\n"
			 "5 35.1 call v put_page(page) p\n6 36 return\n7 37 set u o->addr = addr\n"
			 "8 38 return\n",
		     "8>25 mixed, 8>35 mixed");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LINK_TEST(test_kept), LINK_TEST(test_dropped),
		LINK_TEST(test_dropped_on_failure), LINK_TEST(test_kept_with_others),
	};

	return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
