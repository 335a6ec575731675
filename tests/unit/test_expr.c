// SPDX-License-Identifier: GPL-2.0-only
/* Interned expressions: equality by pointer, text there and back, parts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "ir/expr.h"

static int setup(void **state)
{
	*state = expr_pool_new();
	return 0;
}

static int teardown(void **state)
{
	expr_pool_free(*state);
	return 0;
}

static void text_there_and_back(void **state)
{
	static const char *const texts[] = {
		"?", "?3", "@12", "@return", "@return->pages", "0", "-5", "\"\"", "n", "::count",
		"obj->umem.pages", "pages[i]", "&pages[(i + 1)]", "(n - i)", "*page", "!(a && b)",
		"(flags & 4)", "(a << 2)", "(a <= b)", "-n", "~mask", "(*p)[i]", "**p", "&obj->list",
		"(a == (b - 1))", "a[b[c]].d", "*p->f", "{}", "vmf.?", "-9223372036854775808",
		"(-1)->f", "0->f", "\303\244_1",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		const struct expr *e = expr_parse_all(*state, texts[i]);
		g_autofree char *again = e ? expr_print(e) : NULL;

		if (i == 15) {	/* && is control flow, no operator */
			assert_null(e);
			continue;
		}
		assert_non_null(e);
		assert_string_equal(again, texts[i]);
		assert_ptr_equal(expr_parse_all(*state, again), e);
	}
}

static void no_expression(void **state)
{
	static const char *const texts[] = {
		"", "(", "a b", "(a + b", "a[", "a[b", "a->", "a.1", "(a ++ b)", "()", "a)", "-",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		assert_null(expr_parse_all(*state, texts[i]));
}

static void identifiers(void **state)
{
	(void)state;
	assert_true(expr_is_identifier("page_1"));
	assert_true(expr_is_identifier("\303\244"));
	assert_false(expr_is_identifier(""));
	assert_false(expr_is_identifier("1page"));
	assert_false(expr_is_identifier("(anonymous at a.c:3:2)"));
	assert_false(expr_is_identifier("a b"));
}

static void one_form_of_a_member(void **state)
{
	const struct expr *p = expr_local(*state, "p");
	const struct expr *deref = expr_unary(*state, EXPR_DEREF, p);
	const struct expr *address = expr_unary(*state, EXPR_ADDRESS, p);

	assert_ptr_equal(expr_member(*state, EXPR_MEMBER, deref, "f"),
			 expr_member(*state, EXPR_ARROW, p, "f"));
	assert_ptr_equal(expr_member(*state, EXPR_ARROW, address, "f"),
			 expr_member(*state, EXPR_MEMBER, p, "f"));
}

static void check_part(void *pool, const char *text, const char *base, const char *offset,
		       const char *root)
{
	const struct expr *e = expr_parse_all(pool, text);

	assert_ptr_equal(expr_base(e), expr_parse_all(pool, base));
	assert_ptr_equal(expr_offset(pool, e), expr_parse_all(pool, offset));
	assert_ptr_equal(expr_root(e), expr_parse_all(pool, root));
}

static void parts(void **state)
{
	check_part(*state, "&pages[i]", "pages", "i", "pages");
	check_part(*state, "(pages + n)", "pages", "n", "pages");
	check_part(*state, "(pages - n)", "pages", "0", "pages");
	check_part(*state, "*page", "page", "0", "page");
	check_part(*state, "obj->umem.pages", "obj->umem.pages", "0", "obj");
	check_part(*state, "obj->list[3].page", "obj->list[3].page", "0", "obj");
}

static void containment(void **state)
{
	const struct expr *e = expr_parse_all(*state, "obj->list[(n - 1)].page");

	assert_true(expr_contains(e, expr_parse_all(*state, "obj->list")));
	assert_true(expr_contains(e, expr_parse_all(*state, "n")));
	assert_false(expr_contains(e, expr_parse_all(*state, "list")));
	assert_false(expr_contains(e, expr_parse_all(*state, "page")));
	assert_true(expr_extends(e, expr_parse_all(*state, "obj")));
	assert_true(expr_extends(e, expr_parse_all(*state, "obj->list")));
	assert_false(expr_extends(e, expr_parse_all(*state, "n")));
	assert_true(expr_parse_all(*state, "(a + ?)")->unknown);
	assert_false(e->unknown);
}

static void replacement(void **state)
{
	const struct expr *e = expr_parse_all(*state, "obj->pages[i]");
	const struct expr *obj = expr_local(*state, "obj");
	g_autofree char *text = expr_print(expr_replace_root(*state, e, obj,
							    expr_parse_all(*state, "&mine")));

	assert_string_equal(text, "mine.pages[i]");
	assert_ptr_equal(expr_replace(*state, e, expr_local(*state, "i"), expr_number(*state, 0)),
			 expr_parse_all(*state, "obj->pages[0]"));
	assert_ptr_equal(expr_replace_root(*state, e, expr_local(*state, "i"), obj), e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(text_there_and_back, setup, teardown),
		cmocka_unit_test_setup_teardown(no_expression, setup, teardown),
		cmocka_unit_test_setup_teardown(identifiers, setup, teardown),
		cmocka_unit_test_setup_teardown(one_form_of_a_member, setup, teardown),
		cmocka_unit_test_setup_teardown(parts, setup, teardown),
		cmocka_unit_test_setup_teardown(containment, setup, teardown),
		cmocka_unit_test_setup_teardown(replacement, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
