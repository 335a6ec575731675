// SPDX-License-Identifier: GPL-2.0-only
/* The tokenizer of C text, and the token arrays that are made with it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#include "ctext/call_scanner.h"
#include "ctext/tokens.h"

/* "w:name p:( n:1 s:"x" c:'a' #:# |": kind and text of each token; | is a newline. */
static char *cut(const char *text, size_t size)
{
	static const char letters[] = { 'w', 'n', 's', 'c', 'p', '#', '|' };
	struct tokenizer tokenizer = tokenizer_begin(text, size);
	GString *out = g_string_new(NULL);
	struct token token;

	while (tokenizer_next(&tokenizer, &token)) {
		if (out->len)
			g_string_append_c(out, ' ');
		g_string_append_c(out, letters[token.kind]);
		if (token.kind != TOKEN_NEWLINE)
			g_string_append_printf(out, ":%.*s", (int)(token.end - token.start),
					       text + token.start);
	}
	return g_string_free(out, FALSE);
}

static void check_cut(const char *text, const char *expected)
{
	g_autofree char *found = cut(text, strlen(text));

	assert_string_equal(found, expected);
}

static void test_words_and_numbers(void **state)
{
	(void)state;
	check_cut("int x1=0x1fUL;", "w:int w:x1 p:= n:0x1fUL p:;");
	check_cut("1.5e+3 .5f 0x1p-3 1-2", "n:1.5e+3 n:.5f n:0x1p-3 n:1 p:- n:2");
	check_cut("case 0 ... 9:", "w:case n:0 p:... n:9 p::");
	check_cut("a$b \xc3\xa4rger", "w:a$b w:\xc3\xa4rger");
	check_cut("L\"x\"", "w:L s:\"x\"");
}

static void test_operators(void **state)
{
	(void)state;
	check_cut("a->b--c>>=d", "w:a p:-> w:b p:-- w:c p:>>= w:d");
	check_cut("a<<b<=c&&d||!e^=f##g", "w:a p:<< w:b p:<= w:c p:&& w:d p:|| p:! w:e p:^= w:f p:## w:g");
	check_cut("a..b", "w:a p:. p:. w:b");
}

static void test_comments(void **state)
{
	(void)state;
	check_cut("a/* b \n c */d", "w:a w:d");
	check_cut("a // b /* c\nd", "w:a | w:d");
	check_cut("a // b \\\n c\nd", "w:a | w:d");
	check_cut("a /*/ b */ c", "w:a w:c");
	check_cut("\"/*\" a '\"' /**/ b", "s:\"/*\" w:a c:'\"' w:b");
	check_cut("a / b", "w:a p:/ w:b");
}

static void test_strings(void **state)
{
	(void)state;
	check_cut("f(\"a\\\"b\", '\\'', '\\\\')", "w:f p:( s:\"a\\\"b\" p:, c:'\\'' p:, c:'\\\\' p:)");
	check_cut("\"a\\\nb\" c", "s:\"a\\\nb\" w:c");
	check_cut("\"a\\\r\nb\" c", "s:\"a\\\r\nb\" w:c");
}

/* A quote ends with its line, a comment with the text; nothing is read behind it. */
static void test_unterminated(void **state)
{
	(void)state;
	check_cut("\"a\nb", "s:\"a | w:b");
	check_cut("don't\nb", "w:don c:'t | w:b");
	check_cut("a /* b", "w:a");
	check_cut("a /*", "w:a");
	check_cut("a /", "w:a p:/");
	check_cut("\"a\\", "s:\"a\\");
	check_cut("'", "c:'");
	check_cut("a \\", "w:a p:\\");
	check_cut("", "");
}

static void test_nul_byte(void **state)
{
	static const char text[] = "a\0b \"c\0d\" /*\0*/ e\\\0";
	g_autofree char *found = cut(text, sizeof(text) - 1);

	(void)state;
	/* printf() stops at each NUL. */
	assert_string_equal(found, "w:a p: w:b s:\"c w:e p:\\ p:");
}

static void test_splices(void **state)
{
	(void)state;
	check_cut("a \\\n b\nc", "w:a w:b | w:c");
	check_cut("a \\\r\n b\r\nc", "w:a w:b | w:c");
	check_cut("a \\ b", "w:a p:\\ w:b");
}

/* A '#' begins a directive only where its line begins. */
static void test_directives(void **state)
{
	(void)state;
	check_cut("#if A\n # else\n", "#:# w:if w:A | #:# w:else |");
	check_cut("/* a\n b */ #endif", "#:# w:endif");
	check_cut("a #b", "w:a p:# w:b");
	check_cut("#define F(x) \\\n #x\n", "#:# w:define w:F p:( w:x p:) p:# w:x |");
	check_cut("#error don't\nb", "#:# w:error w:don c:'t | w:b");
}

static char nth_character(const char *text, int n)
{
	struct tokenizer tokenizer = tokenizer_begin(text, strlen(text));
	struct token token = { .c = 0 };

	while (n-- >= 0)
		assert_true(tokenizer_next(&tokenizer, &token));
	return token.c;
}

static void test_digraphs(void **state)
{
	static const char text[] = "a<:0:> <% %> a %:%: b<c";

	(void)state;
	check_cut("%:if A\n", "#:%: w:if w:A |");
	assert_int_equal(nth_character(text, 1), '[');
	assert_int_equal(nth_character(text, 3), ']');
	assert_int_equal(nth_character(text, 4), '{');
	assert_int_equal(nth_character(text, 5), '}');
	assert_int_equal(nth_character(text, 7), '#');
	assert_int_equal(nth_character("a<=b", 1), 0);
	assert_int_equal(nth_character("a<b", 1), '<');
}

static void test_places(void **state)
{
	static const char text[] = "a /* \n */ \"x\\\ny\" b";
	struct tokenizer tokenizer = tokenizer_begin(text, strlen(text));
	struct token token;

	(void)state;
	assert_true(tokenizer_next(&tokenizer, &token));
	assert_int_equal(token.line, 1);
	assert_true(tokenizer_next(&tokenizer, &token));
	assert_int_equal(token.line, 2);
	assert_true(tokenizer_next(&tokenizer, &token));
	assert_int_equal(token.line, 3);
	assert_int_equal(token.start - tokenizer.line_start, 3);
	assert_int_equal(token.end, strlen(text));
	assert_false(tokenizer_next(&tokenizer, &token));
}

/* -- token arrays -- */

static struct tokens *tokens_of(const char *text)
{
	return tokens_new(text, strlen(text));
}

static void test_comments_are_kept(void **state)
{
	static const char text[] =
		"#define URL \"http://a\" /* one\n two */ x\n/* three */ int a; // four\n";
	g_autoptr(tokens_t) tokens = tokens_of(text);
	static const char *const expected[] = { "/* one\n two */", "/* three */", "// four" };
	static const guint lines[] = { 1, 3, 3 };

	(void)state;
	assert_int_equal(tokens->comments->len, G_N_ELEMENTS(expected));
	for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
		const struct span *span = &g_array_index(tokens->comments, struct span, i);

		assert_int_equal(span->end - span->start, strlen(expected[i]));
		assert_memory_equal(text + span->start, expected[i], strlen(expected[i]));
		assert_int_equal(span->line, lines[i]);
	}
	/* The macro's body is none of the tokens. */
	assert_int_equal(tokens_count(tokens), 3);
	assert_true(token_is(tokens, 0, "int"));
}

static void test_brackets(void **state)
{
	g_autoptr(tokens_t) tokens = tokens_of("f(a[1]) <% ) %>");

	(void)state;
	assert_int_equal(tokens_match(tokens, 1), 6);
	assert_int_equal(tokens_match(tokens, 3), 5);
	assert_int_equal(tokens_match(tokens, 7), 9);
	assert_int_equal(tokens_match(tokens, 9), 7);
	assert_int_equal(tokens_match(tokens, 8), -1);
	assert_int_equal(tokens_match(tokens, 0), -1);
	assert_int_equal(tokens_match(tokens, -1), -1);
	assert_int_equal(tokens_match(tokens, 99), -1);
	assert_true(token_is(tokens, 7, "{"));
	assert_false(token_is(tokens, 7, "<"));
}

/* Each branch of an #if starts with the brackets that were open before it. */
static void test_branches(void **state)
{
	g_autoptr(tokens_t) tokens =
		tokens_of("int f(void)\n{\n#ifdef A\n\tif (a) {\n#else\n\tif (b) {\n#endif\n\t}\n}\n"
			  "int g(int x)\n{\n}\n");
	const struct token_function *g = tokens_function_named(tokens, "g");

	(void)state;
	assert_int_equal(tokens->functions->len, 2);
	assert_non_null(g);
	assert_true(token_is(tokens, g->open, "{"));
	assert_int_equal(g->close, g->open + 1);
	assert_ptr_equal(tokens_function(tokens, g->close), g);
}

static void test_function_with_attribute(void **state)
{
	g_autoptr(tokens_t) tokens =
		tokens_of("static int f(int a) __must_hold(&l)\n{\n}\nstruct s { int x; } y = { 1 };\n");

	(void)state;
	assert_int_equal(tokens->functions->len, 1);
	assert_non_null(tokens_function_named(tokens, "f"));
}

static void test_lookup(void **state)
{
	g_autoptr(tokens_t) tokens = tokens_of("a b(c)\nb (d)");

	(void)state;
	assert_int_equal(tokens_find(tokens, "b", 0, 8), 1);
	assert_int_equal(tokens_find(tokens, "x", 0, 8), -1);
	assert_int_equal(tokens_calls(tokens, "b", 0, 8), 2);
	assert_int_equal(tokens_offset(tokens, 2, 1), 7);
	assert_int_equal(tokens_index_at(tokens, 7), 5);
	assert_int_equal(tokens_index_at(tokens, 6), -1);
	assert_int_equal(tokens_offset(tokens, 3, 1), -1);
}

static void test_fold(void **state)
{
	g_autofree char *folded = text_fold(" f( a,\n\tb [ 1 ] ) ;");

	(void)state;
	assert_string_equal(folded, "f(a, b [1]);");
}

/* -- the call scanner -- */

static GPtrArray *calls_of(const char *text)
{
	static char name[] = "put_page";
	g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);

	g_hash_table_add(names, name);
	return call_scanner_find(text, strlen(text), names);
}

static void test_calls(void **state)
{
	g_autoptr(GPtrArray) calls = calls_of(
		"#define P(x) put_page(x) \\\n\t; /* put_page(2) */\n"
		"void put_page(struct page *p);\n"
		"void f(void)\n{\n\ta->put_page(1); put_page /* c */\n\t\t(b, \"put_page(\");\n"
		"#if 0\n\tput_page(d);\n#endif /* a\n put_page(e) */\n\tput_page;\n}\n");
	const struct text_call *call;
	g_autoptr(GPtrArray) arguments = NULL;

	(void)state;
	assert_int_equal(calls->len, 3);
	call = calls->pdata[0];
	assert_string_equal(call->macro, "P");
	assert_string_equal(call->function, "");
	call = calls->pdata[1];
	assert_string_equal(call->function, "f");
	assert_int_equal(call->function_line, 5);
	assert_int_equal(call->line, 6);
	assert_int_equal(call->column, 18);
	assert_false(call->dead);
	call = calls->pdata[2];
	assert_true(call->dead);
	assert_string_equal(call->guard, "0");
}

static void test_arguments(void **state)
{
	static const char text[] = "f( a /* , */ ,\n\tg(b, c) , \"x,  y\",( d)) e";
	g_autoptr(GPtrArray) arguments = call_scanner_arguments(text, strlen(text), 0);
	static const char *const expected[] = { "a", "g(b, c)", "\"x,  y\"", "( d)" };

	(void)state;
	assert_int_equal(arguments->len, G_N_ELEMENTS(expected));
	for (guint i = 0; i < G_N_ELEMENTS(expected); i++)
		assert_string_equal(arguments->pdata[i], expected[i]);
}

/* A very long name is looked up whole. */
static void test_long_name(void **state)
{
	g_autofree char *name = g_strnfill(400, 'a');
	g_autofree char *text = g_strdup_printf("void f(void) { %s(1); %sa(2); }", name, name);
	g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GPtrArray) calls = NULL;

	(void)state;
	g_hash_table_add(names, name);
	calls = call_scanner_find(text, strlen(text), names);
	assert_int_equal(calls->len, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words_and_numbers),
		cmocka_unit_test(test_operators),
		cmocka_unit_test(test_comments),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_unterminated),
		cmocka_unit_test(test_nul_byte),
		cmocka_unit_test(test_splices),
		cmocka_unit_test(test_directives),
		cmocka_unit_test(test_digraphs),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_comments_are_kept),
		cmocka_unit_test(test_brackets),
		cmocka_unit_test(test_branches),
		cmocka_unit_test(test_function_with_attribute),
		cmocka_unit_test(test_lookup),
		cmocka_unit_test(test_fold),
		cmocka_unit_test(test_calls),
		cmocka_unit_test(test_arguments),
		cmocka_unit_test(test_long_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
