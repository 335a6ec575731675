// SPDX-License-Identifier: GPL-2.0-only
/* Numbers that headers define, by their text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "convert/patch_source/value_expression.h"

static const char HEADER[] =
	"#define LADLE_FIRST\t0\t/* one of them */\n"
	"#define LADLE_WET 1\n"
	"// #define LADLE_OLD 2\n"
	"#define LADLE_BITS (3)\n"
	"#define LADLE_OFFSET \\\n\t(16 - LADLE_BITS)\n"
	"#define LADLE_MAX(a) (a)\n"
	"#define LADLE_SELF LADLE_SELF\n"
	"#define LADLE_TEXT \"2\"\n"
	"#ifdef CONFIG_LADLE\n"
	"#define LADLE_SIZE 4\n"
	"#else\n"
	"#define LADLE_SIZE 8\n"
	"#endif\n"
	"enum { SPOON_A, /* , SPOON_NOT */ SPOON_B, SPOON_C = LADLE_OFFSET, SPOON_D, };\n"
	"enum fork {\n"
	"\tFORK_A,\n"
	"#ifdef CONFIG_FORK\n"
	"\tFORK_B,\n"
	"#endif\n"
	"\tFORK_C,\n"
	"\tFORK_D = 0x10UL,\n"
	"\tFORK_LAST\n"
	"};\n"
	"struct bowl {\n"
	"\tunsigned short\tbits;\t/* short */\n"
	"\tstruct {\n\t\tu8 inner;\n\t};\n"
	"#ifdef CONFIG_BOWL\n"
	"\tunsigned  long\twide;\n"
	"#endif\n"
	"\tstruct spoon *spoon;\n"
	"};\n";

static bool evaluate(const char *expression, gint64 *result, char **said)
{
	g_autoptr(header_values_t) values = header_values_new();
	g_autoptr(GString) known = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	bool told;

	header_values_add(values, HEADER);
	told = value_evaluate(values, expression, result, known, &error);
	assert_true(told == !error);
	*said = g_strdup(told ? known->str : error->message);
	return told;
}

static void assert_value(const char *expression, gint64 expected)
{
	g_autofree char *said = NULL;
	gint64 result = -1;

	if (!evaluate(expression, &result, &said))
		fail_msg("%s: %s", expression, said);
	assert_int_equal(result, expected);
}

static void assert_untold(const char *expression, const char *expected)
{
	g_autofree char *said = NULL;
	gint64 result;

	assert_false(evaluate(expression, &result, &said));
	assert_string_equal(said, expected);
}

static void test_precedence(void **state)
{
	(void)state;
	assert_value("1 + 2 * 3 << 1", 14);
	assert_value("(1 + 2) * 3 == 9 && !0", 1);
	assert_value("1 | 6 & 3 ^ 1", 3);
	assert_value("~0UL == -1", 1);
	assert_value("7 / 2 - 7 % 2", 2);
	assert_value("2 < 1 || 3 >= 3", 1);
	assert_value("1 != 2", 1);
	assert_value("0x10 > 15 == 1", 1);
}

static void test_macros(void **state)
{
	(void)state;
	assert_value("LADLE_OFFSET", 13);
	assert_value("LADLE_OFFSET + LADLE_BITS <= bits(bowl.bits)", 1);
	assert_value("defined(LADLE_OLD) || defined(LADLE_MAX)", 0);
	assert_value("defined(LADLE_SIZE)", 1);
	assert_untold("LADLE_OLD", "the headers do not define LADLE_OLD");
	assert_untold("LADLE_SELF", "a definition goes round in a circle: LADLE_SELF");
	assert_untold("LADLE_SIZE", "the configuration decides on the value of LADLE_SIZE");
	assert_untold("LADLE_TEXT", "no sense in an expression at: ");
}

static void test_enumerators(void **state)
{
	(void)state;
	assert_value("SPOON_A == 0 && SPOON_B == 1", 1);
	assert_value("SPOON_D", 14);
	assert_value("FORK_LAST", 17);
	assert_untold("FORK_C", "the configuration decides on the value of FORK_C");
}

static void test_unused(void **state)
{
	(void)state;
	assert_value("unused(1, LADLE_FIRST, LADLE_OFFSET)", 0);
	assert_value("unused(2, LADLE_FIRST, LADLE_OFFSET)", 1);
	assert_value("unused(LADLE_OFFSET, LADLE_FIRST, LADLE_OFFSET)", 1);
	assert_value("unused(13, SPOON_A, SPOON_D)", 0);
	assert_value("unused(14, SPOON_A, SPOON_D)", 1);
	assert_untold("unused(2, FORK_C, FORK_LAST)",
		      "the configuration decides on the value of FORK_C");
	assert_untold("unused(2, LADLE_FIRST, LADLE_NONE)",
		      "the headers do not define LADLE_NONE");
}

static void test_bits(void **state)
{
	(void)state;
	assert_value("bits(bowl.bits)", 16);
	assert_value("bits(bowl.inner)", 8);
	assert_value("bits(bowl.wide)", 32);
	assert_untold("bits(bowl.spoon)", "no width can be told of spoon");
	assert_untold("bits(plate.bits)", "no width can be told of bits");
}

static void test_nonsense(void **state)
{
	(void)state;
	assert_untold("1 +", "no sense in an expression at: ");
	assert_untold("(1", "no sense in an expression at: ");
	assert_untold("1 2", "no sense in an expression at: 2");
	assert_untold("1 / (2 - 2)", "a number that makes no sense behind /");
	assert_untold("1 << 64", "a number that makes no sense behind <<");
	assert_untold("unused(1, LADLE_WET)", "no sense in an expression at: )");
}

static void test_known(void **state)
{
	g_autofree char *said = NULL;
	gint64 result;

	(void)state;
	assert_true(evaluate("SPOON_D < LADLE_OFFSET", &result, &said));
	assert_int_equal(result, 0);
	assert_string_equal(said, "SPOON_D is 14, LADLE_OFFSET is 13");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_precedence), cmocka_unit_test(test_macros),
		cmocka_unit_test(test_enumerators), cmocka_unit_test(test_unused),
		cmocka_unit_test(test_bits), cmocka_unit_test(test_nonsense),
		cmocka_unit_test(test_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
