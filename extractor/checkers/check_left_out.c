// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/cfg_edges.h"
#include "cfg/dominators.h"
#include "checkers/checker_context.h"
#include "checkers/expr_query.h"
#include "checkers/node_order.h"
#include "link/page_source.h"

/*
 * A release leaves out the first or the last entry that the acquire has filled, whatever the path,
 * and nothing has to do with that entry by itself.
 *
 *	n = get_user_pages(addr, wanted, flags, pages);
 *	if (n < wanted) {
 *		while (--n > 0)			pages[0] is lost
 *			put_page(pages[n]);
 *
 * The numbers of a loop are read off its own statements: where its counter starts, and the test
 * that comes before the release. Blind spots: a part of an array that begins or ends at a name.
 */

/**
 * struct left_out - an entry that a release does not come to
 * @function, @release: which
 * @array: of the entries, as the function has it
 * @counted: of the last one: how many there are; NULL: the first one
 */
struct left_out {
	const struct function *function;
	int release;
	const struct expr *array;
	const struct expr *counted;
};

/* -- what the loop leaves out -- */

/* array[i] in what a release is given: pages[i], pfn_to_page(list->pfns[i]); or NULL. */
static const struct expr *entry_in(const struct function *function, const struct expr *e)
{
	const struct expr *found = NULL;

	if (!e)
		return NULL;
	if (e->op == EXPR_INDEX && expr_is_name(e->b) && !e->unknown)
		return e;
	if (e->op == EXPR_RESULT && function_has_role(function, e->number, ROLE_CARRY))
		return entry_in(function, node_argument(function_node(function, e->number), 0));
	found = entry_in(function, e->a);
	return found ? found : entry_in(function, e->b);
}

/* The same, where the round has set a variable to it. */
static const struct expr *entry_of_round(const struct function *function, int head, int release)
{
	const struct expr *pages = function_pages(function, release);

	for (int i = release - 1; expr_is_name(pages) && i > head; i--)
		if (node_sets(function_node(function, i), pages))
			return entry_in(function, function_node(function, i)->rhs);
	return entry_in(function, pages);
}

/* The one node of the loop that sets the counter, by one; -1: there are more, or others. */
static int step_of(const struct function *function, int head, const struct expr *counter)
{
	int step = -1;

	for (int i = head + 1; i < function_node(function, head)->no; i++) {
		const struct ir_node *node = function_node(function, i);

		if (!node_sets(node, counter))
			continue;
		if (step >= 0 || !expr_is_number(node->rhs, 1))
			return -1;
		step = i;
	}
	return step;
}

/* Right before the loop, the counter is set to a number that is not 0. */
static bool starts_late(const struct function *function, int head, const struct expr *counter)
{
	for (int i = head - 1; i > 0 && function_node(function, i)->kind == IR_SET; i--) {
		const struct ir_node *node = function_node(function, i);

		if (node->lhs == counter)
			return node->op == IR_OP_ASSIGN && node->rhs->op == EXPR_NUMBER &&
			       node->rhs->number > 0;
	}
	return false;
}

/* The test lets the release be come to, with the counter as it is there. */
static bool holds_at(const struct function *function, int test, int step, int release)
{
	return (step < test || step > release) &&
	       ir_deciding_outcome(function->ir, test, release) == 1;
}

/* "i > 0" or "i != 0" at a release of entry i: the rounds end before the first one. */
static bool ends_before_first(const struct function *function, int head, int step, int release,
			      const struct expr *counter)
{
	for (int i = head + 1; i < release; i++) {
		const struct ir_node *test = function_node(function, i);

		if (test->kind == IR_TEST && test->lhs == counter &&
		    (test->op == IR_OP_GT || test->op == IR_OP_NE) &&
		    expr_is_number(test->rhs, 0) && holds_at(function, i, step, release))
			return true;
	}
	return false;
}

/* n of "i < n - 1" at a release of entry i. */
static const struct expr *ends_before_last(const struct function *function, int head, int step,
					   int release, const struct expr *counter)
{
	for (int i = head + 1; i < release; i++) {
		const struct ir_node *test = function_node(function, i);

		if (test->kind == IR_TEST && test->lhs == counter && test->op == IR_OP_LT &&
		    test->rhs->op == EXPR_SUB && expr_is_number(test->rhs->b, 1) &&
		    holds_at(function, i, step, release))
			return test->rhs->a;
	}
	return NULL;
}

static bool left_by_loop(struct left_out *left)
{
	const struct function *function = left->function;
	int head = ir_loop_around(function->ir, left->release), step;
	const struct expr *entry = head < 0 ? NULL :
		entry_of_round(function, head, left->release);

	step = entry ? step_of(function, head, entry->b) : -1;
	if (step < 0)
		return false;
	left->array = entry->a;
	if (function_node(function, step)->op == IR_OP_SUB_ASSIGN)
		return ends_before_first(function, head, step, left->release, entry->b);
	if (function_node(function, step)->op != IR_OP_ADD_ASSIGN)
		return false;
	if (starts_late(function, head, entry->b))
		return true;
	left->counted = ends_before_last(function, head, step, left->release, entry->b);
	return left->counted && !left->counted->unknown;
}

/* unpin_user_pages(pages, n - 1) */
static bool left_by_call(struct expr_pool *pool, struct left_out *left)
{
	const struct expr *pages = function_pages(left->function, left->release);
	const struct expr *count = function_count(left->function, left->release);

	if (!pages || pages->unknown || !count || count->op != EXPR_SUB ||
	    !expr_is_number(count->b, 1) || !expr_is_number(expr_offset(pool, pages), 0))
		return false;
	left->array = expr_base(pages);
	left->counted = count->a;
	return !left->counted->unknown;
}

/* -- nothing else has to do with the entry -- */

static bool is_same_array(const struct expr *e, const struct expr *array)
{
	return e == array || (expr_is_member(e) && expr_is_member(array) && e->name == array->name);
}

/* An entry by a number, by "n - 1", or by the array's own address: *pages. */
static bool names_entry(const struct expr *e, const struct expr *array)
{
	if (!e)
		return false;
	if ((e->op == EXPR_INDEX || e->op == EXPR_ADD) && is_same_array(e->a, array) &&
	    !expr_is_name(e->b))
		return true;
	return (e->op == EXPR_DEREF && is_same_array(e->a, array)) || names_entry(e->a, array) ||
	       names_entry(e->b, array);
}

static bool node_names_entry(const struct ir_node *node, const struct expr *array)
{
	for (int i = 0; i < node->arg_count; i++)
		if (names_entry(node->args[i], array))
			return true;
	return names_entry(node->lhs, array) || names_entry(node->rhs, array);
}

/* Another release of the array may come on the same path. */
static bool is_released_beside(const struct left_out *left, int other)
{
	const struct function *function = left->function;
	const struct expr *pages = function_releases(function, other) ?
		function_pages(function, other) : NULL;
	int head = ir_loop_around(function->ir, other);
	const struct expr *entry = pages && head >= 0 ?
		entry_of_round(function, head, other) : NULL;

	if (other == left->release || !pages ||
	    !is_same_array(entry ? entry->a : expr_base(pages), left->array))
		return false;
	return ir_reaches(function->ir, other, left->release, -1) ||
	       ir_reaches(function->ir, left->release, other, -1);
}

static bool is_handled(const struct left_out *left, const struct function *acquiring,
		       const struct expr *filled)
{
	for (int i = 0; i < left->function->ir->count; i++)
		if (node_names_entry(function_node(left->function, i), left->array) ||
		    is_released_beside(left, i))
			return true;
	for (int i = 0; i < acquiring->ir->count; i++)
		if (node_names_entry(function_node(acquiring, i), filled))
			return true;
	return false;
}

/* -- the acquire has filled it -- */

/* From its first entry on: pages, &pages[i] with i from 0. */
static bool fills_first(struct expr_pool *pool, const struct function *function, int acquire)
{
	const struct expr *pages = function_pages(function, acquire);
	const struct expr *index = pages ? expr_offset(pool, pages) : NULL;

	if (!index || pages->unknown || !expr_is_name(index))
		return expr_is_number(index, 0);
	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *node = function_node(function, i);

		if (node_sets(node, index) && node->op == IR_OP_ASSIGN &&
		    !expr_is_number(node->rhs, 0))
			return false;
	}
	return function_is_local(function, index);
}

/* A round counts up before it acquires: there is one entry less, where that fails. */
static bool counts_before(const struct function *function, int acquire, const struct expr *number)
{
	int head = ir_loop_around(function->ir, acquire);

	for (int i = 0; i < function->ir->count; i++)
		if (node_sets(function_node(function, i), number) &&
		    function_node(function, i)->op != IR_OP_ASSIGN &&
		    ir_leads(function->ir, i, acquire, head, IR_EDGES_CONTROL))
			return true;
	return false;
}

/* The number is what was requested or given; in another function, what that was told. */
static bool is_their_number(const struct left_out *left, const struct function *acquiring,
			    int acquire)
{
	const struct expr *number = left->counted;
	bool given = function_count(acquiring, acquire) == number;

	if (acquiring != left->function)
		return expr_is_member(number) || function_param_of(left->function, number) >= 0;
	for (int i = 0; i < acquiring->ir->count; i++)
		given |= node_sets(function_node(acquiring, i), number) &&
			 expr_result_node(function_node(acquiring, i)->rhs) == acquire;
	return given || (expr_is_member(number) && !counts_before(acquiring, acquire, number));
}

static bool is_lost(struct checker_context *context, const struct left_out *left,
		    const struct call_info *acquire)
{
	struct expr_pool *pool = context->program->pool;
	int node;
	const struct function *acquiring = program_caller(context->program, acquire, &node);
	const struct expr *pages = acquiring ? function_pages(acquiring, node) : NULL;

	if (!pages || is_handled(left, acquiring, expr_base(pages)))
		return false;
	return left->counted ? is_their_number(left, acquiring, node)
			     : fills_first(pool, acquiring, node);
}

static void report(struct checker_context *context, const struct left_out *left,
		   const struct call_info *acquire)
{
	const struct function *function = left->function;
	const struct call_info *release = function->calls[left->release];
	struct finding_row row = {
		.kind = check_left_out.kind->word, .detail = "", .call = acquire,
		.file = function->info->file, .line = function_node(function, left->release)->line,
	};

	row.message = reason_new(left->counted ? REASON_LAST_LEFT_OUT : REASON_FIRST_LEFT_OUT,
				 "sds", acquire->callee, acquire->line, release->callee);
	finding_add(context->found, row);
}

static void look(struct checker_context *context, const struct function *function, int node)
{
	struct left_out left = { .function = function, .release = node };

	if (!left_by_loop(&left) && !left_by_call(context->program->pool, &left))
		return;
	for (guint i = 0; i < context->feeds->len; i++) {
		const struct page_source *feed = context->feeds->pdata[i];

		if (feed->kind == FEED_ACQUIRE &&
		    program_paired(context->program, feed->call->id, function->calls[node]->id) &&
		    is_lost(context, &left, feed->call)) {
			report(context, &left, feed->call);
			return;
		}
	}
}

static void run(struct checker_context *context)
{
	check_releases(context, false, look);
}

const struct checker check_left_out = { .kind = &unreleased_kind, .run = run };
