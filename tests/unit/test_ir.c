// SPDX-License-Identifier: GPL-2.0-only
/* Graphs as text, there and back: every kind of node, and what is no graph. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "ir/cfg.h"

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

static const char every_kind[] =
	"0 10 entry s take(vec, ?)\n"
	"1 11 set p page decl\n"
	"2 12 set v range = {}\n"
	"3 12 set v range.? = vec->first\n"
	"4 13.9 call s get_user_pages(addr, (n - 1), 16, &pages[i]) uusa\n"
	"5 13 set s got = @4\n"
	"6 14 test v got < 0 warn -> 16 else 7\n"
	"7 15 loop else 12\n"
	"8 15 test s i < got else 12\n"
	"9 16.3 call v *ops->put(pages[i])\n"
	"10 17 set s sum ?= 3\n"
	"11 15 set s i += 1 -> 7\n"
	"12 15 join\n"
	"13 18.2 call v panic(\"\") p -> -\n"
	"14 18 set s sum -= ?0\n"
	"15 20 return sum\n"
	"16 21 return\n";

static void there_and_back(void **state)
{
	struct ir_function *function = ir_parse(*state, every_kind, NULL);
	g_autofree char *text = NULL;

	assert_non_null(function);
	text = ir_dump(function);
	assert_string_equal(text, every_kind);
	assert_int_equal(function->count, 17);
	ir_function_free(function);
}

static void typed_nodes(void **state)
{
	struct ir_function *function = ir_parse(*state, every_kind, NULL);
	const struct ir_node *call = &function->nodes[4], *test = &function->nodes[6];
	const struct ir_node *loop = &function->nodes[7], *through = &function->nodes[9];

	assert_int_equal(function->nodes[0].arg_count, 2);
	assert_ptr_equal(function->nodes[0].args[0], expr_local(*state, "vec"));
	assert_int_equal(function->nodes[1].op, IR_OP_DECLARE);
	assert_null(function->nodes[1].rhs);
	assert_string_equal(call->callee, "get_user_pages");
	assert_int_equal(call->column, 9);
	assert_int_equal(call->arg_count, 4);
	assert_ptr_equal(call->args[3], expr_parse_all(*state, "&pages[i]"));
	assert_int_equal(call->param_count, 4);
	assert_int_equal(call->param_types[3], IR_TYPE_ARRAY);
	assert_ptr_equal(function->nodes[5].rhs, expr_result(*state, 4));
	assert_true(test->warned);
	assert_int_equal(test->yes, 16);
	assert_int_equal(test->no, 7);
	assert_int_equal(loop->yes, 8);
	assert_int_equal(loop->no, 12);
	assert_true(ir_in_loop(function, 7, 11));
	assert_false(ir_in_loop(function, 7, 12));
	assert_null(through->callee);
	assert_ptr_equal(through->pointer, expr_parse_all(*state, "ops->put"));
	assert_int_equal(function->nodes[13].yes, -1);
	assert_int_equal(function->nodes[15].yes, -1);
	assert_null(function->nodes[16].rhs);
	ir_function_free(function);
}

static void empty_graph(void **state)
{
	struct ir_function *function = ir_parse(*state, "", NULL);

	assert_non_null(function);
	assert_int_equal(function->count, 0);
	ir_function_free(function);
}

static void no_graph(void **state)
{
	/* the last line of each is the bad one */
	static const char *const texts[] = {
		"0 1 entry v f()", "1 1 entry v f()\n", "0 1 entry w f()\n", "0 1 entry v f(a b)\n",
		"0 1 begin v f()\n", "0 1 join else 0\n", "0 1 join -> 1\n", "0 1 set p x\n",
		"0 1 set p x == 0\n", "0 1 test p x = 0\n", "0 1 test p x == 0 else 9\n",
		"0 1 set p x = 0 warn\n", "0 1 call v f\n", "0 1 call v f() pz\n", "0 1 return 0 1\n",
		"0 1 return\n1 2 return", "0 1 return\n\n", "x\n", "0 1.x call v f()\n",
		"0 1 return -> 0\n", "0 1 set p x = (a\n",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_auto(GStrv) lines = g_strsplit(texts[i], "\n", -1);
		int bad = 0, last = g_strv_length(lines) - (g_str_has_suffix(texts[i], "\n") ? 1 : 0);

		if (ir_parse(*state, texts[i], &bad))
			fail_msg("taken for a graph: %s", texts[i]);
		assert_int_equal(bad, last);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(there_and_back, setup, teardown),
		cmocka_unit_test_setup_teardown(typed_nodes, setup, teardown),
		cmocka_unit_test_setup_teardown(empty_graph, setup, teardown),
		cmocka_unit_test_setup_teardown(no_graph, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
