// SPDX-License-Identifier: GPL-2.0-only
/* A release that a flag in the object guards, or a callback that few functions install. */
#include "link_fixture.h"

/* take() acquires at 5, both() allocates at 33: into object.pages, which drop() reads. */
static void facts(struct db *db)
{
	set_era(db, "put_user_page");
	object_facts(db, "get_user_pages_fast", "put_page");
	run_sql(db, "INSERT INTO place VALUES (4, 'return', 'alloc_page()', '', ''),"
		    " (5, 'local', 'both.page', 'drivers/a.c', 'struct page *');"
		    "INSERT INTO flow VALUES (3, 5, 4, 'assign', 1, 33), (4, 2, 5, 'assign', 1, 36)");
	set_graph(db, 2, "0 20 entry v drop(o)\n1 21 test u o->own != 0 -> 4 else 2\n"
			 "2 22 set p page = o->pages\n3 25.1 call v put_page(page) p\n"
			 "4 26 return\n");
}

static void assert_kind(struct db *db, const char *both, const char *links)
{
	set_graph(db, 3, both);
	link_now(db);
	assert_sql(db, KINDS, links);
}

/* page = alloc_page(); o->own = true; o->pages = page; */
static void test_own_is_kept(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db);
	assert_kind(db, "0 30 entry v both(o)\n1 33.1 call p alloc_page(0) u\n"
			"2 33 set p page = @1\n3 35 set u o->own = 1\n4 36 set p o->pages = page\n"
			"5 37 return\n",
		    "5>25 link");
}

/* The flag has that value before the page is made. */
static void test_own_is_said_before(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db);
	assert_kind(db, "0 30 entry v both(o)\n1 31 set u o->own = 1\n"
			"2 33.1 call p alloc_page(0) u\n3 33 set p page = @2\n"
			"4 36 set p o->pages = page\n5 37 return\n",
		    "5>25 link");
}

/* if (some) o->own = true; */
static void test_own_on_one_path(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db);
	assert_kind(db, "0 30 entry v both(o, some)\n1 31 set u o->own = 0\n"
			"2 33.1 call p alloc_page(0) u\n3 33 set p page = @2\n"
			"4 34 test u some != 0 else 6\n5 35 set u o->own = 1\n"
			"6 36 set p o->pages = page\n7 37 return\n",
		    "5>25 mixed");
}

/* Another function takes the flag back. */
static void test_own_is_taken_back(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	facts(db);
	set_graph(db, 5, "0 50 entry v shared(o)\n1 51 set u o->own = 0\n2 52 return\n");
	assert_kind(db, "0 30 entry v both(o)\n1 33.1 call p alloc_page(0) u\n"
			"2 33 set p page = @1\n3 35 set u o->own = 1\n4 36 set p o->pages = page\n"
			"5 37 return\n",
		    "5>25 mixed");
}

#define DROP_FREELY \
	"0 20 entry v drop(o)\n1 22 set p page = o->pages\n2 25.1 call v put_page(page) p\n" \
	"3 26 return\n"

/* The same facts, but drop() is called back: for the requests of shared(), and of who else. */
static void callback_facts(struct db *db)
{
	set_era(db, "put_user_page");
	run_sql(db, "INSERT INTO place VALUES (1, 'local', 'take.pages', 'drivers/a.c', ''),"
		    " (2, 'field', 'object.pages', 'drivers/a.h', ''),"
		    " (3, 'local', 'drop.page', 'drivers/a.c', ''),"
		    " (4, 'return', 'alloc_page()', '', ''),"
		    " (5, 'local', 'both.page', 'drivers/a.c', 'struct page *'),"
		    " (6, 'param', 'shared(#1)', 'drivers/a.c', 'struct page *');"
		    "INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, "
		    "guard, config, macro, place_id, flags) VALUES"
		    " (1, 1, 1, 5, 1, 'get_user_pages_fast', 'acquire', 'resolved', '', '', '', 1, ''),"
		    " (2, 1, 2, 25, 1, 'put_page', 'release', 'resolved', '', '', '', 3, '');"
		    "INSERT INTO flow VALUES (1, 6, 1, 'pass', 1, 10), (2, 2, 6, 'assign', 1, 52),"
		    " (3, 3, 2, 'assign', 1, 22), (4, 5, 4, 'assign', 1, 33),"
		    " (5, 2, 5, 'assign', 1, 36)");
	set_graph(db, 2, DROP_FREELY);
}

#define SHARED \
	"0 50 entry v shared(o, page)\n1 52 set p o->pages = page\n" \
	"2 53.1 call v call_back(o, drop) pp\n3 54 return\n"

/* shared() puts its pages into the object that it has drop() called back for. */
static void test_installed_for_pages(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	callback_facts(db);
	set_graph(db, 5, SHARED);
	assert_kind(db, "0 30 entry v both(o)\n1 33.1 call p alloc_page(0) u\n2 33 set p page = @1\n"
			"3 36 set p o->pages = page\n4 37 return\n",
		    "5>25 link");
}

/* both() has it called back, too. */
static void test_installed_for_both(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	callback_facts(db);
	set_graph(db, 5, SHARED);
	assert_kind(db, "0 30 entry v both(o)\n1 33.1 call p alloc_page(0) u\n2 33 set p page = @1\n"
			"3 36 set p o->pages = page\n4 37.1 call v call_back(o, drop) pp\n"
			"5 38 return\n",
		    "5>25 mixed");
}

/* A function that has no pages in hand installs it: for any object. */
static void test_installed_elsewhere(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	callback_facts(db);
	set_graph(db, 5, SHARED);
	set_graph(db, 1, "0 1 entry v take(o)\n1 10.1 call v shared(o, pages) pp\n2 11 return\n");
	run_sql(db, "INSERT INTO function VALUES (6, 1, 'start', 60, 69, 1)");
	set_graph(db, 6, "0 60 entry v start(o)\n1 61 set p o->done = drop\n2 62 return\n");
	assert_kind(db, "0 30 entry v both(o)\n1 33.1 call p alloc_page(0) u\n2 33 set p page = @1\n"
			"3 36 set p o->pages = page\n4 37 return\n",
		    "5>25 mixed");
}

/* if (!o->buffer) put_page(o->pages): those of both() come with a buffer, if store is made of one. */
static void assert_by_pointer(struct db *db, const char *store, const char *drop, const char *links)
{
	g_autofree char *both = g_strdup_printf(
		"0 30 entry v both(o, buffer)\n1 31 set u buffer->len = 0\n"
		"2 33.1 call p alloc_page(0) u\n3 33 set p page = @2\n4 35 set p o->buffer = %s\n"
		"5 36 set p o->pages = page\n6 37 return\n", store);
	g_autofree char *graph = g_strdup_printf(
		"0 20 entry v drop(o)\n1 21 test p o->buffer != 0 else 3\n"
		"2 22 set p o->buffer = 0 -> 4\n3 25.1 call v put_page(o->pages) p\n"
		"4 26 set p %s = 0\n5 27 return\n", drop);

	set_era(db, "put_user_page");
	object_facts(db, "get_user_pages_fast", "put_page");
	run_sql(db, "UPDATE call SET place_id = 2 WHERE id = 2;"
		    "INSERT INTO place VALUES (4, 'return', 'alloc_page()', '', ''),"
		    " (5, 'local', 'both.page', 'drivers/a.c', 'struct page *');"
		    "INSERT INTO flow VALUES (3, 5, 4, 'assign', 1, 33), (4, 2, 5, 'assign', 1, 36)");
	set_graph(db, 2, graph);
	assert_kind(db, both, links);
}

static void test_pointer_tells(void **state)
{
	assert_by_pointer(((struct fixture *)*state)->db, "buffer", "o->pages", "5>25 link");
}

/* It may be NULL. */
static void test_pointer_of_nothing(void **state)
{
	assert_by_pointer(((struct fixture *)*state)->db, "o->next", "o->pages", "5>25 mixed");
}

/* The pointer is cleared, the page stays for the next call. */
static void test_pointer_goes_first(void **state)
{
	assert_by_pointer(((struct fixture *)*state)->db, "buffer", "o->other", "5>25 mixed");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LINK_TEST(test_pointer_tells), LINK_TEST(test_pointer_of_nothing),
		LINK_TEST(test_pointer_goes_first),
		LINK_TEST(test_own_is_kept), LINK_TEST(test_own_is_said_before),
		LINK_TEST(test_own_on_one_path), LINK_TEST(test_own_is_taken_back),
		LINK_TEST(test_installed_for_pages), LINK_TEST(test_installed_for_both),
		LINK_TEST(test_installed_elsewhere),
	};

	return cmocka_run_group_tests_name("flag", tests, NULL, NULL);
}
