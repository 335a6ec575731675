// SPDX-License-Identifier: GPL-2.0-only
/* Uses of the pages of an acquire, from facts and graphs that are written here. */
#include "link_fixture.h"

#define CALLS \
	"INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, " \
	"config, macro, place_id, flags) VALUES "
#define CASES "SELECT state || ' ' || coalesce(use_case, '-') || ' ' || reason_text(reason, args)" \
	" FROM decision WHERE call_id = 1"

/* take() acquires one page at 5 and releases it at 15. */
static void page_facts(struct db *db, const char *acquire, const char *release, const char *flags)
{
	g_autofree char *sql = g_strdup_printf(
		"INSERT INTO place VALUES (1, 'local', 'take.page', 'drivers/a.c', 'struct page *'),"
		" (2, 'field', 'object.page', 'drivers/a.h', 'struct page *'),"
		" (3, 'param', 'far_away(#0)', '', 'struct page *');"
		CALLS "(1, 1, 1, 5, 1, '%s', 'acquire', 'resolved', '', '', '', 1, '%s'),"
		" (2, 1, 1, 15, 1, '%s', 'release', 'resolved', '', '', '', 1, '');"
		"INSERT INTO call_arg VALUES (1, 2, 'gup_flags', 'flags', '%s', '');"
		"INSERT INTO prototype VALUES ('pin_user_pages_fast', '', 'tree'),"
		" ('unpin_user_page', '', 'tree')", acquire, flags, release, flags);

	set_era(db, "pin_user_pages");
	run_sql(db, sql);
}

static void use_at(struct db *db, int id, int line, const char *callee, const char *role,
		   const char *status, const char *place)
{
	g_autofree char *sql = g_strdup_printf(
		CALLS "(%d, 1, 1, %d, 1, '%s', '%s', '%s', '', '', '', %s, '')", id, line, callee,
		role, status, place);

	run_sql(db, sql);
}

static void kmap_facts(struct db *db)
{
	page_facts(db, "get_user_pages_fast", "put_page", "flags");
	use_at(db, 3, 7, "kmap", "use", "resolved", "1");
}

/* unsigned int flags = 0; if (write) flags |= FOLL_WRITE; */
static void test_flags_by_or(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	kmap_facts(db);
	set_graph(db, 1, "0 1 entry s take(write, page)\n1 2 set u flags = 0\n"
			 "2 3 test u write != 0 else 4\n3 4 set u flags ?= 1\n4 5 join\n"
			 "5 5.1 call s get_user_pages_fast(1, 1, flags, &page) usup\n"
			 "6 15.1 call v put_page(page) p\n7 16 return @5\n");
	link_now(db);
	assert_sql(db, CASES, "unconverted 5 CASE 5: the data is written through kmap() at drivers/a.c:7, "
			      "as flags may have FOLL_WRITE (drivers/a.c:4)");
}

/* flags = write ? FOLL_FORCE : 0: neither of them writes. */
static void test_flags_never_write(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	kmap_facts(db);
	set_graph(db, 1, "0 1 entry s take(write, page)\n1 2 test u write != 0 else 3\n"
			 "2 2 set u ?0 = 16 -> 4\n3 2 set u ?0 = 0\n4 2 set u flags = (?0 | 32)\n"
			 "5 5.1 call s get_user_pages_fast(1, 1, flags, &page) usup\n"
			 "6 15.1 call v put_page(page) p\n7 16 return @5\n");
	link_now(db);
	assert_sql(db, CASES, "keep - no case needs a pin: without FOLL_WRITE, the data is only read "
			      "through kmap() at drivers/a.c:7");
}

/* A parameter is what the direct callers give, all of which are seen. */
static void test_flags_of_callers(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	kmap_facts(db);
	set_graph(db, 1, "0 1 entry s take(flags, page)\n"
			 "1 5.1 call s get_user_pages_fast(1, 1, flags, &page) usup\n"
			 "2 15.1 call v put_page(page) p\n3 16 return @1\n");
	set_graph(db, 3, "0 30 entry s both()\n1 35.1 call s take(16, page) up\n2 36 return 0\n");
	run_sql(db, "INSERT INTO invoke VALUES (1, 1, 35, 'take', 'drivers/a.c')");
	link_now(db);
	assert_sql(db, "SELECT state FROM decision WHERE call_id = 1", "keep");
	run_sql(db, "UPDATE cfg SET graph = replace(graph, 'take(16', 'take(17') WHERE id = 3");
	link_now(db);
	assert_sql(db, CASES, "unconverted 5 CASE 5: the data is written through kmap() at drivers/a.c:7, "
			      "as flags may have FOLL_WRITE (drivers/a.c:35)");
	run_sql(db, "UPDATE cfg SET graph = replace(graph, 'take(17', 'take(16') WHERE id = 3;"
		    "UPDATE function SET is_static = 0 WHERE id = 1");
	link_now(db);
	assert_sql(db, "SELECT state FROM decision WHERE call_id = 1", "unconverted");
}

/* The writer is out of sight, but there is one; without an open end it is struct page alone. */
static void test_dirtied(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	page_facts(db, "get_user_pages_fast", "put_page", "FOLL_WRITE");
	use_at(db, 3, 9, "set_page_dirty_lock", "dirty", "resolved", "1");
	link_now(db);
	assert_sql(db, "SELECT use_case FROM decision WHERE call_id = 1", "4");
	run_sql(db, "INSERT INTO flow VALUES (1, 3, 1, 'pass', 1, 10)");
	link_now(db);
	assert_sql(db, CASES, "unconverted 5 CASE 5: the data is written, as set_page_dirty_lock() at "
			      "drivers/a.c:9 shows");
}

/* That no use is seen proves nothing; that functions of struct page are, does. */
static void test_state_needs_evidence(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	page_facts(db, "get_user_pages_fast", "put_page", "FOLL_WRITE");
	link_now(db);
	assert_sql(db, CASES, "unknown - question: is the pages' data written in take() or its callers? "
			      "(drivers/a.c:5)");
	use_at(db, 3, 9, "lock_page", "use", "resolved", "1");
	link_now(db);
	assert_sql(db, "SELECT use_case FROM decision WHERE call_id = 1", "4");
	run_sql(db, "INSERT INTO flow VALUES (1, 3, 1, 'pass', 1, 10)");
	link_now(db);
	assert_sql(db, CASES, "unknown - question: does far_away() write the pages' data, or give them to a "
			      "device? (drivers/a.c:10)");
}

/* page_address() that only the lexer saw, as a macro, beside the pages. */
static void test_use_as_text(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	page_facts(db, "get_user_pages_fast", "put_page", "FOLL_WRITE");
	use_at(db, 3, 9, "lock_page", "use", "resolved", "1");
	use_at(db, 4, 10, "page_address", "use", "text-only", "NULL");
	link_now(db);
	assert_sql(db, "SELECT state || ' ' || use_case FROM decision WHERE call_id = 1", "unconverted 5");
}

/* In a struct on the stack, pages do not outlive the call. */
static void test_kept_by_lifetime(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	page_facts(db, "get_user_pages_fast", "put_page", "FOLL_WRITE");
	use_at(db, 3, 9, "dma_map_page", "use", "resolved", "1");
	run_sql(db, "INSERT INTO flow VALUES (1, 2, 1, 'assign', 1, 6);"
		    "UPDATE call SET place_id = 2, function_id = 2, line = 25 WHERE id = 2");
	set_graph(db, 1, "0 1 entry s take()\n1 5.1 call s get_user_pages_fast(1, 1, 1, &page) usup\n"
			 "2 6 set p object.page = page\n3 7.1 call v drop(&object) p\n4 8 return @1\n");
	link_now(db);
	assert_sql(db, "SELECT use_case FROM decision WHERE call_id = 1", "1");
	run_sql(db, "UPDATE cfg SET graph = replace(graph, 'object.page', 'object->page')");
	link_now(db);
	assert_sql(db, "SELECT use_case FROM decision WHERE call_id = 1", "2");
}

/* Pages of an iterator need another function, wherever they are released. */
static void test_iterator_without_release(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	page_facts(db, "iov_iter_get_pages2", "put_page", "");
	run_sql(db, "DELETE FROM call WHERE id = 2; INSERT INTO flow VALUES (1, 3, 1, 'pass', 1, 10)");
	link_now(db);
	assert_sql(db, "SELECT state FROM decision WHERE call_id = 1", "unknown");
	run_sql(db, "INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config,"
		    " macro, place_id, flags) VALUES (9, 1, 1, 13, 1, 'set_page_dirty', 'dirty', 'resolved', '',"
		    " '', '', 1, '')");
	link_now(db);
	assert_sql(db, "SELECT state FROM decision WHERE call_id = 1", "unconverted");
}

/* An acquire that needs no pin stays, whatever its release is. */
static void test_needless_without_release(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	page_facts(db, "get_user_pages_fast", "put_page", "FOLL_WRITE");
	run_sql(db, "DELETE FROM call WHERE id = 2");
	link_now(db);
	assert_sql(db, "SELECT state FROM decision WHERE call_id = 1", "unknown");
	use_at(db, 3, 9, "mmu_notifier_register", "notifier", "resolved", "NULL");
	link_now(db);
	assert_sql(db, "SELECT state || ' ' || use_case FROM decision WHERE call_id = 1", "keep 3");
}

/* get_page() on a pinned page: put_page() drops that reference, and is no mismatch. */
static void test_own_reference(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "pin_user_pages");
	object_facts(db, "pin_user_pages_fast", "put_page");
	run_sql(db, CALLS "(3, 1, 3, 40, 1, 'unpin_user_page', 'release', 'resolved', '', '', '', 1, '')");
	link_now(db);
	assert_sql(db, "SELECT state FROM decision WHERE call_id = 2", "mismatched");
	use_at(db, 4, 11, "get_page", "use", "resolved", "2");
	link_now(db);
	assert_sql(db, "SELECT kind || ' ' || reason FROM link WHERE release_id = 2", "decoy own-reference");
	assert_sql(db, "SELECT group_concat(state, ' ') FROM decision", "converted keep converted");
}

/* The page is kept as a number, and made of it again. */
static void test_by_number(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;
	static const char graph[] =
		"0 20 entry v drop(object)\n1 22 set p page = (::vmemmap + (object->phys >> 12))\n"
		"2 25.1 call v unpin_user_page(page) p\n3 26 return\n";

	set_era(db, "pin_user_pages");
	object_facts(db, "pin_user_pages_fast", "unpin_user_page");
	run_sql(db, "DELETE FROM flow");
	set_graph(db, 2, graph);
	link_now(db);
	assert_sql(db, KINDS, "5>25 link");
	assert_sql(db, "SELECT group_concat(state, ' ') FROM decision", "converted converted");
	/* Not where another page may come to the release. */
	run_sql(db, "UPDATE cfg SET graph = replace(graph, '(::vmemmap + (object->phys >> 12))', 'object->page')");
	link_now(db);
	assert_sql(db, "SELECT count(*) FROM link WHERE kind = 'link'", "0");
	run_sql(db, "UPDATE cfg SET graph = replace(graph, 'object->page', '(::vmemmap + object->pfn)');"
		    "UPDATE call SET callee = 'put_page' WHERE id = 2");
	/* Of the other family, where the file has nothing but pins. */
	link_now(db);
	assert_sql(db, "SELECT group_concat(state, ' ') FROM decision", "mismatched mismatched");
	run_sql(db, "INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config, macro, place_id, flags)"
		    " VALUES (9, 1, 3, 37, 1, 'alloc_page', 'source', 'resolved', '', '', '', NULL, '')");
	link_now(db);
	assert_sql(db, "SELECT count(*) FROM link WHERE kind = 'link'", "0");
	/* The acquire's function stores in the member that the number is of; the source's does not. */
	set_graph(db, 1, "0 1 entry s take(object)\n1 5.1 call s pin_user_pages_fast(@1) p\n"
			 "2 6 set u object->pfn = @1\n3 7 return 0\n");
	link_now(db);
	assert_sql(db, "SELECT count(*) FROM link WHERE kind = 'link'", "1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LINK_TEST(test_flags_by_or),
		LINK_TEST(test_flags_never_write),
		LINK_TEST(test_flags_of_callers),
		LINK_TEST(test_dirtied),
		LINK_TEST(test_state_needs_evidence),
		LINK_TEST(test_use_as_text),
		LINK_TEST(test_kept_by_lifetime),
		LINK_TEST(test_iterator_without_release),
		LINK_TEST(test_needless_without_release),
		LINK_TEST(test_own_reference),
		LINK_TEST(test_by_number),
	};

	return cmocka_run_group_tests_name("use case", tests, NULL, NULL);
}
