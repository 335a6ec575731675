// SPDX-License-Identifier: GPL-2.0-only
/* The analyses of room cfg, over graphs that are written as text: docs/ir.md. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "cfg/cfg_load.h"
#include "cfg/live_vars.h"
#include "cfg/natural_loops.h"
#include "cfg/reaching_defs.h"

/* if (n) x = 1; else x = 2; return x; */
static const char diamond[] =
	"0 1 entry s f(n)\n"
	"1 2 test s n != 0 else 3\n"
	"2 3 set s x = 1 -> 4\n"
	"3 5 set s x = 2\n"
	"4 6 return x\n";

/* for (i = 0; i < n; i++) for (j = 0; j < i; j++) s += j; return s; */
static const char nested[] =
	"0 1 entry s f(n)\n"
	"1 2 set s i = 0\n"
	"2 2 loop else 11\n"
	"3 2 test s i < n else 11\n"
	"4 3 set s j = 0\n"
	"5 3 loop else 9\n"
	"6 3 test s j < i else 9\n"
	"7 4 set s s += j\n"
	"8 3 set s j += 1 -> 5\n"
	"9 3 join\n"
	"10 2 set s i += 1 -> 2\n"
	"11 2 join\n"
	"12 5 return s\n";

/* if (n) goto b; a: x = 1; b: y = x; if (y) goto a; return y; */
static const char irreducible[] =
	"0 1 entry s f(n)\n"
	"1 2 test s n != 0 -> 3 else 2\n"
	"2 3 set s x = 1\n"
	"3 4 join\n"
	"4 4 set s y = x\n"
	"5 5 test s y != 0 -> 2 else 6\n"
	"6 6 return y\n";

/* return 0; x = 1; return x; and a loop that nothing leads to */
static const char unreachable[] =
	"0 1 entry s f()\n"
	"1 2 return 0\n"
	"2 3 set s x = 1\n"
	"3 4 return x\n"
	"4 5 join\n"
	"5 6 set s x = 2 -> 4\n";

/* for (;;) g(); */
static const char endless[] =
	"0 1 entry v f()\n"
	"1 2 loop else 3\n"
	"2 3.1 call v g() -> 1\n"
	"3 2 join\n"
	"4 4 return\n";

static const char one_node[] = "0 1 entry v f() -> -\n";

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

/* "0-1 2 3 4": first and last node of each block */
static void check_blocks(const char *text, const char *expected)
{
	struct parsed p = parse(text);
	g_autofree int *of = g_new(int, p.f->count + 1);
	g_autoptr(GArray) blocks = ir_blocks(p.f, of);
	GString *said = g_string_new(NULL);

	for (guint i = 0; i < blocks->len; i++) {
		const struct ir_block *block = &g_array_index(blocks, struct ir_block, i);

		g_string_append_printf(said, "%s%d-%d", i ? " " : "", block->first, block->last);
		assert_int_equal(of[block->first], i);
		assert_int_equal(of[block->last], i);
	}
	assert_string_equal(said->str, expected);
	g_string_free(said, TRUE);
	parsed_free(&p);
}

static void blocks(void **state)
{
	(void)state;
	check_blocks(diamond, "0-1 2-2 3-3 4-4");
	check_blocks(nested, "0-1 2-3 4-4 5-6 7-8 9-10 11-12");
	check_blocks(irreducible, "0-1 2-2 3-5 6-6");
	check_blocks(unreachable, "0-1 2-3 4-5");
	check_blocks(endless, "0-0 1-2 3-4");
	check_blocks(one_node, "0-0");
	check_blocks("", "");
}

static void predecessors(void **state)
{
	struct parsed p = parse(nested);
	struct ir_preds *control = ir_preds_new(p.f, IR_EDGES_CONTROL);
	struct ir_preds *pass_by = ir_preds_new(p.f, IR_EDGES_PASS_BY);

	(void)state;
	assert_int_equal(control->first[1] - control->first[0], 0);
	assert_int_equal(control->first[3] - control->first[2], 2);
	assert_int_equal(control->list[control->first[2]], 1);
	assert_int_equal(control->list[control->first[2] + 1], 10);
	/* the head of a loop leads behind it only where loops may be passed by */
	assert_int_equal(control->first[12] - control->first[11], 1);
	assert_int_equal(pass_by->first[12] - pass_by->first[11], 2);
	ir_preds_free(control);
	ir_preds_free(pass_by);
	parsed_free(&p);
}

static void paths(void **state)
{
	struct parsed p = parse(diamond);

	(void)state;
	assert_true(ir_leads(p.f, 0, 4, -1, IR_EDGES_CONTROL));
	assert_true(ir_leads(p.f, 1, 4, 2, IR_EDGES_CONTROL));
	assert_false(ir_leads(p.f, 2, 3, -1, IR_EDGES_CONTROL));
	assert_false(ir_leads(p.f, 2, 2, -1, IR_EDGES_CONTROL));
	assert_true(ir_reaches(p.f, 2, 2, -1));
	assert_false(ir_reaches(p.f, -1, 2, -1));
	assert_false(ir_reaches(p.f, 0, 2, 1 * 2 + 1));
	assert_true(ir_is_straight(p.f, 2, 4));
	assert_false(ir_is_straight(p.f, 0, 4));
	assert_int_equal(ir_deciding_outcome(p.f, 1, 2), 1);
	assert_int_equal(ir_deciding_outcome(p.f, 1, 3), 0);
	assert_int_equal(ir_deciding_outcome(p.f, 1, 4), -1);
	parsed_free(&p);
	p = parse(endless);
	assert_true(ir_leads(p.f, 2, 2, -1, IR_EDGES_CONTROL));
	assert_false(ir_leads(p.f, 0, 4, -1, IR_EDGES_CONTROL));
	assert_true(ir_leads(p.f, 0, 4, -1, IR_EDGES_PASS_BY));
	assert_false(ir_is_straight(p.f, 2, 4));
	parsed_free(&p);
}

/* "0 0 1": immediate dominator of each node, "-" for none; "x": the virtual exit */
static void check_tree(const char *text, bool post, const char *expected)
{
	struct parsed p = parse(text);
	struct ir_dominators *dom = post ? ir_postdominators_new(p.f) : ir_dominators_new(p.f);
	GString *said = g_string_new(NULL);

	for (int i = 0; i < p.f->count; i++) {
		int at = dom->immediate[i];

		if (at < 0 || at == p.f->count)
			g_string_append_printf(said, "%s%c", i ? " " : "", at < 0 ? '-' : 'x');
		else
			g_string_append_printf(said, "%s%d", i ? " " : "", at);
	}
	assert_string_equal(said->str, expected);
	g_string_free(said, TRUE);
	ir_dominators_free(dom);
	parsed_free(&p);
}

static void dominators(void **state)
{
	(void)state;
	check_tree(diamond, false, "0 0 1 1 1");
	check_tree(nested, false, "0 0 1 2 3 4 5 6 7 6 9 3 11");
	check_tree(irreducible, false, "0 0 1 1 3 4 5");
	check_tree(unreachable, false, "0 0 - - - -");
	check_tree(endless, false, "0 0 1 - -");
	check_tree(one_node, false, "0");
	check_tree("", false, "");
}

static void postdominators(void **state)
{
	(void)state;
	check_tree(diamond, true, "1 4 4 4 x");
	check_tree(nested, true, "1 2 3 11 5 6 9 8 5 10 2 12 x");
	check_tree(irreducible, true, "1 3 3 4 5 6 x");
	check_tree(unreachable, true, "1 x 3 x - -");
	check_tree(endless, true, "- - - 4 x");
	check_tree(one_node, true, "x");
	check_tree("", true, "");
}

static void domination(void **state)
{
	struct parsed p = parse(nested);
	struct ir_dominators *dom = ir_dominators_new(p.f);

	(void)state;
	assert_true(ir_dominates(dom, 2, 10));
	assert_true(ir_dominates(dom, 7, 7));
	assert_false(ir_dominates(dom, 7, 9));
	assert_false(ir_dominates(dom, 10, 2));
	ir_dominators_free(dom);
	parsed_free(&p);
	p = parse(unreachable);
	dom = ir_dominators_new(p.f);
	assert_false(ir_dominates(dom, 0, 2));
	assert_false(ir_dominates(dom, 2, 2));
	ir_dominators_free(dom);
	parsed_free(&p);
}

/* "2:9(-1) 5:4(0)": head, nodes, loop around it */
static void check_loops(const char *text, const char *expected, const char *innermost,
			bool irreducible_too)
{
	struct parsed p = parse(text);
	struct ir_dominators *dom = ir_dominators_new(p.f);
	struct ir_loops *loops = ir_loops_new(p.f, dom);
	GString *said = g_string_new(NULL), *inner = g_string_new(NULL);

	for (guint i = 0; i < loops->list->len; i++) {
		const struct ir_loop *loop = &g_array_index(loops->list, struct ir_loop, i);

		g_string_append_printf(said, "%s%d:%d(%d)", i ? " " : "", loop->head, loop->count,
				       loop->parent);
		assert_int_equal(loop->depth, loop->parent < 0 ? 1 : 2);
	}
	for (int i = 0; i < p.f->count; i++)
		g_string_append_c(inner, loops->innermost[i] < 0 ? '-' : '0' + loops->innermost[i]);
	assert_string_equal(said->str, expected);
	assert_string_equal(inner->str, innermost);
	assert_int_equal(loops->irreducible, irreducible_too);
	g_string_free(said, TRUE);
	g_string_free(inner, TRUE);
	ir_loops_free(loops);
	ir_dominators_free(dom);
	parsed_free(&p);
}

static void loops(void **state)
{
	(void)state;
	check_loops(diamond, "", "-----", false);
	check_loops(nested, "2:9(-1) 5:4(0)", "--000111100--", false);
	check_loops(irreducible, "", "-------", true);
	check_loops(unreachable, "", "------", false);
	check_loops(endless, "1:2(-1)", "-00--", false);
	check_loops(one_node, "", "-", false);
	check_loops("", "", "", false);
	/* do { if (n) continue; x = 1; } while (y); as gotos: two edges back to one head */
	check_loops("0 1 entry v f(n)\n1 2 join\n2 2 test s n != 0 -> 1 else 3\n3 3 set s x = 1\n"
		    "4 4 test s y != 0 -> 1 else 5\n5 5 return\n", "1:4(-1)", "-0000-", false);
}

static void loops_of_the_text(void **state)
{
	struct parsed p = parse(nested);

	(void)state;
	assert_int_equal(ir_loop_around(p.f, 7), 5);
	assert_int_equal(ir_loop_around(p.f, 10), 2);
	assert_int_equal(ir_loop_around(p.f, 5), 2);
	assert_int_equal(ir_loop_around(p.f, 2), -1);
	assert_int_equal(ir_loop_around(p.f, 12), -1);
	parsed_free(&p);
}

/* "n x": the names that are live before the node, of those that are given */
static void check_live(struct parsed *p, int node, const char *names, const char *expected)
{
	struct ir_live *live = ir_live_new(p->f);
	g_auto(GStrv) list = g_strsplit(names, " ", -1);
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	g_autofree char *text = NULL;

	for (int i = 0; list[i]; i++)
		if (ir_live_before(live, node, expr_parse_all(p->pool, list[i])))
			g_ptr_array_add(found, list[i]);
	g_ptr_array_add(found, NULL);
	text = g_strjoinv(" ", (char **)found->pdata);
	assert_string_equal(text, expected);
	ir_live_free(live);
}

static void liveness(void **state)
{
	struct parsed p = parse(diamond);

	(void)state;
	check_live(&p, 0, "n x", "n");
	check_live(&p, 2, "n x", "");
	check_live(&p, 4, "n x", "x");
	parsed_free(&p);
	p = parse(nested);
	check_live(&p, 0, "n i j s", "n s");
	check_live(&p, 4, "n i j s", "n i s");
	check_live(&p, 7, "n i j s", "n i j s");
	check_live(&p, 12, "n i j s", "s");
	parsed_free(&p);
	p = parse(irreducible);
	check_live(&p, 1, "n x y", "n x");
	check_live(&p, 5, "n x y", "y");
	parsed_free(&p);
	p = parse(unreachable);
	check_live(&p, 1, "x", "");
	check_live(&p, 3, "x", "x");
	parsed_free(&p);
	p = parse(one_node);
	check_live(&p, 0, "x", "");
	parsed_free(&p);
	p = parse("");
	ir_live_free(ir_live_new(p.f));
	parsed_free(&p);
}

static void liveness_of_parts(void **state)
{
	struct parsed p = parse("0 1 entry v f(p, q, i)\n"
				"1 2 set v range decl\n"
				"2 3 set s range.first = i\n"
				"3 4 set s p->pages[i] = 0\n"
				"4 5.1 call s g(&range, *q)\n"
				"5 5 test s @4 < ::limit else 7\n"
				"6 6.1 call v *ops->put(@4)\n"
				"7 7 return\n");

	(void)state;
	check_live(&p, 0, "range p q i ops ::limit", "p q i ops ::limit");
	check_live(&p, 2, "range p q i", "range p q i");
	check_live(&p, 4, "range p q i @4", "range q");
	check_live(&p, 5, "@4 range ops", "@4 ops");
	check_live(&p, 7, "@4 ops ::limit", "");
	parsed_free(&p);
}

/* "2 3": the definitions of x that reach the node */
static void check_defs(const char *text, int node, const char *name, enum ir_edges edges,
		       const char *expected)
{
	struct parsed p = parse(text);
	g_autoptr(GArray) defs = ir_reaching_defs(p.f, node, expr_parse_all(p.pool, name),
						  edges);
	GString *said = g_string_new(NULL);

	for (guint i = 0; i < defs->len; i++)
		g_string_append_printf(said, "%s%d", i ? " " : "", g_array_index(defs, int, i));
	assert_string_equal(said->str, expected);
	g_string_free(said, TRUE);
	parsed_free(&p);
}

static void reaching_definitions(void **state)
{
	(void)state;
	check_defs(diamond, 4, "x", IR_EDGES_CONTROL, "2 3");
	check_defs(diamond, 3, "x", IR_EDGES_CONTROL, "");
	check_defs(nested, 6, "j", IR_EDGES_CONTROL, "4 8");
	check_defs(nested, 4, "j", IR_EDGES_CONTROL, "4 8");
	check_defs(nested, 12, "i", IR_EDGES_CONTROL, "1 10");
	check_defs(nested, 7, "s", IR_EDGES_CONTROL, "7");
	check_defs(irreducible, 4, "x", IR_EDGES_CONTROL, "2");
	check_defs(irreducible, 2, "y", IR_EDGES_CONTROL, "4");
	check_defs(unreachable, 1, "x", IR_EDGES_CONTROL, "");
	check_defs(unreachable, 3, "x", IR_EDGES_CONTROL, "2");
	check_defs(one_node, 0, "x", IR_EDGES_CONTROL, "");
}

/* A call that is given the address may define the page; a declaration or another name does not. */
static void definitions_by_calls(void **state)
{
	static const char text[] =
		"0 1 entry v f(a)\n"
		"1 2 set p page decl\n"
		"2 3 set p page = 0\n"
		"3 4.1 call s get_user_pages_fast(a, 1, 0, &page)\n"
		"4 5.1 call v g((&page + 1), page_count)\n"
		"5 6.1 call v g(page, &pages[page])\n"
		"6 7 set p page += 1\n"
		"7 8 set v page.flags = 0\n"
		"8 9 return\n";

	(void)state;
	check_defs(text, 2, "page", IR_EDGES_CONTROL, "");
	check_defs(text, 6, "page", IR_EDGES_CONTROL, "2 3 4");
	check_defs(text, 8, "page", IR_EDGES_CONTROL, "6");
}

/* x = 0; do { x = 1; } while (n); return x; as if the body could be passed by, x may be 0. */
static void definitions_past_a_loop(void **state)
{
	static const char text[] =
		"0 1 entry s f(n)\n"
		"1 2 set s x = 0\n"
		"2 3 loop else 5\n"
		"3 3 set s x = 1\n"
		"4 3 test s n != 0 -> 2 else 5\n"
		"5 3 join\n"
		"6 4 return x\n";

	(void)state;
	check_defs(text, 6, "x", IR_EDGES_CONTROL, "3");
	check_defs(text, 6, "x", IR_EDGES_PASS_BY, "1 3");
}

static void a_set_of_functions(void **state)
{
	struct cfg *cfg = cfg_new();
	struct ir_function *f = ir_parse(cfg->pool, endless, NULL);

	(void)state;
	f->id = 7;
	f->nodes[2].call = 12;
	cfg_add(cfg, f);
	assert_ptr_equal(cfg_function(cfg, 7), f);
	assert_null(cfg_function(cfg, 8));
	assert_int_equal(cfg_call_node(f, 12), 2);
	assert_int_equal(cfg_call_node(f, 13), -1);
	assert_int_equal(cfg_call_node(f, 0), -1);
	cfg_free(cfg);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks),
		cmocka_unit_test(predecessors),
		cmocka_unit_test(paths),
		cmocka_unit_test(dominators),
		cmocka_unit_test(postdominators),
		cmocka_unit_test(domination),
		cmocka_unit_test(loops),
		cmocka_unit_test(loops_of_the_text),
		cmocka_unit_test(liveness),
		cmocka_unit_test(liveness_of_parts),
		cmocka_unit_test(reaching_definitions),
		cmocka_unit_test(definitions_by_calls),
		cmocka_unit_test(definitions_past_a_loop),
		cmocka_unit_test(a_set_of_functions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
