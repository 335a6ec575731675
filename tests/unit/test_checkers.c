// SPDX-License-Identifier: GPL-2.0-only
/*
 * Each checker on functions whose graphs are written here: the
 * fault, and the code beside it that is right.
 */
#include "checker_fixture.h"

/* A short pin: the pages that did come are lost. */
static void leak_on_an_error_path(void **state)
{
	add_function(*state,
		"0 1 entry s take(start)\n"
		"1 2 set a pages decl\n"
		"2 3 call s get_user_pages(start, 4, 0, pages) uuua\n"
		"3 3 set s got = @2\n"
		"4 4 test s got == 4 -> 6 else 5\n"
		"5 5 return -14\n"
		"6 6 call v put_user_pages(pages, 4) pu\n"
		"7 7 return 0\n");
	assert_found(*state, &check_unreleased, "unreleased:5");
	assert_string_equal(message(*state),
			    "pages of get_user_pages() at line 3 are not released on a path to line 5,"
			    " where the function returns");
}

/* The same, with what came given back: nothing is wrong. */
static void error_path_that_releases(void **state)
{
	add_function(*state,
		"0 1 entry s take(start)\n"
		"1 2 set a pages decl\n"
		"2 3 call s get_user_pages(start, 4, 0, pages) uuua\n"
		"3 3 set s got = @2\n"
		"4 4 test s got == 4 -> 8 else 5\n"
		"5 5 test s got > 0 else 7\n"
		"6 5 call v put_user_pages(pages, got) pu\n"
		"7 6 return -14\n"
		"8 7 call v put_user_pages(pages, 4) pu\n"
		"9 8 return 0\n");
	assert_found(*state, NULL, "");
}

/* The only copy of the pages goes with the array. */
static void freed_array(void **state)
{
	add_function(*state,
		"0 1 entry s take(start, n)\n"
		"1 2 call p kcalloc(n, 8, 0) uuu\n"
		"2 2 set p pages = @1\n"
		"3 3 call s get_user_pages(start, n, 0, pages) uuup\n"
		"4 3 set s got = @3\n"
		"5 4 call v kfree(pages) p\n"
		"6 5 return got\n");
	assert_found(*state, &check_unreleased, "unreleased:4");
}

/* Pages that are kept in the caller's object are the caller's to release. */
static void kept_for_the_caller(void **state)
{
	add_function(*state,
		"0 1 entry s take(object, start)\n"
		"1 2 call s get_user_pages(start, 1, 0, object->pages) uuup\n"
		"2 3 return @1\n");
	assert_found(*state, NULL, "");
}

/* Both the error branch and the common end release. */
static void double_release(void **state)
{
	add_function(*state,
		"0 1 entry s use(start)\n"
		"1 2 set p page decl\n"
		"2 3 call s get_user_pages(start, 1, 0, &page) uuup\n"
		"3 3 set s got = @2\n"
		"4 3 test s got == 1 -> 6 else 5\n"
		"5 4 return -14\n"
		"6 5 call s copy(start) u\n"
		"7 5 set s error = @6\n"
		"8 5 test s error != 0 else 10\n"
		"9 6 call v put_page(page) p\n"
		"10 7 join\n"
		"11 8 call v put_page(page) p\n"
		"12 9 return error\n");
	assert_found(*state, NULL, "double:8");
}

/* get_page() in between: there are two references. */
static void second_reference(void **state)
{
	add_function(*state,
		"0 1 entry s use(start)\n"
		"1 2 set p page decl\n"
		"2 3 call s get_user_pages(start, 1, 0, &page) uuup\n"
		"3 3 set s got = @2\n"
		"4 3 test s got == 1 -> 6 else 5\n"
		"5 4 return -14\n"
		"6 5 call v get_page(page) p\n"
		"7 6 call v put_page(page) p\n"
		"8 7 call v put_page(page) p\n"
		"9 8 return 0\n");
	assert_found(*state, NULL, "");
}

/* Released over all that were requested, after fewer came. */
static const char *const short_count =
	"0 1 entry s take(start, n)\n"
	"1 2 call p %s(n, 8, 0) uuu\n"
	"2 2 set p pages = @1\n"
	"3 3 call s get_user_pages(start, n, 0, pages) uuup\n"
	"4 3 set s got = @3\n"
	"5 4 test s got <= 0 -> 11 else 6\n"
	"6 5 set s i = 0\n"
	"7 6 loop else 11\n"
	"8 6 test s i < n else 11\n"
	"9 7 call v put_page(pages[i]) p\n"
	"10 6 set s i += 1 -> 7\n"
	"11 8 call v kfree(pages) p\n"
	"12 9 return 0\n";

static void short_count_of_garbage(void **state)
{
	g_autofree char *text = g_strdup_printf(short_count, "kmalloc_array");

	add_function(*state, text);
	assert_found(*state, &check_bad_count, "bad-count/uninitialised-entry:6");
}

static void short_count_of_zeroes(void **state)
{
	g_autofree char *text = g_strdup_printf(short_count, "kcalloc");

	add_function(*state, text);
	assert_found(*state, &check_bad_count, "bad-count/null-entry:6");
}

/* A loop that tests each entry before it releases it. */
static void guarded_entry(void **state)
{
	add_function(*state,
		"0 1 entry v drop(pages, n)\n"
		"1 2 set s i = 0\n"
		"2 3 loop else 7\n"
		"3 3 test s i < n else 7\n"
		"4 4 test p pages[i] != 0 else 6\n"
		"5 5 call v put_page(pages[i]) p\n"
		"6 3 set s i += 1 -> 2\n"
		"7 6 return\n");
	add_function(*state,
		"0 11 entry s take(object, start)\n"
		"1 12 call s get_user_pages(start, 4, 0, object->pages) uuup\n"
		"2 13 return @1\n");
	assert_found(*state, &check_entries, "hazard/null-entry:5");
	assert_string_equal(message(*state),
			    "entries may be NULL: line 4 tests pages[i] != 0 before put_page()");
}

/* The acquire has failed, and its errno is the bound of the loop. */
static void negative_count(void **state)
{
	add_function(*state,
		"0 1 entry s take(start)\n"
		"1 2 set a pages decl\n"
		"2 3 call s get_user_pages(start, 4, 0, pages) uuua\n"
		"3 3 set s got = @2\n"
		"4 4 set s i = 0\n"
		"5 5 loop else 9\n"
		"6 5 test s i < got else 9\n"
		"7 6 call v put_page(pages[i]) p\n"
		"8 5 set s i += 1 -> 5\n"
		"9 7 return 0\n");
	assert_found(*state, NULL, "hazard/negative-count:5");
}

/* A helper that releases what it is given, and one that does so on one path only. */
static const char *const helper =
	"0 1 entry v drop(pages, n)\n"
	"1 2 call v put_user_pages(pages, n) pu\n"
	"2 3 return\n";
static const char *const doubtful_helper =
	"0 1 entry v drop(pages, n)\n"
	"1 2 test s n > 2 else 3\n"
	"2 3 call v put_user_pages(pages, n) pu\n"
	"3 4 return\n";
static const char *const caller_of_helper =
	"0 11 entry s take(start)\n"
	"1 12 set a pages decl\n"
	"2 13 call s get_user_pages(start, 4, 0, pages) uuua\n"
	"3 13 set s got = @2\n"
	"4 14 test s got > 0 else 6\n"
	"5 15 call v drop(pages, got) ps\n"
	"6 16 return got\n";

static void helper_that_releases(void **state)
{
	add_function(*state, helper);
	add_function(*state, caller_of_helper);
	assert_found(*state, NULL, "");
}

/* Nothing tells on which path the pages were released: no finding either way. */
static void helper_that_may_release(void **state)
{
	add_function(*state, doubtful_helper);
	add_function(*state, caller_of_helper);
	assert_found(*state, NULL, "");
}

static void helper_and_caller_release(void **state)
{
	add_function(*state, helper);
	add_function(*state,
		"0 11 entry s take(start)\n"
		"1 12 set a pages decl\n"
		"2 13 call s get_user_pages(start, 4, 0, pages) uuua\n"
		"3 13 set s got = @2\n"
		"4 14 test s got == 4 -> 6 else 5\n"
		"5 15 call v put_user_pages(pages, got) pu -> 8\n"
		"6 16 call v drop(pages, got) ps\n"
		"7 17 call v put_user_pages(pages, got) pu\n"
		"8 18 return 0\n");
	assert_found(*state, &check_double, "double:17");
}

/* A function that hands pages out is an acquire to its caller. */
static void summary_of_an_acquire(void **state)
{
	add_function(*state,
		"0 1 entry p hold(start)\n"
		"1 2 set p page decl\n"
		"2 3 call s get_user_pages(start, 1, 0, &page) uuup\n"
		"3 3 test s @2 == 1 -> 5 else 4\n"
		"4 4 return 0\n"
		"5 5 return page\n");
	add_function(*state,
		"0 11 entry s use(start, flag)\n"
		"1 12 call p hold(start) u\n"
		"2 12 set p page = @1\n"
		"3 13 test p page == 0 else 5\n"
		"4 14 return -14\n"
		"5 15 test s flag != 0 else 7\n"
		"6 16 return -22\n"
		"7 17 call v put_page(page) p\n"
		"8 18 return 0\n");
	assert_found(*state, NULL, "unreleased:16");
	assert_string_equal(message(*state),
			    "pages of hold() at line 12 (get_user_pages() at drivers/a.c:3) are not"
			    " released on a path to line 16, where the function returns");
}

/* The engine itself: each way that a call may end is a path to the return. */
static void paths_of_a_query(void **state)
{
	static const enum ownership expected[] = { OWNERSHIP_ESCAPED, OWNERSHIP_NONE };
	struct checked *checked = *state;
	const struct acquire_walk *walk;
	const struct path_result *result;
	bool seen[4] = { false };

	add_function(checked,
		"0 1 entry s take(object, start)\n"
		"1 2 call s get_user_pages(start, 4, 0, object->pages) uuup\n"
		"2 3 set p ::kept = object->pages\n"
		"3 4 return @1\n");
	load(checked);
	walk = acquire_walks(checked->context.summaries,
			     checked->context.program->functions->pdata[0])->pdata[0];
	result = walk->result;
	assert_true(result->complete);
	for (guint i = 0; i < result->events->len; i++) {
		const struct path_event *event = &g_array_index(result->events, struct path_event,
								i);

		assert_int_equal(event->kind, EVENT_EXIT);
		assert_int_equal(event->node, 3);
		seen[event->ownership] = true;
		/* Pages escaped: their number no longer matters. Without pages, it is known. */
		if (event->ownership == OWNERSHIP_NONE)
			assert_false(event->value.signs & SIGN_POS);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(expected); i++)
		assert_true(seen[expected[i]]);
	assert_false(seen[OWNERSHIP_OWNED] || seen[OWNERSHIP_RELEASED]);
}

/* put_page(compound_head(page)) */
static void compound_head(void **state)
{
	add_function(*state,
		"0 1 entry v drop(object)\n"
		"1 2 call p compound_head(object->page) p\n"
		"2 2 call v put_page(@1) p\n"
		"3 3 return\n");
	add_function(*state,
		"0 11 entry s take(object, start)\n"
		"1 12 call s get_user_pages(start, 1, 0, &object->page) uuup\n"
		"2 13 return @1\n");
	assert_found(*state, NULL, "hazard/compound-head:2");
}

/* The loop counts n down, and the function returns it. */
static void count_used_later(void **state)
{
	add_function(*state,
		"0 1 entry s drop(pages, n)\n"
		"1 2 loop else 5\n"
		"2 2 set s n -= 1\n"
		"3 2 test s (n + 1) != 0 else 5\n"
		"4 3 call v put_page(pages[n]) p -> 1\n"
		"5 4 return n\n");
	add_function(*state,
		"0 11 entry s take(object, start)\n"
		"1 12 call s get_user_pages(start, 4, 0, object->pages) uuup\n"
		"2 13 return @1\n");
	assert_found(*state, &check_count_used_later, "hazard/count-used-later:3");
}

/* Released only where a flag is set, and nothing else releases. */
static void own_or_foreign(void **state)
{
	add_function(*state,
		"0 1 entry v drop(object)\n"
		"1 2 test u (object->flags & 4) != 0 else 3\n"
		"2 3 call v put_page(object->page) p\n"
		"3 4 call v kfree(object) p\n"
		"4 5 return\n");
	add_function(*state,
		"0 11 entry s take(object, start)\n"
		"1 12 call s get_user_pages(start, 1, 0, &object->page) uuup\n"
		"2 13 return @1\n");
	assert_found(*state, NULL, "hazard/own-or-foreign:3");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CHECKER_TEST(leak_on_an_error_path),
		CHECKER_TEST(error_path_that_releases),
		CHECKER_TEST(freed_array),
		CHECKER_TEST(kept_for_the_caller),
		CHECKER_TEST(double_release),
		CHECKER_TEST(second_reference),
		CHECKER_TEST(short_count_of_garbage),
		CHECKER_TEST(short_count_of_zeroes),
		CHECKER_TEST(guarded_entry),
		CHECKER_TEST(negative_count),
		CHECKER_TEST(helper_that_releases),
		CHECKER_TEST(helper_that_may_release),
		CHECKER_TEST(helper_and_caller_release),
		CHECKER_TEST(summary_of_an_acquire),
		CHECKER_TEST(paths_of_a_query),
		CHECKER_TEST(compound_head),
		CHECKER_TEST(count_used_later),
		CHECKER_TEST(own_or_foreign),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
