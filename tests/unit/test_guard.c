// SPDX-License-Identifier: GPL-2.0-only
/* Kernel versions in #if conditions, and texts in which they are made to hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "ctext/presence_condition.h"
#include "ctext/call_scanner.h"
#include "ctext/conditional_stack.h"
#include "kbuild/makefile.h"

#define V(a, b, c) (((a) << 16) + ((b) << 8) + (c))

static void test_answers(void **state)
{
	static const struct {
		const char *guard;
		long version;
		enum guard_answer answer;
	} cases[] = {
		{ "LINUX_VERSION_CODE >= KERNEL_VERSION(5, 6, 0)", V(5, 6, 0), GUARD_YES },
		{ "LINUX_VERSION_CODE >= KERNEL_VERSION(5, 6, 0)", V(5, 5, 9), GUARD_NO },
		{ "!(LINUX_VERSION_CODE < KERNEL_VERSION(4,9,0))", V(4, 9, 0), GUARD_YES },
		{ "KERNEL_VERSION(4, 9, 0) > LINUX_VERSION_CODE", V(4, 8, 0), GUARD_YES },
		{ "LINUX_VERSION_CODE < KERNEL_VERSION(5, 4, 300)", V(5, 4, 255), GUARD_NO },
		{ "LINUX_VERSION_CODE >= 263680", V(4, 6, 0), GUARD_YES },
		{ "LINUX_VERSION_CODE > KERNEL_VERSION(5,0,0) || defined(X)", V(4, 0, 0), GUARD_PERHAPS },
		{ "LINUX_VERSION_CODE > KERNEL_VERSION(5,0,0) && defined X", V(4, 0, 0), GUARD_NO },
		{ "LINUX_VERSION_CODE > KERNEL_VERSION(5,0,0) || defined X", V(6, 0, 0), GUARD_YES },
		{ "defined(RHEL) && RHEL_CODE >= RHEL_VERSION(8, 2)", V(5, 0, 0), GUARD_PERHAPS },
		{ "LINUX_VERSION_CODE + 1 > 2", V(5, 0, 0), GUARD_PERHAPS },
		{ "", V(5, 0, 0), GUARD_PERHAPS },
		{ "((((", V(5, 0, 0), GUARD_PERHAPS },
		{ "LINUX_VERSION_CODE >= KERNEL_VERSION(", V(5, 0, 0), GUARD_PERHAPS },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		if (guard_in_version(cases[i].guard, cases[i].version) != cases[i].answer)
			fail_msg("%s", cases[i].guard);
}

static void test_nearest_version(void **state)
{
	const long mine = V(5, 3, 0);

	(void)state;
	assert_int_equal(version_code("5.3.0"), mine);
	assert_int_equal(version_code("4.14.300"), V(4, 14, 255));
	assert_int_equal(guard_version("defined(X)", mine), 0);
	assert_int_equal(guard_version("LINUX_VERSION_CODE > KERNEL_VERSION(5,0,0)", mine), mine);
	assert_int_equal(guard_version("LINUX_VERSION_CODE >= KERNEL_VERSION(5,6,0)", mine), V(5, 6, 0));
	assert_int_equal(guard_version("LINUX_VERSION_CODE < KERNEL_VERSION(4,9,0)", mine), V(4, 9, 0) - 1);
	assert_int_equal(guard_version("!(LINUX_VERSION_CODE >= KERNEL_VERSION(5,2,0)) && "
				       "LINUX_VERSION_CODE > KERNEL_VERSION(4,5,6)", mine),
			 V(5, 2, 0) - 1);
	assert_int_equal(guard_version("LINUX_VERSION_CODE < 0 && LINUX_VERSION_CODE > 1", mine), 0);
}

static void check_forced(const char *text, const char *at, const char *wanted)
{
	size_t size = strlen(text);
	g_autofree char *forced = conditional_force(text, size, strstr(text, at) - text);

	if (g_strcmp0(forced, wanted))
		fail_msg("%s", forced ? forced : "(nothing)");
}

static void test_force(void **state)
{
	(void)state;
	check_forced("int x;\n", "x", NULL);
	check_forced("#ifdef A\nx;\n#endif\n", "x", "#if 1   \nx;\n#endif\n");
	check_forced("#ifdef A\na;\n#elif B > 1\nb;\n#else\nx;\n#endif\n#if B > 1\n#endif\n", "x",
		     "#if 0   \na;\n#elif 0    \nb;\n#else\nx;\n#endif\n#if 0    \n#endif\n");
	check_forced("#ifndef A\n#else\nx;\n#endif\n#ifdef A\n#endif\n", "x",
		     "#if 0    \n#else\nx;\n#endif\n#if 1   \n#endif\n");
	check_forced("#if A && \\\n    B\nx;\n#endif\n", "x", "#if 1     \n     \nx;\n#endif\n");
	/* The include guard of a header stays. */
	check_forced("#ifndef H\n#define H\n#if 0\nx;\n#endif\n#endif\n", "x", NULL);
	check_forced("/*\n#if A\n*/ #if B\nx;\n", "x", "/*\n#if A\n*/ #if 1\nx;\n");
}

static void test_guard_of_an_offset(void **state)
{
	static const char text[] = "#if A || B\n#if C\nx;\n#endif\ny;\n#endif\nz;\n";
	g_autofree char *x = conditional_guard(text, strlen(text), strstr(text, "x") - text);
	g_autofree char *y = conditional_guard(text, strlen(text), strstr(text, "y") - text);
	g_autofree char *z = conditional_guard(text, strlen(text), strstr(text, "z") - text);

	(void)state;
	assert_string_equal(x, "(A || B) && C");
	assert_string_equal(y, "A || B");
	assert_string_equal(z, "");
}

static bool is_other(const struct makefile *mk, const char *word)
{
	const struct make_variable *flags = makefile_variable(mk, "ccflags-y");

	for (guint i = 0; i < flags->words->len; i++)
		if (!strcmp(flags->words->pdata[i], word))
			return flags->other->data[i];
	fail_msg("no %s", word);
	return false;
}

/* The usual Makefile of a module has its Kbuild part in an else. */
static void test_branches_that_exclude_each_other(void **state)
{
	static const char text[] =
		"ifeq ($(KERNELRELEASE),)\n\t$(MAKE) EXTRA_CFLAGS=-DTEST\nelse\nccflags-y += -DA\n"
		"ifdef X\nccflags-y += -DB\nelse ifdef Y\nccflags-y += -DC\nelse\nccflags-y += -DD\nendif\n"
		"ccflags-y += -DE\nendif\nccflags-y += -DF\n";
	struct makefile *mk = makefile_parse(NULL, "", text, strlen(text));

	(void)state;
	assert_false(is_other(mk, "-DA"));
	assert_false(is_other(mk, "-DB"));
	assert_true(is_other(mk, "-DC"));
	assert_true(is_other(mk, "-DD"));
	assert_false(is_other(mk, "-DE"));
	assert_false(is_other(mk, "-DF"));
	makefile_free(mk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_nearest_version),
		cmocka_unit_test(test_force),
		cmocka_unit_test(test_guard_of_an_offset),
		cmocka_unit_test(test_branches_that_exclude_each_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
