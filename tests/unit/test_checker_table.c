// SPDX-License-Identifier: GPL-2.0-only
/* The table of checkers beside all that has its words without being made from it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include <glib.h>

#include "checkers/checker.h"

static char *page(const char *name)
{
	g_autofree char *path = g_build_filename(GUPCONV_ROOT, "docs", name, NULL);
	char *text = NULL;

	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	return text;
}

/* gupconv-audit(1) explains each kind. */
static void words_of_the_manual(void **state)
{
	g_autofree char *manual = page("man/gupconv-audit.1");

	(void)state;
	for (int i = 0; checkers[i]; i++) {
		g_autofree char *head = g_strdup_printf(".TP\n.B %s\n", checkers[i]->kind->word);

		assert_non_null(strstr(manual, head));
	}
}

/* docs/findings.md tells of each detail how it is to be read. */
static void words_of_the_findings_page(void **state)
{
	g_autofree char *text = page("findings.md");

	(void)state;
	for (int i = 0; checkers[i]; i++) {
		const struct finding_detail *detail = checkers[i]->details;

		for (; detail && detail->word; detail++) {
			g_autofree char *hazard = g_strdup_printf("\n| %s %s |", checkers[i]->kind->word,
								  detail->word);

			assert_non_null(strstr(text, hazard));
		}
	}
}

/* Kinds stand together; each has a title, a help and levels that SARIF knows. */
static void entries_are_whole(void **state)
{
	g_autoptr(GHashTable) details = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	(void)state;
	for (int i = 0; finding_kind_at(i); i++) {
		const struct finding_kind *kind = finding_kind_at(i);

		assert_ptr_equal(finding_kind_find(kind->word), kind);
		assert_int_equal(finding_kind_index(kind), i);
		assert_true(*kind->title && *kind->help);
		assert_true(g_strv_contains((const char *const []){ "none", "note", "warning", "error",
					    NULL }, kind->level));
		assert_true(g_strv_contains((const char *const []){ "fail", "review", "open", NULL },
					    kind->sarif));
	}
	for (int i = 0; checkers[i]; i++)
		for (const struct finding_detail *d = checkers[i]->details; d && d->word; d++) {
			assert_true(*d->title && *d->help);
			assert_true(g_hash_table_add(details, g_strjoin("/", checkers[i]->kind->word,
									d->word, NULL)));
		}
	assert_null(finding_kind_find("leak"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_the_manual),
		cmocka_unit_test(words_of_the_findings_page),
		cmocka_unit_test(entries_are_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
