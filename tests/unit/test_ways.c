// SPDX-License-Identifier: GPL-2.0-only
/*
 * The ways that pages go: through pointers and iterators, in order, by wrappers;
 * and what docs/analysis.md says is not seen.
 */
#include "link_fixture.h"

#define A "'drivers/a.c'"
#define KIND_OF(line) "SELECT group_concat(kind, ' ') FROM link_site WHERE release_line = " #line

/* take() has pages of an acquire at 5; drop(page) releases its parameter at 25. */
static void taker_and_dropper(struct db *db, const char *era)
{
	set_era(db, era);
	run_sql(db, "INSERT INTO place VALUES (1, 'local', 'take.page', " A ", 'struct page *'),"
		    " (2, 'param', 'drop(#0)', " A ", 'struct page *');"
		    "INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config, macro, place_id, flags) VALUES"
		    " (1, 1, 1, 5, 1, 'get_user_pages_fast', 'acquire', 'resolved', '', '', '', 1, ''),"
		    " (2, 1, 2, 25, 1, 'put_page', 'release', 'resolved', '', '', '', 2, '');");
}

/* ops.put = drop at 60 in one file; ops->put(page) at 7. */
static void pointer_facts(struct db *db, const char *scope, int file)
{
	g_autofree char *sql = g_strdup_printf(
		"INSERT INTO place VALUES (3, 'other', '&drop', " A ", ''),"
		" (4, 'field', 'ops.put', '%s', 'void (*)(struct page *)'),"
		" (5, 'param', '*ops.put(#0)', '%s', '');"
		"INSERT INTO flow VALUES (1, 4, 3, 'pointer', 1, 60), (2, 5, 1, 'pass', %d, 7);",
		scope, scope, file);

	taker_and_dropper(db, "put_user_page");
	run_sql(db, sql);
	link_now(db);
}

static void test_pointer(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	pointer_facts(db, "drivers/a.h", 1);
	assert_sql(db, KINDS, "5>25 link");
	assert_sql(db, "SELECT group_concat(line, ' ') FROM link_step", "5 7 60 25");
}

/* A pointer of the whole kernel's is one for each directory that uses it. */
static void test_pointer_of_the_kernel(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	run_sql(db, "INSERT INTO file(id, path, arch, status) VALUES (3, 'fs/c.c', 'x86', 'parsed')");
	pointer_facts(db, "include/linux/ops.h", 3);
	assert_sql(db, KIND_OF(25), "unknown");
	assert_sql(db, "SELECT count(*) FROM link WHERE acquire_id IS NOT NULL", "0");
}

/* LIMIT: a pointer that nobody in sight fills is called, but by nobody known. */
static void test_pointer_out_of_sight(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	taker_and_dropper(db, "put_user_page");
	run_sql(db, "INSERT INTO place VALUES (5, 'param', '*ops.put(#0)', 'drivers/a.h', '');"
		    "INSERT INTO flow VALUES (2, 5, 1, 'pass', 1, 7);");
	link_now(db);
	assert_sql(db, KIND_OF(25), "unknown");
	assert_sql(db, "SELECT reason_text(reason, args) LIKE '%passed to ->put() (drivers/a.c:7)' FROM decision"
		       " WHERE call_id = 1", "1");
}

/* A reference that is exchanged for an ordinary one in between, at 7: 25 drops that one. */
static void exchange_facts(struct db *db, const char *release)
{
	g_autofree char *sql = g_strdup_printf("UPDATE call SET callee = '%s' WHERE id = 2;", release);

	taker_and_dropper(db, "put_user_page");
	run_sql(db, "INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config, macro, place_id, flags) VALUES (3, 1, 1, 7, 1, 'user_page_to_ref', 'release', 'resolved',"
		    " '', '', '', 1, '');"
		    "INSERT INTO flow VALUES (1, 2, 1, 'pass', 1, 9);");
	run_sql(db, sql);
	link_now(db);
}

static void test_exchanged(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	exchange_facts(db, "put_page");
	assert_sql(db, KIND_OF(25), "decoy");
	assert_sql(db, "SELECT group_concat(state, ' ') FROM decision", "converted keep converted");
}

static void test_exchanged_and_not_kept_to(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	exchange_facts(db, "put_user_page");
	assert_sql(db, "SELECT group_concat(state, ' ') FROM decision", "converted mismatched converted");
}

/*
 * The exchange is in one branch, the release at 8 in the
 * other: acquire, test, exchange or release.
 */
static void test_exchanged_in_another_branch(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	taker_and_dropper(db, "put_user_page");
	run_sql(db, "UPDATE call SET function_id = 1, line = 8, place_id = 1 WHERE id = 2;"
		    "INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config, macro, place_id, flags) VALUES (3, 1, 1, 7, 1, 'user_page_to_ref', 'release', 'resolved',"
		    " '', '', '', 1, '');");
	set_graph(db, 1, "0 4 entry v take()\n"
			 "1 5.1 call s get_user_pages_fast(a, 1, 0, &page)\n"
			 "2 6 test s a != 0 else 4\n"
			 "3 7.1 call v user_page_to_ref(page) -> 1\n"
			 "4 8.1 call v put_page(page)\n"
			 "5 9 return\n");
	link_now(db);
	assert_sql(db, KIND_OF(8), "link");
}

static void iterator_facts(struct db *db, const char *maker, const char *other)
{
	g_autofree char *sql = g_strdup_printf(
		"INSERT INTO place VALUES (1, 'local', 'shared.pages', " A ", 'struct page *[4]'),"
		" (2, 'param', 'shared(#0)', " A ", 'struct iov_iter *'),"
		" (3, 'local', 'take.iter', " A ", 'struct iov_iter'),"
		" (4, 'local', 'both.iter', " A ", 'struct iov_iter');"
		"INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config, macro, place_id, flags) VALUES"
		" (1, 1, 1, 4, 1, '%s', 'use', 'resolved', '', '', '', 3, ''),"
		" (2, 1, 3, 31, 1, '%s', 'use', 'resolved', '', '', '', 4, ''),"
		" (3, 1, 5, 51, 1, 'iov_iter_get_pages', 'acquire', 'resolved', '', '', '', 1, ''),"
		" (4, 1, 5, 55, 1, 'put_page', 'release', 'resolved', '', '', '', 1, '');"
		"INSERT INTO flow VALUES (1, 2, 3, 'alias', 1, 6), (2, 2, 4, 'alias', 1, 33),"
		" (3, 1, 2, 'iter', 1, 51);", maker, other);

	set_era(db, "put_user_page");
	run_sql(db, sql);
	link_now(db);
}

static void test_iterator_of_user_memory(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	iterator_facts(db, "import_iovec", "iov_iter_init");
	assert_sql(db, KIND_OF(55), "link");
}

static void test_iterator_of_both(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	iterator_facts(db, "import_iovec", "iov_iter_bvec");
	assert_sql(db, KIND_OF(55), "mixed");
	assert_sql(db, "SELECT reason_text(reason, args) LIKE '%iov_iter_bvec() at drivers/a.c:31' FROM link", "1");
}

static void test_iterator_of_the_kernel(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	iterator_facts(db, "iov_iter_folio_queue", "iov_iter_pipe");
	assert_sql(db, KIND_OF(55), "decoy");
	assert_sql(db, STATES, "51 keep keep, 55 keep keep");
}

/* LIMIT: an iterator that callers out of sight make may be over anything. */
static void test_iterator_out_of_sight(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	run_sql(db, "UPDATE function SET is_static = 0 WHERE name = 'shared';");
	iterator_facts(db, "import_iovec", "iov_iter_init");
	run_sql(db, "UPDATE place SET scope = '' WHERE id = 2");
	link_now(db);
	assert_sql(db, KIND_OF(55), "mixed");
}

/* take() is behind a test of its iterator, which nothing in sight makes; shared() is public. */
static void tested_facts(struct db *db, const char *graph)
{
	run_sql(db, "UPDATE function SET is_static = 0 WHERE name IN ('shared', 'take');"
		    "INSERT INTO place VALUES (1, 'local', 'shared.pages', " A ", 'struct page *[4]'),"
		    " (2, 'param', 'shared(#0)', '', 'struct iov_iter *'),"
		    " (3, 'param', 'take(#0)', '', 'struct iov_iter *');"
		    "INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config, macro, place_id, flags) VALUES"
		    " (1, 1, 1, 4, 1, 'iter_is_iovec', 'use', 'resolved', '', '', '', 3, ''),"
		    " (3, 1, 5, 51, 1, 'iov_iter_get_pages', 'acquire', 'resolved', '', '', '', 1, ''),"
		    " (4, 1, 5, 55, 1, 'put_page', 'release', 'resolved', '', '', '', 1, '');"
		    "INSERT INTO flow VALUES (1, 2, 3, 'alias', 1, 6), (3, 1, 2, 'iter', 1, 51);");
	set_era(db, "put_user_page");
	set_graph(db, 1, graph);
	link_now(db);
}

static void test_iterator_is_tested(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	tested_facts(db, "0 1 entry s take(iter)\n1 4.1 call u iter_is_iovec(iter) p\n"
			 "2 4 test u @1 != 0 else 4\n3 6.1 call v shared(iter) p\n4 7 return 0\n");
	assert_sql(db, KIND_OF(55), "link");
}

static void test_iterator_is_tested_for_something_else(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	tested_facts(db, "0 1 entry s take(iter)\n1 4.1 call u iter_is_iovec(iter) p\n"
			 "2 4 test u @1 != 0 else 4\n3 5 set u dirty = 1\n4 6.1 call v shared(iter) p\n"
			 "5 7 return 0\n");
	assert_sql(db, KIND_OF(55), "mixed");
}

/* both() has an array of take() or of elsewhere(), and drop() stores what it has read: *p = *p. */
static void test_put_back(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	run_sql(db, "INSERT INTO place VALUES (1, 'local', 'take.pages', " A ", 'struct page **'),"
		    " (2, 'return', 'take()', " A ", 'struct page **'),"
		    " (3, 'return', 'elsewhere()', '', 'struct page **'),"
		    " (4, 'local', 'both.pages', " A ", 'struct page **'),"
		    " (5, 'param', 'drop(#0)', " A ", 'struct page ***'),"
		    " (6, 'local', 'drop.old', " A ", 'struct page **');"
		    "INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config, macro, place_id, flags) VALUES"
		    " (1, 1, 1, 5, 1, 'get_user_pages', 'acquire', 'resolved', '', '', '', 1, ''),"
		    " (2, 1, 1, 8, 1, 'put_page', 'release', 'resolved', '', '', '', 1, '');"
		    "INSERT INTO flow VALUES (1, 2, 1, 'alias', 1, 9), (2, 4, 2, 'alias', 1, 31),"
		    " (3, 4, 3, 'alias', 1, 32), (4, 5, 4, 'alias', 1, 33), (5, 6, 5, 'alias', 1, 22),"
		    " (6, 5, 6, 'alias', 1, 24), (7, 5, 6, 'carry', 1, 24);");
	set_era(db, "put_user_page");
	link_now(db);
	assert_sql(db, KIND_OF(8), "link");
}

/* drop(): if (own) __free_page(page); else put_page(page); */
static void alloc_facts(struct db *db)
{
	taker_and_dropper(db, "put_user_page");
	run_sql(db, "INSERT INTO place VALUES (3, 'return', 'alloc_pages()', '', 'struct page *'),"
		    " (4, 'local', 'both.page', " A ", 'struct page *');"
		    "INSERT INTO flow VALUES (1, 2, 1, 'pass', 1, 7), (2, 4, 3, 'assign', 1, 31),"
		    " (3, 2, 4, 'pass', 1, 33);");
}

static void test_freed_beside(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	alloc_facts(db);
	run_sql(db, "INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config, macro, place_id, flags) VALUES"
		    " (3, 1, 2, 27, 1, '__free_page', 'use', 'resolved', '', '', '', 2, '')");
	link_now(db);
	assert_sql(db, KINDS, "5>25 link");
}

/* LIMIT: any other condition that tells own pages from got ones is not understood. */
static void test_condition(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	alloc_facts(db);
	link_now(db);
	assert_sql(db, KINDS, "5>25 mixed");
	assert_sql(db, STATES, "5 mixed , 25 mixed ");
}

/* alloc_pages() that is a macro around alloc_pages_noprof() */
static void test_noprof(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	alloc_facts(db);
	run_sql(db, "UPDATE place SET name = 'alloc_pages_noprof()' WHERE id = 3");
	link_now(db);
	assert_sql(db, KINDS, "5>25 mixed");
}

static void test_zero_page(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	taker_and_dropper(db, "put_user_page");
	run_sql(db, "INSERT INTO place VALUES (3, 'global', 'empty_zero_page', '', 'unsigned long[]'),"
		    " (4, 'local', 'both.page', " A ", 'struct page *');"
		    "INSERT INTO flow VALUES (1, 2, 1, 'pass', 1, 7), (2, 4, 3, 'init', 1, 31),"
		    " (3, 2, 4, 'pass', 1, 33);");
	link_now(db);
	assert_sql(db, KINDS, "5>25 mixed");
	assert_sql(db, "SELECT reason_text(reason, args) LIKE '%get_user_pages_fast() at drivers/a.c:5%ZERO_PAGE() at drivers/a.c:31'"
		       " FROM link", "1");
}

/* page = alloc_pages(); put_page(page); get_user_pages_fast(&page); put_page(page); */
static void order_facts(struct db *db)
{
	set_era(db, "put_user_page");
	run_sql(db, "INSERT INTO place VALUES (1, 'local', 'both.page', " A ", 'struct page *'),"
		    " (2, 'return', 'alloc_pages()', '', 'struct page *');"
		    "INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config, macro, place_id, flags) VALUES"
		    " (1, 1, 3, 33, 1, 'put_page', 'release', 'resolved', '', '', '', 1, ''),"
		    " (2, 1, 3, 35, 1, 'get_user_pages_fast', 'acquire', 'resolved', '', '', '', 1, ''),"
		    " (3, 1, 3, 37, 1, 'put_page', 'release', 'resolved', '', '', '', 1, '');"
		    "INSERT INTO flow VALUES (1, 1, 2, 'assign', 1, 31);");
}

static void test_order(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	order_facts(db);
	set_graph(db, 3, "0 30 entry v both()\n"
			 "1 31 set p page = ?\n"
			 "2 33.1 call v put_page(page) p\n"
			 "3 34 set p page = 0\n"
			 "4 35.1 call s get_user_pages_fast(a, 1, 0, &page)\n"
			 "5 37.1 call v put_page(page) p\n"
			 "6 38 return\n");
	link_now(db);
	assert_sql(db, KIND_OF(33), "decoy");
	assert_sql(db, KIND_OF(37), "link");
}

/* Both ways come together above the release: then it is mixed. */
static void test_order_of_branches(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	order_facts(db);
	set_graph(db, 3, "0 29 entry v both()\n"
			 "1 30 test s a != 0 else 3\n"
			 "2 31 set p page = ? -> 4\n"
			 "3 35.1 call s get_user_pages_fast(a, 1, 0, &page)\n"
			 "4 37.1 call v put_page(page) p\n"
			 "5 38 return\n");
	link_now(db);
	assert_sql(db, KIND_OF(37), "mixed");
}

/* LIMIT: without the paths (an array, a field) what comes first is not known. */
static void test_order_unknown(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	order_facts(db);
	run_sql(db, "UPDATE place SET type = 'struct page *[4]' WHERE id = 1");
	link_now(db);
	assert_sql(db, KIND_OF(33), "mixed");
	assert_sql(db, KIND_OF(37), "mixed");
}

/* One release of a page is not understood: the other one does not change alone. */
static void test_no_half(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	taker_and_dropper(db, "put_user_page");
	run_sql(db, "INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config, macro, place_id, flags) VALUES"
		    " (3, 1, 1, 9, 1, 'put_page', 'release', 'resolved', '', '', '', 1, '');"
		    "INSERT INTO place VALUES (3, 'return', 'pod_page()', 'arch/x86/include/asm/p.h', ''),"
		    " (4, 'local', 'both.page', " A ", 'struct page *');"
		    "INSERT INTO flow VALUES (1, 2, 1, 'pass', 1, 7), (2, 4, 3, 'assign', 1, 31),"
		    " (3, 2, 4, 'pass', 1, 33);");
	link_now(db);
	assert_sql(db, KINDS, "5>25 unknown, 5>9 link");
	assert_sql(db, STATES, "5 unknown , 25 unknown , 9 unknown ");
	assert_sql(db, "SELECT reason_text(reason, args) LIKE 'kept back by put_page() at drivers/a.c:25%' FROM decision"
		       " WHERE call_id = 3", "1");
}

/* A pipe_buffer of this file holds user pages; drop() is given anybody's. */
static void test_strangers(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "put_user_page");
	run_sql(db, "INSERT INTO place VALUES (1, 'local', 'take.page', " A ", 'struct page *'),"
		    " (2, 'field', 'pipe_buffer.page', 'include/linux/pipe_fs_i.h', 'struct page *');"
		    "INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config, macro, place_id, flags) VALUES"
		    " (1, 1, 1, 5, 1, 'get_user_pages', 'acquire', 'resolved', '', '', '', 1, ''),"
		    " (2, 1, 2, 25, 1, 'put_page', 'release', 'resolved', '', '', '', 2, '');"
		    "INSERT INTO flow VALUES (1, 2, 1, 'assign', 1, 7);"
		    "INSERT INTO signature VALUES (2, '=-,pipe_buffer');");
	link_now(db);
	assert_sql(db, KIND_OF(25), "unknown");
	run_sql(db, "INSERT INTO invoke VALUES (1, 1, 35, 'drop', " A ")");
	link_now(db);
	assert_sql(db, KIND_OF(25), "link");
}

/* both() fills the field again above its release: take()'s pages are not those. */
static void test_filled_again(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "put_user_page");
	run_sql(db, "INSERT INTO place VALUES (1, 'field', 'object.pages', 'drivers/a.h', 'struct page **');"
		    "INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config, macro, place_id, flags) VALUES"
		    " (1, 1, 1, 5, 1, 'get_user_pages', 'acquire', 'resolved', '', '', '', 1, ''),"
		    " (2, 1, 2, 25, 1, 'put_page', 'release', 'resolved', '', '', '', 1, ''),"
		    " (3, 1, 3, 33, 1, 'get_user_pages', 'acquire', 'resolved', '', '', '', 1, ''),"
		    " (4, 1, 3, 37, 1, 'put_page', 'release', 'resolved', '', '', '', 1, '');");
	link_now(db);
	assert_sql(db, KINDS, "5>25 link, 33>25 link, 33>37 link");
	/* LIMIT: of two acquires in one function, each is linked to every release there. */
	run_sql(db, "INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config, macro, place_id, flags) VALUES"
		    " (5, 1, 3, 35, 1, 'get_user_pages', 'acquire', 'resolved', '', '', '', 1, '')");
	link_now(db);
	assert_sql(db, "SELECT group_concat(acquire_line, ' ') FROM link_site WHERE release_line = 37",
		   "33 35");
}

/* *pfn = page_to_pfn(page): the caller's number is filled, whoever has called. */
static void test_number_is_filled(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "put_user_page");
	run_sql(db, "UPDATE function SET is_static = 0 WHERE name = 'both';"
		    "INSERT INTO place VALUES (1, 'local', 'take.page', " A ", 'struct page *'),"
		    " (2, 'param', 'take(#0)', " A ", 'unsigned long *'),"
		    " (3, 'param', 'both(#0)', '', 'unsigned long *'),"
		    " (4, 'local', 'both.page', " A ", 'struct page *');"
		    "INSERT INTO call(id, file_id, function_id, line, column, callee, role, status, guard, config, macro, place_id, flags) VALUES"
		    " (1, 1, 1, 5, 1, 'get_user_pages', 'acquire', 'resolved', '', '', '', 1, ''),"
		    " (2, 1, 3, 39, 1, 'put_page', 'release', 'resolved', '', '', '', 4, '');"
		    "INSERT INTO flow VALUES (1, 2, 1, 'assign', 1, 7), (2, 2, 3, 'alias', 1, 33),"
		    " (3, 4, 3, 'assign', 1, 37);");
	link_now(db);
	assert_sql(db, KINDS, "5>39 link");
}

#define WRAPPERS "SELECT group_concat(function || ' ' || role || ' ' || round || ' ' || carrier," \
		 " ', ') FROM wrapper_function"

/* take() stores into an object that its signature names; drop() is given it. */
static void test_wrappers_by_object(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "put_user_page");
	object_facts(db, "get_user_pages_fast", "put_page");
	run_sql(db, "INSERT INTO signature VALUES (1, '=object,-'), (2, '=-,object'),"
		    " (3, '=-,device,object'), (4, '=-,device');"
		    "INSERT INTO invoke VALUES (1, 1, 35, 'take', " A "), (2, 1, 45, 'drop', " A "),"
		    " (3, 2, 7, 'both', " A ");");
	link_now(db);
	assert_sql(db, WRAPPERS, "take acquire 1 struct object, drop release 1 struct object,"
				 " both acquire 2 struct object");
	assert_sql(db, "SELECT through FROM wrapper_function WHERE function = 'both'", "take");
	assert_sql(db, "SELECT group_concat(line || ' ' || function || ' ' || callee || ' ' || role || ' '"
		       " || status || ' ' || state, ', ') FROM wrapper_site",
		   "35 both take acquire wrapper keep, 45 both drop release wrapper keep,"
		   " 7 far both acquire wrapper keep");
	/* Rows of wrappers are beside the sites: nothing else counts them. */
	assert_sql(db, "SELECT count(*) FROM site", "2");
}

/* Pages that are returned, an array that is filled, a parameter that is released. */
static void test_wrappers_by_pages(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "put_user_page");
	taker_and_dropper(db, "put_user_page");
	run_sql(db, "INSERT INTO place VALUES (3, 'return', 'take()', " A ", 'struct page *'),"
		    " (4, 'local', 'both.page', " A ", 'struct page *'),"
		    " (5, 'return', 'both()', " A ", 'struct page *');"
		    "INSERT INTO flow VALUES (1, 3, 1, 'return', 1, 9), (2, 4, 3, 'assign', 1, 33),"
		    " (3, 5, 4, 'return', 1, 35), (4, 2, 4, 'pass', 1, 34);");
	link_now(db);
	assert_sql(db, WRAPPERS, "take acquire 1 result, drop release 1 parameter 1,"
				 " both acquire 2 result");
}

/* LIMIT: pages two objects below the one that is handed out are not seen as handed out. */
static void test_wrapper_of_inner_object(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	set_era(db, "put_user_page");
	object_facts(db, "get_user_pages_fast", "put_page");
	run_sql(db, "INSERT INTO signature VALUES (1, '=outer,-'), (2, '=-,object')");
	link_now(db);
	assert_sql(db, WRAPPERS, "drop release 1 struct object");
}

/* LIMIT: an address that a function of another file gives back is not followed to its page. */
static void test_address_across_files(void **state)
{
	struct db *db = ((struct fixture *)*state)->db;

	taker_and_dropper(db, "put_user_page");
	run_sql(db, "INSERT INTO place VALUES (3, 'global', 'vmemmap', '', ''),"
		    " (4, 'local', 'drop.page', " A ", 'struct page *');"
		    "UPDATE call SET place_id = 4 WHERE id = 2;"
		    "INSERT INTO flow VALUES (1, 4, 3, 'assign', 1, 22);");
	link_now(db);
	assert_sql(db, KIND_OF(25), "unknown");
	assert_sql(db, "SELECT state FROM decision WHERE call_id = 1", "unknown");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LINK_TEST(test_pointer),
		LINK_TEST(test_pointer_of_the_kernel),
		LINK_TEST(test_pointer_out_of_sight),
		LINK_TEST(test_exchanged),
		LINK_TEST(test_exchanged_and_not_kept_to),
		LINK_TEST(test_exchanged_in_another_branch),
		LINK_TEST(test_iterator_of_user_memory),
		LINK_TEST(test_iterator_of_both),
		LINK_TEST(test_iterator_of_the_kernel),
		LINK_TEST(test_iterator_out_of_sight),
		LINK_TEST(test_iterator_is_tested),
		LINK_TEST(test_iterator_is_tested_for_something_else),
		LINK_TEST(test_put_back),
		LINK_TEST(test_freed_beside),
		LINK_TEST(test_condition),
		LINK_TEST(test_noprof),
		LINK_TEST(test_zero_page),
		LINK_TEST(test_order),
		LINK_TEST(test_order_of_branches),
		LINK_TEST(test_order_unknown),
		LINK_TEST(test_no_half),
		LINK_TEST(test_strangers),
		LINK_TEST(test_filled_again),
		LINK_TEST(test_number_is_filled),
		LINK_TEST(test_wrappers_by_object),
		LINK_TEST(test_wrappers_by_pages),
		LINK_TEST(test_wrapper_of_inner_object),
		LINK_TEST(test_address_across_files),
	};

	return cmocka_run_group_tests_name("ways", tests, NULL, NULL);
}
