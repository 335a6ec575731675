// SPDX-License-Identifier: GPL-2.0-only
/* The bodies of a header's functions, without all else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#include "ctext/header_bodies.h"

static const char header[] =
	"/* A basket. */\n"
	"#ifndef _BASKET_H\n"
	"#define _BASKET_H\n"
	"struct basket { struct page *page; };\n"
	"#ifdef CONFIG_LID\n"
	"static inline struct page *basket_top(struct basket *basket)\n"
	"{\n"
	"\treturn basket->page;\n"
	"}\n"
	"#endif\n"
	"static inline void\n"
	"basket_fill(struct basket *basket, struct page *page)\n"
	"{\n"
	"\tbasket->page = page;\n"
	"}\n"
	"static inline void basket_drop(struct basket *b) { put_page(basket_top(b)); }\n"
	"static inline void basket_empty(struct basket *b) { basket_drop(b); }\n"
	"static inline int basket_look(struct page *page) { return page != NULL; }\n"
	"void basket_weave(struct basket *basket);\n"
	"#endif\n";

static guint lines_of(const char *text)
{
	guint lines = 0;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

/* Column of a word's first byte in its line. */
static gssize column_of(const char *text, const char *word)
{
	const char *at = strstr(text, word), *line = at;

	while (line > text && line[-1] != '\n')
		line--;
	return at - line;
}

/* The other way round: declarations stay where they are, and a body with a directive as it is. */
static void test_only_declarations_stay(void **state)
{
	static const char odd[] =
		"static inline int basket_size(void)\n"
		"{\n"
		"#ifdef CONFIG_LID\n"
		"\treturn 1;\n"
		"#endif\n"
		"\treturn 0;\n"
		"}\n"
		"struct lid __aligned(8) { int hinge; };\n"
		"static int weave(void) { return 1; }\n";
	g_autofree char *text = header_declarations_text(header, strlen(header));
	g_autofree char *none = header_declarations_text(odd, strlen(odd));

	(void)state;
	assert_int_equal(strlen(text), strlen(header));
	assert_int_equal(lines_of(text), lines_of(header));
	assert_non_null(strstr(text, "#ifndef _BASKET_H\n"));
	assert_non_null(strstr(text, "struct basket { struct page *page; };\n"));
	assert_non_null(strstr(text, "static inline struct page *basket_top(struct basket *basket)\n;"));
	assert_non_null(strstr(text, "static inline void basket_drop(struct basket *b) ;"));
	assert_null(strstr(text, "put_page"));
	assert_null(strstr(text, "return"));
	assert_int_equal(column_of(text, "basket_weave"), column_of(header, "basket_weave"));
	assert_null(none);
}

static void test_only_bodies_stay(void **state)
{
	g_autofree char *text = header_bodies_text(header, strlen(header));

	(void)state;
	assert_int_equal(lines_of(text), lines_of(header));
	assert_non_null(strstr(text, "#if 1"));
	assert_null(strstr(text, "#ifndef _BASKET_H"));
	assert_non_null(strstr(text, "#ifdef CONFIG_LID"));
	assert_null(strstr(text, "struct basket {"));
	assert_null(strstr(text, "basket_weave"));
	assert_non_null(strstr(text, "static struct page *inline$basket_top(struct basket *"));
	assert_non_null(strstr(text, "\ninline$basket_fill("));
	assert_non_null(strstr(text, "inline$basket_look("));
}

static void test_calls_keep_their_place(void **state)
{
	g_autofree char *text = header_bodies_text(header, strlen(header));

	(void)state;
	assert_int_equal(column_of(text, "put_page"), column_of(header, "put_page"));
	assert_int_equal(column_of(text, "return basket->"), column_of(header, "return basket->"));
}

static void test_what_may_keep_pages(void **state)
{
	g_autoptr(tokens_t) tokens = tokens_new(header, strlen(header));

	(void)state;
	assert_true(header_function_hands_on(tokens, "basket_top"));
	assert_true(header_function_hands_on(tokens, "basket_fill"));
	assert_false(header_function_hands_on(tokens, "basket_look"));
	assert_false(header_function_hands_on(tokens, "basket_weave"));
	assert_false(header_function_hands_on(tokens, "basket_none"));
}

static void note_call(const char *callee, void *data)
{
	g_string_append_printf(data, "%s ", callee);
}

static void test_calls_of_callees(void **state)
{
	g_autoptr(tokens_t) tokens = tokens_new(header, strlen(header));
	g_autoptr(GString) calls = g_string_new(NULL);

	(void)state;
	header_calls_visit(tokens, "basket_empty", note_call, calls);
	assert_string_equal(calls->str, "basket_drop put_page basket_top ");
}

/* No guard, no function, no end of a comment, of a body or of a line. */
static void test_odd_headers(void **state)
{
	static const char *const odd[] = { "", "#ifndef", "#ifndef A\n#define B\n", "static",
					   "static inline int f(", "/* static inline f() {",
					   "static inline void f(void) {", "#define X \\\n" };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(odd); i++) {
		g_autofree char *text = header_bodies_text(odd[i], strlen(odd[i]));
		g_autoptr(tokens_t) tokens = tokens_new(odd[i], strlen(odd[i]));

		assert_int_equal(lines_of(text), lines_of(odd[i]));
		assert_null(strstr(text, "#if 1"));
		assert_false(header_function_hands_on(tokens, "f"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_only_declarations_stay),
		cmocka_unit_test(test_only_bodies_stay),
		cmocka_unit_test(test_calls_keep_their_place),
		cmocka_unit_test(test_what_may_keep_pages),
		cmocka_unit_test(test_calls_of_callees),
		cmocka_unit_test(test_odd_headers),
	};

	return cmocka_run_group_tests_name("header bodies", tests, NULL, NULL);
}
