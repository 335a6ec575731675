// SPDX-License-Identifier: GPL-2.0-only
/* The vocabulary of model/ beside the CHECKs of the schema: the same words, in the same order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include <glib.h>

#include "db/query.h"
#include "model/build_note.h"
#include "model/call_status.h"
#include "model/contact_kind.h"
#include "model/detail.h"
#include "model/era.h"
#include "model/family.h"
#include "model/file_status.h"
#include "model/flow_kind.h"
#include "model/knowledge_kind.h"
#include "model/link_kind.h"
#include "model/object_kind.h"
#include "model/outcome.h"
#include "model/param_role.h"
#include "model/place_kind.h"
#include "model/role.h"
#include "model/state.h"

/* The words of "CHECK (column IN (...))" of a table, as "a b c". */
static char *words_of_check(const char *table, const char *column)
{
	g_autofree char *head = g_strdup_printf("CREATE TABLE %s (", table);
	g_autofree char *check = g_strdup_printf("CHECK (%s IN", column);
	const char *at = strstr(query_text("schema"), head);
	GString *list = g_string_new(NULL);
	const char *end;

	assert_non_null(at);
	at = strstr(at, check);
	assert_non_null(at);
	end = strchr(at + strlen(check), ')');
	for (at = strchr(at, '\''); at && at < end; at = strchr(strchr(at + 1, '\'') + 1, '\''))
		g_string_append_printf(list, "%s%.*s", list->len ? " " : "",
				       (int)(strchr(at + 1, '\'') - at - 1), at + 1);
	return g_string_free(list, FALSE);
}

static void assert_check(const char *table, const char *column, const char *const *words)
{
	g_autofree char *check = words_of_check(table, column);
	g_autofree char *all = g_strjoinv(" ", (char **)words);

	/* "" has its place in the CHECK, but is no word: those that are empty come first */
	assert_string_equal(g_strchug(check), g_strchug(all));
}

static void test_checks_of_the_schema(void **state)
{
	(void)state;
	assert_check("subsystem_contact", "kind", contact_kind_words());
	assert_check("file", "status", file_status_words());
	assert_check("build_note", "kind", build_note_kind_words());
	assert_check("place", "kind", place_kind_words());
	assert_check("call", "status", call_status_words());
	assert_check("flow", "kind", flow_kind_words());
	assert_check("object_flow", "kind", object_kind_words());
	assert_check("link", "kind", link_kind_words());
	assert_check("decision", "state", state_words());
	assert_check("edit_site", "outcome", outcome_words());
	assert_check("api", "role", role_words());
	assert_check("api", "family", family_words());
	assert_check("knowledge", "kind", knowledge_kind_words());
	assert_check("param_role", "role", param_role_words());
}

/* A word there and back; what is none. */
static void test_words_there_and_back(void **state)
{
	(void)state;
	for (int i = 0; role_words()[i]; i++)
		assert_int_equal(role_find(role_word(i)), i);
	assert_int_equal(role_find("released"), -1);
	assert_int_equal(era_of("put_user_page"), ERA_PUT_USER_PAGE);
	assert_int_equal(era_of("pin_user"), ERA_NONE);
	assert_int_equal(era_of(NULL), ERA_NONE);
}

static void test_details(void **state)
{
	(void)state;
	assert_int_equal(detail_of("drm_gem_put_pages"), DETAIL_FUNCTION);
	assert_int_equal(detail_of("handlers"), DETAIL_FUNCTION);
	assert_int_equal(detail_of("direct-io"), DETAIL_DIRECT_IO);
	assert_int_equal(detail_of(""), DETAIL_NONE);
}

/* Every detail that db/api.sql uses beside a name or a number is a word. */
static void test_details_of_the_api(void **state)
{
	g_auto(GStrv) lines = g_strsplit(query_text("api"), "\n", -1);
	g_autoptr(GRegex) row = g_regex_new("'(dirty|use|lock)',\\s*'\\w*',\\s*'([^']*)'", 0, 0, NULL);
	int seen = 0;

	(void)state;
	for (char **line = lines; *line; line++) {
		g_autoptr(GMatchInfo) match = NULL;

		for (g_regex_match(row, *line, 0, &match); g_match_info_matches(match);
		     g_match_info_next(match, NULL)) {
			g_autofree char *word = g_match_info_fetch(match, 2);

			seen++;
			assert_int_not_equal(detail_of(word), DETAIL_FUNCTION);
		}
	}
	assert_true(seen > 100);
}

/* The words in bold of a part of a manual page, "a b c", without names of functions. */
static char *words_of_manual(const char *name, const char *from, const char *to)
{
	g_autofree char *path = g_build_filename(GUPCONV_ROOT, "docs", "man", name, NULL);
	g_autofree char *text = NULL, *part = NULL;
	g_autoptr(GString) plain = NULL;
	g_autoptr(GRegex) bold = g_regex_new("^\\.BR? \"?([a-z_-]+)|\" ([a-z_-]+) ", G_REGEX_MULTILINE, 0, NULL);
	g_autoptr(GMatchInfo) match = NULL;
	GString *list = g_string_new(NULL);
	const char *start, *end;

	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	plain = g_string_new(text);
	g_string_replace(plain, "\\-", "-", 0);
	start = strstr(plain->str, from);
	assert_non_null(start);
	end = strstr(start, to);
	assert_non_null(end);
	part = g_strndup(start + strlen(from), end - start - strlen(from));
	for (g_regex_match(bold, part, 0, &match); g_match_info_matches(match);
	     g_match_info_next(match, NULL)) {
		g_autofree char *first = g_match_info_fetch(match, 1),
				*second = g_match_info_fetch(match, 2);

		g_string_append_printf(list, "%s%s", list->len ? " " : "",
				       first && *first ? first : second);
	}
	return g_string_free(list, FALSE);
}

static void assert_manual(const char *name, const char *from, const char *const *words)
{
	g_autofree char *manual = words_of_manual(name, from, "\n.TP");
	g_autofree char *all = g_strjoinv(" ", (char **)words);

	assert_string_equal(manual, g_strchug(all));
}

/* The words of --api FILE, and the states of a site. */
static void test_manual(void **state)
{
	const char *const uses[] = {
		detail_word(DETAIL_CPU), detail_word(DETAIL_DMA), detail_word(DETAIL_PHYS),
		detail_word(DETAIL_DIRECT_IO), detail_word(DETAIL_SCATTER),
		detail_word(DETAIL_USER_ITER), detail_word(DETAIL_STATE), NULL
	};

	(void)state;
	assert_manual("gupconv-index.1", ".BI acquire ", family_words());
	assert_manual("gupconv-index.1", ".BI use ", uses);
	assert_manual("gupconv-index.1", ".BI param ", param_role_words());
	assert_manual("gupconv-sites.1", ".B state\n", state_words());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_checks_of_the_schema),
		cmocka_unit_test(test_words_there_and_back),
		cmocka_unit_test(test_details),
		cmocka_unit_test(test_details_of_the_api),
		cmocka_unit_test(test_manual),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
