// SPDX-License-Identifier: GPL-2.0-only
/* Keys of a round of a search: the same for text that has moved, and for nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "pipeline/wish_key.h"

#define FLOWS(PLACE, FIRST, SECOND) \
	"@\ta.c\nF\tf\t3\t9\t0\t\nP\tlocal\t" PLACE "\ta.c\tstruct page *\n" \
	"P\tfield\ts.page\ts.h\tstruct page *\nW\t0\t1\talias\t" FIRST "\nW\t1\t0\tpass\t" SECOND "\n"

/* Of two files; the first is a.c. */
static char *key_of(const char *facts, const char *others)
{
	struct wish_key *key = wish_key_new("base");
	char *text;

	wish_key_add(key, "a.c", "x86", facts);
	if (others)
		wish_key_add(key, "b.c", "x86", others);
	text = wish_key_text(key);
	wish_key_free(key);
	return text;
}

static bool same(const char *facts, const char *others, const char *facts2, const char *others2)
{
	g_autofree char *a = key_of(facts, others), *b = key_of(facts2, others2);

	return !strcmp(a, b);
}

static void moved_text(void **state)
{
	(void)state;
	assert_true(same(FLOWS("f.x:5", "5", "7"), NULL, FLOWS("f.x:5", "5", "7"), NULL));
	/* no line between 5 and 7 matters */
	assert_true(same(FLOWS("f.x:5", "5", "7"), NULL, FLOWS("f.x:5", "5", "8"), NULL));
	assert_false(same(FLOWS("f.x:5", "5", "7"), NULL, FLOWS("f.x:5", "7", "5"), NULL));
	assert_false(same(FLOWS("f.x:5", "5", "7"), NULL, FLOWS("f.x:5", "5", "5"), NULL));
	assert_false(same(FLOWS("f.x:5", "5", "7"), NULL, FLOWS("f.x:5", "5", "9"), NULL));
	/* behind the function */
	assert_false(same(FLOWS("f.x:5", "5", "7"), NULL, FLOWS("f.x:5", "5", "10"), NULL));
	assert_false(same(FLOWS("f.x:5", "5", "7"), NULL, FLOWS("f.x:6", "5", "7"), NULL));
}

/* A call of an inline function is looked at; of any other it is not. */
static void calls(void **state)
{
	static const char file[] = "@\ta.c\nF\tf\t3\t9\t0\t\n";
	static const char inlined[] = "@\ta.c\nF\tf\t3\t9\t0\t\nK\tg\ta.h\t5\n";
	static const char moved[] = "@\ta.c\nF\tf\t3\t9\t0\t\nK\tg\ta.h\t6\n";
	static const char other[] = "@\ta.c\nF\tf\t3\t9\t0\t\nK\tg\ta.c\t5\nK\tg\t\t5\n";

	(void)state;
	assert_false(same(file, NULL, inlined, NULL));
	assert_true(same(inlined, NULL, moved, NULL));
	assert_true(same(file, NULL, other, NULL));
}

/* "f.x:10" stands before "f.x:9" in the order of places. */
static void order_of_names(void **state)
{
	static const char far[] = "@\ta.c\nP\tlocal\tf.x:9\ta.c\t\nP\tlocal\tf.x:10\ta.c\t\n";
	static const char near[] = "@\ta.c\nP\tlocal\tf.x:8\ta.c\t\nP\tlocal\tf.x:9\ta.c\t\n";
	static const char farther[] = "@\ta.c\nP\tlocal\tf.x:8\ta.c\t\nP\tlocal\tf.x:10\ta.c\t\n";

	(void)state;
	assert_false(same(far, NULL, near, NULL));
	assert_true(same(far, NULL, farther, NULL));
}

static void places_of_two_files(void **state)
{
	static const char at3[] = "@\tb.c\nP\tlocal\tf.x:3\t\t\n";
	static const char at4[] = "@\tb.c\nP\tlocal\tf.x:4\t\t\n";
	static const char mine3[] = "@\ta.c\nP\tlocal\tf.x:3\t\t\n";
	static const char mine4[] = "@\ta.c\nP\tlocal\tf.x:4\t\t\n";

	(void)state;
	assert_false(same(mine3, at3, mine3, at4));
	assert_true(same(mine3, at3, mine4, at4));
}

/* Numbers of a file that others show too are compared as they are. */
static void shared_file(void **state)
{
	static const char mine[] = "@\ta.c\nF\tf\t3\t5\t0\t\n";
	static const char moved[] = "@\ta.c\nF\tf\t4\t6\t0\t\n";
	static const char shows[] = "@\ta.c\nF\tg\t4\t4\t0\t\n@\tb.c\nF\th\t1\t2\t0\t\n";
	static const char alone[] = "@\tb.c\nF\th\t1\t2\t0\t\n";

	(void)state;
	assert_true(same(mine, alone, moved, alone));
	assert_false(same(mine, shows, moved, shows));
}

static void passed_over(void **state)
{
	(void)state;
	assert_true(same("@\ta.c\nK\tf\t\t3\nG\tf\t3\tx\nE\tparsed\t\n", NULL,
			 "@\ta.c\nK\tg\t\t4\nE\tparsed\t\n", NULL));
	assert_false(same("@\ta.c\nF\tf\t3\t5\t0\t\n", NULL, "@\ta.c\nF\tg\t3\t5\t0\t\n", NULL));
	assert_false(same("@\ta.c\n", "@\tb.c\n", "@\ta.c\n", NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moved_text),
		cmocka_unit_test(calls), cmocka_unit_test(order_of_names),
		cmocka_unit_test(places_of_two_files), cmocka_unit_test(shared_file),
		cmocka_unit_test(passed_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
