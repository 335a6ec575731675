// SPDX-License-Identifier: GPL-2.0-only
/* Whether an expression carries pages is found out without recording anything. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "frontend/location.h"

/* n is the number of a page, and is seen to be one where it is added to vmemmap. */
static const char text[] =
	"struct page { int flags; };\n"
	"extern struct page *vmemmap;\n"
	"struct page *f(unsigned long n) { return vmemmap + n; }\n";

/**
 * struct fixture - the text as a translation unit
 * @sum: vmemmap + n
 */
struct fixture {
	CXIndex index;
	struct tree tree;
	struct db *db;
	struct api_table *apis;
	struct unit unit;
	CXCursor sum;
};

static enum CXChildVisitResult find_sum(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct fixture *fixture = data;

	(void)parent;
	if (clang_getCursorKind(cursor) == CXCursor_FunctionDecl)
		fixture->unit.function = cursor;
	if (clang_getCursorKind(cursor) == CXCursor_BinaryOperator)
		fixture->sum = cursor;
	return CXChildVisit_Recurse;
}

static int setup(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);
	struct CXUnsavedFile file = { "f.c", text, sizeof(text) - 1 };

	fixture->index = clang_createIndex(0, 0);
	fixture->tree.top = g_strdup("/");
	fixture->db = db_create(":memory:", NULL);
	fixture->apis = api_table_load(fixture->db, NULL);
	fixture->unit = (struct unit){
		.tree = &fixture->tree, .apis = fixture->apis, .facts = facts_new(),
		.wanted = g_hash_table_new(g_str_hash, g_str_equal),
		.files = g_hash_table_new_full(NULL, NULL, NULL, g_free),
		.function_name = g_strdup("f"), .table = clang_getNullCursor(),
		.tu = clang_parseTranslationUnit(fixture->index, "f.c", NULL, 0, &file, 1, 0),
	};
	*state = fixture;
	if (!fixture->unit.tu)
		return -1;
	fixture->sum = clang_getNullCursor();
	clang_visitChildren(clang_getTranslationUnitCursor(fixture->unit.tu), find_sum, fixture);
	return clang_Cursor_isNull(fixture->sum) ? -1 : 0;
}

static int teardown(void **state)
{
	struct fixture *fixture = *state;

	g_free(facts_finish(fixture->unit.facts));
	g_clear_pointer(&fixture->unit.numbers, g_hash_table_destroy);
	g_hash_table_destroy(fixture->unit.wanted);
	g_hash_table_destroy(fixture->unit.files);
	api_table_free(fixture->apis);
	db_close(fixture->db);
	g_free(fixture->unit.function_name);
	g_free(fixture->tree.top);
	clang_disposeTranslationUnit(fixture->unit.tu);
	clang_disposeIndex(fixture->index);
	g_free(fixture);
	return 0;
}

static void a_look_records_nothing(void **state)
{
	struct fixture *fixture = *state;

	assert_true(carries_pages(&fixture->unit, fixture->sum));
	assert_true(carries_pages(&fixture->unit, fixture->sum));
	assert_null(fixture->unit.numbers);
	assert_int_equal(fixture->unit.facts->labels->len, 0);
	assert_int_equal(fixture->unit.facts->text->len, 0);
}

static void places_are_recorded(void **state)
{
	struct fixture *fixture = *state;
	struct places places = places_of(&fixture->unit, fixture->sum);

	assert_int_equal(places.depth, 1);
	assert_int_equal(places.count, 1);
	assert_non_null(fixture->unit.numbers);
	assert_int_equal(g_hash_table_size(fixture->unit.numbers), 1);
	assert_int_equal(fixture->unit.facts->labels->len, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_look_records_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(places_are_recorded, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
