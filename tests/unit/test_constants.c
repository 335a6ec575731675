// SPDX-License-Identifier: GPL-2.0-only
/* Correlated branches and constants of callers, over graphs that are written as text: docs/ir.md. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cfg/constant_values.h"
#include "cfg/feasible_path.h"

/* if (o->pin) pin(); else get(); use(); if (!o->pin) put(); else unpin(); */
static const char correlated[] =
	"0 1 entry v f(o)\n"
	"1 2 test u o->pin != 0 else 3\n"
	"2 3.1 call v pin() -> 4\n"
	"3 5.1 call v get()\n"
	"4 6.1 call v use(o)\n"
	"5 7 test u o->pin == 0 else 7\n"
	"6 8.1 call v put() -> 8\n"
	"7 10.1 call v unpin()\n"
	"8 11 return\n";

/* the same, but the flag is set between the two */
static const char changed[] =
	"0 1 entry v f(o)\n"
	"1 2 test u o->pin != 0 else 3\n"
	"2 3.1 call v pin() -> 4\n"
	"3 5.1 call v get()\n"
	"4 6 set u o->pin = ?\n"
	"5 7 test u o->pin == 0 else 7\n"
	"6 8.1 call v put() -> 8\n"
	"7 10.1 call v unpin()\n"
	"8 11 return\n";

/* if (k) pin = 1 else 0; a warning that pin and map are both set leads to the end; map: put() */
static const char warned[] =
	"0 1 entry v f(pin, map)\n"
	"1 2 test u pin != 0 else 8\n"
	"2 3.1 call v pin()\n"
	"3 4 test u map != 0 else 5\n"
	"4 4 test u pin != 0 warn -> 8 else 5\n"
	"5 5 test u map != 0 else 7\n"
	"6 6.1 call v put() -> 7\n"
	"7 7 join\n"
	"8 8 return\n";

struct parsed {
	struct expr_pool *pool;
	struct ir_function *f;
};

static struct parsed parse(const char *text)
{
	struct parsed p = { .pool = expr_pool_new() };
	int line = 0;

	p.f = ir_parse(p.pool, text, &line);
	if (!p.f)
		fail_msg("no graph, line %d of:\n%s", line, text);
	return p;
}

static void parsed_free(struct parsed *p)
{
	ir_function_free(p->f);
	expr_pool_free(p->pool);
}

static void branches_on_the_same_value(void **state)
{
	struct parsed p = parse(correlated);

	(void)state;
	assert_true(ir_feasible(p.f, p.pool, 2, 7));
	assert_false(ir_feasible(p.f, p.pool, 2, 6));
	assert_true(ir_feasible(p.f, p.pool, 3, 6));
	assert_false(ir_feasible(p.f, p.pool, 3, 7));
	parsed_free(&p);
}

static void a_store_between_them(void **state)
{
	struct parsed p = parse(changed);

	(void)state;
	assert_true(ir_feasible(p.f, p.pool, 2, 6));
	assert_true(ir_feasible(p.f, p.pool, 3, 7));
	parsed_free(&p);
}

static void a_warning_that_would_be_due(void **state)
{
	struct parsed p = parse(warned);

	(void)state;
	assert_true(ir_feasible(p.f, p.pool, 2, 7));
	assert_false(ir_feasible(p.f, p.pool, 2, 6));
	parsed_free(&p);
}

/* switch (cmd) { case 1: one(); case 2: two(); case 3: two(); } drop(cmd, o); */
static const char told[] =
	"0 1 entry v f(cmd, o)\n"
	"1 2 test s cmd == 1 -> 4 else 2\n"
	"2 2 test s cmd == 2 -> 5 else 3\n"
	"3 2 test s cmd == 3 -> 6 else 8\n"
	"4 3.1 call v one() -> 7\n"
	"5 4.1 call v two(o) -> 7\n"
	"6 5.1 call v three(o)\n"
	"7 6.1 call v drop(cmd, o, 1)\n"
	"8 7 return\n";

/* switch (cmd) { case 1: case 2: a(); break; case 3: if (sure) b(); else c(); } */
static const char dropper[] =
	"0 10 entry v drop(cmd, o, sure)\n"
	"1 11 test s cmd == 1 -> 4 else 2\n"
	"2 11 test s cmd == 2 -> 4 else 3\n"
	"3 11 test s cmd == 3 -> 5 else 8\n"
	"4 12.1 call v a() -> 8\n"
	"5 13 test s sure != 0 else 7\n"
	"6 13.9 call v b() -> 8\n"
	"7 14.9 call v c()\n"
	"8 15 return\n";

static bool comes_down(const struct parsed *p, const struct ir_function *callee, int by, int to)
{
	const struct way_step steps[] = { { p->f, 7 }, { callee, to } };

	return ir_feasible_down(p->pool, by, steps, 2);
}

static void down_by_a_call(void **state)
{
	struct parsed p = parse(told);
	struct ir_function *callee = ir_parse(p.pool, dropper, NULL);

	(void)state;
	assert_true(comes_down(&p, callee, 4, 4));
	assert_true(comes_down(&p, callee, 5, 4));
	assert_false(comes_down(&p, callee, 6, 4));
	assert_false(comes_down(&p, callee, 4, 6));
	assert_true(comes_down(&p, callee, 6, 6));
	assert_false(comes_down(&p, callee, 6, 7));
	ir_function_free(callee);
	parsed_free(&p);
}

/* The call use(o) of "correlated" may change what o points to. */
static void what_a_call_may_change(void **state)
{
	struct parsed p = parse(correlated);
	const struct way_step put = { p.f, 6 }, unpin = { p.f, 7 };

	(void)state;
	assert_true(ir_feasible_down(p.pool, 2, &put, 1));
	assert_true(ir_feasible_down(p.pool, 2, &unpin, 1));
	parsed_free(&p);
}

/* struct ask ask = { .n = n, .pin = true }; take(&ask, x ? 4 : 6); ask.n = 1; take(&ask, n); */
static const char caller[] =
	"0 1 entry s f(n, x)\n"
	"1 2 set v ask = {}\n"
	"2 2 set v ask.n = n\n"
	"3 2 set v ask.pin = 1\n"
	"4 3 test s x != 0 else 6\n"
	"5 3 set s mode = 4 -> 7\n"
	"6 3 set s mode = 6\n"
	"7 4.1 call s take(&ask, mode)\n"
	"8 5 set s ask.n = 1\n"
	"9 6.1 call s take(&ask, n)\n"
	"10 7 return 0\n";

static const char callee[] =
	"0 1 entry s take(a, flags)\n"
	"1 2 set s both = (flags & 2)\n"
	"2 3 test s both != 0 else 3\n"
	"3 4 return 0\n";

/* "4 6" of what an expression may be; "none" */
static void check_values_by(const struct parsed *p, int by, int node, const char *text,
			    const char *expected)
{
	const struct expr *e = expr_parse_all(p->pool, text);
	g_autoptr(GArray) values = ir_constant_values_by(p->f, by, node, e);
	GString *said = g_string_new(values ? NULL : "none");

	for (guint i = 0; values && i < values->len; i++)
		g_string_append_printf(said, "%s%lld", i ? " " : "", g_array_index(values, long long, i));
	assert_string_equal(said->str, expected);
	g_string_free(said, TRUE);
}

static void check_values(const struct parsed *p, int node, const char *text, const char *expected)
{
	check_values_by(p, -1, node, text, expected);
}

static void constants(void **state)
{
	struct parsed p = parse(caller);

	(void)state;
	check_values(&p, 7, "ask.pin", "1");
	check_values(&p, 7, "ask.other", "0");
	check_values(&p, 7, "ask.n", "none");
	check_values(&p, 7, "mode", "4 6");
	check_values(&p, 7, "(mode & 2)", "0 2");
	check_values(&p, 7, "(mode & 4)", "4");
	check_values(&p, 9, "ask.pin", "none");	/* the first call was given its address */
	check_values(&p, 9, "ask.n", "1");
	check_values(&p, 9, "n", "none");
	parsed_free(&p);
}

/* n = 0; if (x) fill(o); else count(&n); o->any = !!n; start(o); use(o); */
static const char flagged[] =
	"0 1 entry s f(o, x)\n"
	"1 2 set s n = 0\n"
	"2 3 test s x != 0 else 4\n"
	"3 4.1 call v fill(o) p -> 5\n"
	"4 5.1 call v count(&n) p\n"
	"5 6 set u o->any = !!n\n"
	"6 7.1 call v start(o) p\n"
	"7 8.1 call v use(o) p\n"
	"8 9 return 0\n";

static void constants_on_some_paths(void **state)
{
	struct parsed p = parse(flagged);

	(void)state;
	check_values_by(&p, 3, 6, "n", "0");
	check_values_by(&p, 3, 6, "o->any", "0");
	check_values_by(&p, 4, 6, "o->any", "none");
	check_values_by(&p, -1, 6, "o->any", "none");
	check_values_by(&p, 3, 7, "o->any", "none");	/* start() was given the object */
	check_values_by(&p, 3, 4, "n", "none");		/* no path leads there */
	parsed_free(&p);
}

static void a_guard_in_its_caller(void **state)
{
	struct parsed p = parse(caller);
	struct ir_function *inner = ir_parse(p.pool, callee, NULL);
	const struct expr *guard = ir_in_parameters(inner, p.pool, 2, inner->nodes[2].lhs);
	g_autofree char *inside = guard ? expr_print(guard) : NULL;
	const struct expr *above;
	g_autofree char *outside = NULL;

	(void)state;
	assert_string_equal(inside, "(flags & 2)");
	above = ir_in_caller(p.pool, guard, inner, &p.f->nodes[9]);
	outside = expr_print(above);
	assert_string_equal(outside, "(n & 2)");
	assert_ptr_equal(ir_in_parameters(p.f, p.pool, 9, above), above);
	assert_null(ir_in_parameters(p.f, p.pool, 9, expr_parse_all(p.pool, "ask.n")));
	ir_function_free(inner);
	parsed_free(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(branches_on_the_same_value),
		cmocka_unit_test(a_store_between_them),
		cmocka_unit_test(down_by_a_call),
		cmocka_unit_test(what_a_call_may_change),
		cmocka_unit_test(a_warning_that_would_be_due),
		cmocka_unit_test(constants),
		cmocka_unit_test(constants_on_some_paths),
		cmocka_unit_test(a_guard_in_its_caller),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
