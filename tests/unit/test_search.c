// SPDX-License-Identifier: GPL-2.0-only
/* Finding identifiers in a text: search.h for a few, words.h for many. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#include "ctext/directive_words.h"
#include "ctext/multi_search.h"
#include "ctext/identifier_set.h"

static const char text[] = "int a = get_page(b) + xget_page + get_pages; gp(q);";

static bool hit(const char *const *names, size_t count)
{
	struct multi_search *search = multi_search_new(names, count);
	bool found = multi_search_hit(search, text, strlen(text));

	multi_search_free(search);
	return found;
}

static bool one_hit(const char *name)
{
	return hit(&name, 1);
}

static void test_whole_identifiers(void **state)
{
	(void)state;
	assert_true(one_hit("get_page"));
	assert_true(one_hit("get_pages"));
	assert_false(one_hit("et_page"));
	assert_false(one_hit("xget_pag"));
	assert_false(one_hit("put_page"));
}

/* A tree's own names may be as short as they like. */
static void test_short_names(void **state)
{
	static const char *const mixed[] = { "put_page_of_nobody", "gp" };
	static const char *const absent[] = { "put_page_of_nobody", "g" };

	(void)state;
	assert_true(one_hit("gp"));
	assert_true(one_hit("q"));
	assert_false(one_hit("x"));
	assert_true(hit(mixed, G_N_ELEMENTS(mixed)));
	assert_false(hit(absent, G_N_ELEMENTS(absent)));
}

static void count(void *value, void *data)
{
	(void)data;
	++*(int *)value;
}

static void test_many_words(void **state)
{
	struct identifier_set *words = identifier_set_new();
	int whole = 0, again = 0, part = 0, other = 0;

	(void)state;
	identifier_set_add(words, "get_page", &whole);
	identifier_set_add(words, "get_page", &again);
	identifier_set_add(words, "page", &part);
	identifier_set_add(words, "a", &other);
	identifier_set_find(words, text, strlen(text), count, NULL);
	identifier_set_free(words);
	assert_int_equal(whole, 1);
	assert_int_equal(again, 1);
	assert_int_equal(part, 0);
	assert_int_equal(other, 1);
}

static void join(const char *word, size_t length, void *data)
{
	g_string_append_printf(data, "%.*s ", (int)length, word);
}

static const char directives[] = "#ifndef GUARD_H\n#define GUARD_H\n"
				 "#define EARLY 1\n"
				 " # define  early(x) x\n"
				 "#include <a.h>\n"
				 "#define LATE\n"
				 "#ifndef DEFAULT\n/* as is */\n#define DEFAULT 3\n#endif\n"
				 "#if defined(ONE) || TWO > 3\n#elif !THREE\n#endif\n"
				 "#ifndef FOUR\n#define FOURTH\n#endif\n"
				 "int if_not; /* #ifdef FIVE */\n#endif";

static void test_directives(void **state)
{
	g_autoptr(GString) tests = g_string_new(NULL), defines = g_string_new(NULL);

	(void)state;
	directive_tests_visit(directives, strlen(directives), join, tests);
	assert_string_equal(tests->str, "defined ONE TWO THREE FOUR ");
	directive_defines_visit(directives, strlen(directives), join, defines);
	assert_string_equal(defines->str, "GUARD_H EARLY early ");
}

static void add_definition(const struct macro_definition *macro, void *data)
{
	g_string_append_printf(data, "%.*s(", (int)macro->length, macro->name);
	for (guint i = 0; i < macro->tests->len; i++)
		g_string_append_printf(data, "%s,", (char *)macro->tests->pdata[i]);
	g_string_append(data, ")=");
	text_words_visit(macro->body, macro->end, join, data);
	g_string_append(data, "; ");
}

static void test_definitions(void **state)
{
	static const char defining[] = "#ifndef GUARD_H\n#define GUARD_H\n"
				   "#ifdef ONE\n#define a(x) \\\n\tone(x); \\\n\ttwo()\n"
				   "#elif TWO\n# define a three\n"
				   "#if defined(DEEP)\n#define deep\n#endif\n"
				   "#else\n#define a(y) y\n#endif\n"
				   "#define last four\n#endif";
	g_autoptr(GString) found = g_string_new(NULL);

	(void)state;
	directive_macros_visit(defining, strlen(defining), add_definition, found);
	assert_string_equal(found->str, "GUARD_H()=; a(ONE,)=x one x two ; a(ONE,TWO,)=three ; "
					"deep(ONE,TWO,defined,DEEP,)=; a(ONE,TWO,)=y y ; "
					"last()=four ; ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole_identifiers),
		cmocka_unit_test(test_short_names),
		cmocka_unit_test(test_many_words),
		cmocka_unit_test(test_directives),
		cmocka_unit_test(test_definitions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
