// SPDX-License-Identifier: GPL-2.0-only
/* Facts that convert has of a call, on graphs that are written as text: docs/ir.md. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#include "convert/select/site_facts.h"

#define CALL 7		/* id of the call of put_page() in every graph */
#define FILE_ID 3

/* for (i = 0; i < n; i++) put_page(pages[i]); return i; or return n; */
#define LOOP(first, last) \
	"0 1 entry s f(pages, n)\n" \
	"1 2 set s i = 0\n" \
	"2 2 loop else 6\n" \
	"3 2 test s i < n else 6\n" \
	"4 3.3 call v put_page(pages[i]) p\n" \
	"5 2 set s " first " -> 2\n" \
	"6 2 join\n" \
	last

/* n = get_user_pages(); TEST; for (i = 0; i < n; i++) put_page(pages[i]); */
#define COUNT(value, test) \
	"0 1 entry s f(pages)\n" \
	"1 2.6 call s " value "()\n" \
	"2 2 set s n = @1\n" \
	test \
	"4 4 return -22\n" \
	"5 5 set s i = 0\n" \
	"6 5 loop else 10\n" \
	"7 5 test s i < n else 10\n" \
	"8 6.3 call v put_page(pages[i]) p\n" \
	"9 5 set s i += 1 -> 6\n" \
	"10 5 join\n" \
	"11 7 return 0\n"

struct fixture {
	struct site_facts *facts;
	struct fact_place place;
};

static struct api_table *apis(void)
{
	g_autofree char *path = g_strdup_printf("%s/facts-%d.db", g_get_tmp_dir(), (int)getpid());
	GError *error = NULL;
	struct db *db = db_create(path, &error);
	struct api_table *known = db ? api_table_load(db, &error) : NULL;

	if (!known)
		fail_msg("%s", error->message);
	db_close(db);
	g_unlink(path);
	return known;
}

/* The graph, its put_page() the call CALL in a loop that begins in the given line. */
static struct fixture load(const char *text, guint loop_line)
{
	struct cfg *cfg = cfg_new();
	struct ir_function *function;
	struct fixture fixture;
	int line = 0;

	function = ir_parse(cfg->pool, text, &line);
	if (!function)
		fail_msg("no graph, line %d of:\n%s", line, text);
	function->id = 1;
	function->file = FILE_ID;
	for (int i = 0; i < function->count; i++)
		if (function->nodes[i].callee && !strcmp(function->nodes[i].callee, "put_page"))
			function->nodes[i].call = CALL;
	cfg_add(cfg, function);
	fixture.facts = site_facts_new(cfg, apis());
	fixture.place = site_facts_call(fixture.facts, CALL, loop_line);
	return fixture;
}

static void check_live(const char *text, guint line, const char *name, enum fact expected)
{
	struct fixture fixture = load(text, line);

	assert_int_equal(site_facts_live(fixture.facts, fixture.place, name), expected);
	site_facts_free(fixture.facts);
}

static void test_live(void **state)
{
	(void)state;
	check_live(LOOP("i += 1", "7 4 return i\n"), 2, "i", FACT_YES);
	check_live(LOOP("i += 1", "7 4 return n\n"), 2, "i", FACT_NO);
	check_live(LOOP("i += 1", "7 4 return n\n"), 2, "n", FACT_YES);
	check_live(LOOP("i += 1", "7 4 set s i = 1\n8 5 return i\n"), 2, "i", FACT_NO);
	check_live(LOOP("i += 1", "7 4.2 call v g(&i) p\n8 5 return n\n"), 2, "i", FACT_UNKNOWN);
	check_live(LOOP("i += 1", "7 4 return n\n"), 2, "k", FACT_UNKNOWN);
	/* The text has a loop in another line. */
	check_live(LOOP("i += 1", "7 4 return n\n"), 3, "i", FACT_UNKNOWN);
}

static void check_steps(const char *text, enum fact expected)
{
	struct fixture fixture = load(text, 2);

	assert_int_equal(site_facts_steps_by_one(fixture.facts, fixture.place, "i"), expected);
	site_facts_free(fixture.facts);
}

static void test_steps(void **state)
{
	(void)state;
	check_steps(LOOP("i += 1", "7 4 return n\n"), FACT_YES);
	check_steps(LOOP("i -= 1", "7 4 return n\n"), FACT_YES);
	check_steps(LOOP("i += 2", "7 4 return n\n"), FACT_NO);
	check_steps(LOOP("i = n", "7 4 return n\n"), FACT_NO);
	check_steps(LOOP("n += 1", "7 4 return i\n"), FACT_NO);
}

static void check_negative(const char *text, guint line, enum fact expected)
{
	struct fixture fixture = load(text, line);

	assert_int_equal(site_facts_negative(fixture.facts, fixture.place, "n"), expected);
	site_facts_free(fixture.facts);
}

static void test_sign(void **state)
{
	(void)state;
	/* if (n < 0) return, and the checks that say as much */
	check_negative(COUNT("get_user_pages", "3 3 test s n < 0 else 5\n"), 5, FACT_NO);
	check_negative(COUNT("get_user_pages", "3 3 test s n <= 0 else 5\n"), 5, FACT_NO);
	check_negative(COUNT("get_user_pages", "3 3 test s n >= 0 -> 5 else 4\n"), 5, FACT_NO);
	check_negative(COUNT("get_user_pages", "3 3 test s n > 0 -> 5 else 4\n"), 5, FACT_NO);
	check_negative(COUNT("get_user_pages", "3 3 test s n != 0 else 5\n"), 5, FACT_NO);
	/* if (n < -1) and if (!n) return: -1 is left */
	check_negative(COUNT("get_user_pages", "3 3 test s n < -1 else 5\n"), 5, FACT_YES);
	check_negative(COUNT("get_user_pages", "3 3 test s n == 0 else 5\n"), 5, FACT_YES);
	check_negative(COUNT("get_user_pages", "3 3 test s pages == 0 else 5\n"), 5, FACT_YES);
	/* a function that counts, and one that nobody knows */
	check_negative(COUNT("sg_nents", "3 3 test s pages == 0 else 5\n"), 5, FACT_NO);
	check_negative(COUNT("frobnicate", "3 3 test s pages == 0 else 5\n"), 5, FACT_UNKNOWN);
	check_negative(COUNT("frobnicate", "3 3 test s n < 0 else 5\n"), 5, FACT_NO);
	/* a parameter has callers */
	check_negative(LOOP("i += 1", "7 4 return i\n"), 2, FACT_UNKNOWN);
}

/* ret = get_user_pages(); n = ret; with and without a check of ret before the copy */
static void test_sign_of_a_copy(void **state)
{
	static const char checked[] =
		"0 1 entry s f(pages)\n"
		"1 2.8 call s get_user_pages()\n"
		"2 2 set s ret = @1\n"
		"3 3 test s ret < 0 else 5\n"
		"4 4 return ret\n"
		"5 5 set s n = ret\n"
		"6 6.2 call v put_page(pages) p\n"
		"7 7 return 0\n";
	static const char late[] =
		"0 1 entry s f(pages)\n"
		"1 2.8 call s get_user_pages()\n"
		"2 2 set s ret = @1\n"
		"3 5 set s n = ret\n"
		"4 3 test s ret < 0 else 5\n"
		"5 6.2 call v put_page(pages) p\n"
		"6 7 return 0\n";
	static const char wide[] =
		"0 1 entry s f(pages)\n"
		"1 2.8 call s get_user_pages()\n"
		"2 2 set u n = @1\n"
		"3 6.2 call v put_page(pages) p\n"
		"4 7 return 0\n";

	(void)state;
	check_negative(checked, 0, FACT_NO);
	check_negative(late, 0, FACT_YES);
	check_negative(wide, 0, FACT_NO);
}

static void check_locked(const char *text, enum fact expected)
{
	struct fixture fixture = load(text, 0);

	assert_int_equal(site_facts_locked(fixture.facts, fixture.place), expected);
	site_facts_free(fixture.facts);
}

static void test_locks(void **state)
{
	(void)state;
	check_locked("0 1 entry v f(p)\n1 2.2 call v spin_lock(p) p\n2 3.2 call v put_page(p) p\n"
		     "3 4.2 call v spin_unlock(p) p\n4 5 return\n", FACT_YES);
	check_locked("0 1 entry v f(p)\n1 2.2 call v spin_lock(p) p\n2 4.2 call v spin_unlock(p) p\n"
		     "3 3.2 call v put_page(p) p\n4 5 return\n", FACT_NO);
	/* dropped on one of two paths */
	check_locked("0 1 entry v f(p)\n1 2.2 call v spin_lock(p) p\n2 3 test p p != 0 else 4\n"
		     "3 4.2 call v spin_unlock(p) p\n4 5.2 call v put_page(p) p\n5 6 return\n",
		     FACT_YES);
	/* a loop that takes and drops it */
	check_locked("0 1 entry v f(p)\n1 2 loop else 5\n2 2 test p p != 0 else 5\n"
		     "3 3.2 call v spin_lock(p) p\n4 4.2 call v spin_unlock(p) p -> 1\n"
		     "5 5.2 call v put_page(p) p\n6 6 return\n", FACT_NO);
	/* a mutex forbids nothing */
	check_locked("0 1 entry v f(p)\n1 2.2 call v mutex_lock(p) p\n2 3.2 call v put_page(p) p\n"
		     "3 5 return\n", FACT_NO);
}

static void test_places(void **state)
{
	struct fixture fixture = load(LOOP("i += 1", "7 4 return n\n"), 2);
	struct fact_place place = site_facts_call_at(fixture.facts, FILE_ID, 3, 3);

	(void)state;
	assert_int_equal(fixture.place.node, 4);
	assert_int_equal(fixture.place.loop, 2);
	assert_int_equal(place.node, 4);
	assert_null(site_facts_call_at(fixture.facts, FILE_ID, 3, 4).function);
	assert_null(site_facts_call_at(fixture.facts, FILE_ID + 1, 3, 3).function);
	assert_null(site_facts_call(fixture.facts, CALL + 1, 0).function);
	site_facts_free(fixture.facts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_live),
		cmocka_unit_test(test_steps),
		cmocka_unit_test(test_sign),
		cmocka_unit_test(test_sign_of_a_copy),
		cmocka_unit_test(test_locks),
		cmocka_unit_test(test_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
