// SPDX-License-Identifier: GPL-2.0-only
/* Signatures of files: who may use a word, asked for in several goes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include <glib.h>

#include "source/word_index.h"

static const char *const texts[][2] = {
	{ "a.c", "void pour(struct jug *jug) { fill(jug->water); }" },
	{ "b.c", "static struct jug jug = { .water = fill(1) };" },
	{ "c.h", "#define JUG_WATER 1 /* fill(jug->water) without a brace */" },
	{ "d.c", "void pour(void); int x(void) { return 0; }" },
};

static struct word_index *index_new(void)
{
	struct word_index *index = word_index_new();

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		word_index_add(index, texts[i][0], texts[i][1], strlen(texts[i][1]));
	return index;
}

static void find(struct word_index *index, const char *const *words)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new();

	for (; *words; words++)
		g_ptr_array_add(list, (char *)*words);
	word_index_find(index, list);
}

/* "a.c b.c " */
static char *users_of(const struct word_index *index, const char *word)
{
	const GArray *users = word_index_users(index, word);
	GString *text = g_string_new(NULL);

	assert_non_null(users);
	for (guint i = 0; i < users->len; i++)
		g_string_append_printf(text, "%s ",
				       word_index_path(index, g_array_index(users, guint, i)));
	return g_string_free(text, FALSE);
}

static void assert_users(const struct word_index *index, const char *word, const char *paths)
{
	g_autofree char *users = users_of(index, word);

	assert_string_equal(users, paths);
}

static void test_users(void **state)
{
	struct word_index *index = index_new();

	(void)state;
	assert_int_equal(word_index_size(index), G_N_ELEMENTS(texts));
	find(index, (const char *const[]){ "water", "fill", "pour", "none", NULL });
	assert_users(index, "water", "a.c b.c ");
	assert_users(index, "fill", "a.c b.c ");
	assert_users(index, "pour", "a.c d.c ");
	assert_users(index, "none", "");
	word_index_free(index);
}

/* A word that was asked for before keeps its users, and has none of them twice. */
static void test_words_more(void **state)
{
	struct word_index *index = index_new();

	(void)state;
	find(index, (const char *const[]){ "water", "water", NULL });
	assert_null(word_index_users(index, "jug"));
	find(index, (const char *const[]){ "jug", "water", NULL });
	assert_users(index, "water", "a.c b.c ");
	assert_users(index, "jug", "a.c b.c ");
	word_index_free(index);
}

/* Codes that were kept are as good as the text; what is cut off is passed over. */
static void test_kept_codes(void **state)
{
	struct word_index *before = index_new(), *index = word_index_new();
	const char *codes = word_index_add(before, "e.c", texts[0][1], strlen(texts[0][1]));
	char *cut = g_strndup(codes, strlen(codes) - 1);

	(void)state;
	word_index_put(index, "e.c", codes);
	word_index_put(index, "f.c", cut);
	word_index_keep(index, cut);
	word_index_put(index, "g.c", "");
	find(index, (const char *const[]){ "pour", NULL });
	assert_users(index, "pour", "e.c f.c ");
	word_index_free(index);
	word_index_free(before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_users),
		cmocka_unit_test(test_words_more),
		cmocka_unit_test(test_kept_codes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
