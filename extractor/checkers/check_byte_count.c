// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/cfg_edges.h"
#include "checkers/checker_context.h"
#include "checkers/expr_query.h"

/*
 * An acquire of an iterator's pages counts bytes, and tells where in the first page they begin. As
 * many pages are there as the offset and the bytes take up together:
 *
 *	bytes = iov_iter_get_pages(iter, pages, size, max, &offset);
 *	n = DIV_ROUND_UP(bytes, PAGE_SIZE);		should be: offset + bytes
 *	release(pages, n);				the last page may be left
 */

/* The least size of a page, and the power of two that it is. */
#define PAGE_SIZE_MIN 4096
#define PAGE_SHIFT_MIN 12

/* A number that the compiler works out, "1 << 12"; 0: it is none. */
static long long constant(const struct expr *e)
{
	if (e->op == EXPR_NUMBER)
		return e->number;
	return e->op == EXPR_SHL && e->a->op == EXPR_NUMBER && e->b->op == EXPR_NUMBER &&
	       e->b->number >= 0 && e->b->number < 32 ? e->a->number << e->b->number : 0;
}

/* The dividend of "(bytes + PAGE_SIZE - 1) / PAGE_SIZE" and "... >> PAGE_SHIFT"; NULL: neither. */
static const struct expr *divided_by_page(const struct expr *e)
{
	if ((e->op == EXPR_DIV && constant(e->b) >= PAGE_SIZE_MIN) ||
	    (e->op == EXPR_SHR && constant(e->b) >= PAGE_SHIFT_MIN))
		return e->a;
	return NULL;
}

/* The sum is of that number and of constants: rounded up. */
static bool is_rounded(const struct expr *sum, const struct expr *number, bool *more)
{
	if (sum->op == EXPR_ADD || sum->op == EXPR_SUB)
		return is_rounded(sum->a, number, more) && is_rounded(sum->b, number, more);
	*more |= sum != number;
	return sum == number || constant(sum);
}

/* The whole pages that so many bytes take up are worked out in it. */
static bool counts_pages(const struct expr *e, const struct expr *bytes)
{
	const struct expr *sum = e ? divided_by_page(e) : NULL;
	bool more = false;

	if (!e)
		return false;
	if (sum && expr_contains(sum, bytes) && is_rounded(sum, bytes, &more) && more)
		return true;
	return counts_pages(e->a, bytes) || counts_pages(e->b, bytes);
}

static bool node_mentions(const struct ir_node *node, const struct expr *e)
{
	bool any = (node->rhs && expr_contains(node->rhs, e)) ||
		   (node->kind == IR_TEST && expr_contains(node->lhs, e));

	for (int i = 0; node->kind == IR_CALL && i < node->arg_count; i++)
		any |= expr_contains(node->args[i], e);
	return any;
}

/* The variable where the acquire puts how far into the first page the bytes begin, or NULL. */
static const struct expr *offset_of(const struct function *function, int acquire)
{
	const struct ir_node *call = function_node(function, acquire);
	const struct expr *last = node_argument(call, call->arg_count - 1);

	if (!last || last->unknown || last == function_pages(function, acquire))
		return NULL;
	return last->op == EXPR_ADDRESS && expr_is_name(last->a) ? last->a : NULL;
}

/* The only variable that the result goes into, or NULL. */
static const struct expr *bytes_of(const struct function *function, int acquire)
{
	const struct expr *name = NULL;

	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *node = function_node(function, i);

		if (node->kind != IR_SET || expr_result_node(node->rhs) != acquire)
			continue;
		if (name || !expr_is_name(node->lhs) || node->op != IR_OP_ASSIGN)
			return NULL;
		name = node->lhs;
	}
	return name;
}

/*
 * The offset is used, so that it is not always 0; and nowhere together with the bytes, nor asked
 * for.
 */
static bool is_left_out(const struct function *function, int acquire, const struct expr *offset,
			const struct expr *bytes)
{
	bool used = false;

	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *node = function_node(function, i);

		if (i == acquire || !node_mentions(node, offset))
			continue;
		if (node->kind == IR_TEST ||
		    (node->kind == IR_SET && (node->lhs == bytes || node_mentions(node, bytes))))
			return false;
		used = true;
	}
	return used;
}

static void look(struct checker_context *context, const struct function *function, int acquire)
{
	const struct call_info *call = function->calls[acquire];
	const struct expr *offset, *bytes;

	if (call->family != FAMILY_ITER && call->family != FAMILY_EXTRACT)
		return;
	offset = offset_of(function, acquire);
	bytes = bytes_of(function, acquire);
	if (!offset || !bytes || !is_left_out(function, acquire, offset, bytes))
		return;
	for (int i = 0; i < function->ir->count; i++) {
		const struct ir_node *node = function_node(function, i);
		struct finding_row row = {
			.kind = unreleased_kind.word, .detail = "", .call = call,
			.file = function->info->file, .line = node->line,
		};

		if (node->kind != IR_SET || !counts_pages(node->rhs, bytes) ||
		    !ir_reaches(function->ir, acquire, i, -1))
			continue;
		row.message = reason_new(REASON_OFFSET_LEFT_OUT, "sds", call->callee,
					 function_node(function, acquire)->line, offset->name);
		finding_add(context->found, row);
		return;
	}
}

static void run(struct checker_context *context)
{
	check_acquires(context, look);
}

const struct checker check_byte_count = { .kind = &unreleased_kind, .run = run };
