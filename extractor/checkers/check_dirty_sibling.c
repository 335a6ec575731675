// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/dominators.h"
#include "checkers/checker_context.h"
#include "checkers/gup_flags.h"
#include "checkers/never_dirty.h"
#include "link/page_source.h"

/*
 * Belief inference (Engler et al.) for dirty clean: a helper acquires pages for several
 * functions, which choose whether it is for writing. One that does dirties them before it
 * releases them; another one does not.
 *
 *	pages = lock(addr, n, true);		pages = lock(addr, n, true);
 *	ret = command(device, pages);		ret = command(device, pages);
 *	set_page_dirty_lock(pages[i]);
 *	unlock(pages, n);			unlock(pages, n);
 *
 * Only where the function has released them on every path, so that nobody else can dirty them.
 */

/* How many calls down something that dirties is looked for. */
#define DIRTY_DEPTH 2

/* The parameter of the helper that says whether the pages are for writing. */
struct choice {
	int param;
	bool truth;	/* anything but 0 is FOLL_WRITE, and no flags */
};

static bool names(const struct expr *e, const struct expr *name)
{
	return e && expr_contains(e, name);
}

/* "write ? FOLL_WRITE : 0", or the flags themselves; param -1: there is none. */
static struct choice choice_of(const struct function *helper, int call)
{
	const struct ir_function *ir = helper->ir;
	int index = helper->args[call].flags;
	const struct expr *flags = node_argument(&ir->nodes[call], index);
	struct choice choice = { gup_flags_param(helper, call, index), false };

	for (int i = 0; choice.param < 0 && i < call; i++) {
		const struct ir_node *test = &ir->nodes[i];

		if (test->kind != IR_TEST || test->op != IR_OP_NE || test->lhs->op != EXPR_LOCAL ||
		    test->rhs->op != EXPR_NUMBER || test->rhs->number)
			continue;
		for (int j = i + 1; j < call; j++) {
			const struct ir_node *set = &ir->nodes[j];

			if (set->kind == IR_SET && set->rhs && set->rhs->op == EXPR_NUMBER &&
			    set->rhs->number & GUP_WRITE && names(flags, set->lhs) &&
			    ir_deciding_outcome(ir, i, j) == 1)
				choice = (struct choice){ function_param_of(helper, test->lhs),
							  true };
		}
	}
	return choice;
}

/* 1: the walk's call chooses to write, 0: it does not, -1: not known. */
static int writes(const struct checker_context *context, const struct acquire_walk *walk)
{
	const struct path_query *query = &walk->result->query;
	const struct function *helper;
	const struct expr *given;
	struct choice choice;
	int call;

	helper = program_caller(context->program, query->acquire, &call);
	if (!helper || helper != walk->through)
		return -1;
	choice = choice_of(helper, call);
	given = choice.param < 0 ? NULL :
		node_argument(function_node(query->function, query->start), choice.param);
	if (!given || given->op != EXPR_NUMBER)
		return -1;
	return choice.truth ? given->number != 0 : (given->number & GUP_WRITE) != 0;
}

static bool dirties(const struct program *program, const struct function *function, int depth)
{
	for (int i = 0; i < function->ir->count; i++) {
		const struct function *callee = depth ? function->callees[i] : NULL;

		if (call_may_dirty(program, function, i) ||
		    (callee && callee != function && dirties(program, callee, depth - 1)))
			return true;
	}
	return false;
}

/* It dirties these pages, by a call of its own. */
static bool dirties_these(const struct checker_context *context, const struct acquire_walk *walk)
{
	const struct path_query *query = &walk->result->query;
	const struct page_source *source = check_source_of(context, query->acquire);

	for (int i = 0; source && i < query->function->ir->count; i++)
		if (call_may_dirty(context->program, query->function, i) &&
		    reach_has(source->reach, query->function->calls[i]->node))
			return true;
	return false;
}

/* A release that ends each path which has had the pages, or NULL. */
static const struct path_event *release_of(const struct path_result *result)
{
	const struct path_event *release = NULL;

	for (guint i = 0; i < result->events->len; i++) {
		const struct path_event *event = &g_array_index(result->events, struct path_event,
								i);

		if (event->kind != EVENT_EXIT || event->ownership == OWNERSHIP_NONE)
			continue;
		if (event->ownership != OWNERSHIP_RELEASED)
			return NULL;
		if (!release || event->other > release->other)
			release = event;
	}
	return release;
}

/* All walks with pages that helpers have acquired. */
static GPtrArray *walks_through(struct checker_context *context)
{
	GPtrArray *through = g_ptr_array_new();

	for (guint f = 0; f < context->program->functions->len; f++) {
		const GPtrArray *walks = acquire_walks(context->summaries,
						       context->program->functions->pdata[f]);

		for (guint i = 0; i < walks->len; i++) {
			struct acquire_walk *walk = walks->pdata[i];

			if (walk->through)
				g_ptr_array_add(through, walk);
		}
	}
	return through;
}

/* Of the others with the same helper: one chooses to write and dirties, one does not choose. */
static bool is_odd(const struct checker_context *context, const GPtrArray *walks,
		   const struct acquire_walk *walk, const struct acquire_walk **dirtier)
{
	bool reads = false;

	*dirtier = NULL;
	for (guint i = 0; i < walks->len; i++) {
		const struct acquire_walk *other = walks->pdata[i];

		if (other->through != walk->through ||
		    other->result->query.acquire != walk->result->query.acquire)
			continue;
		reads |= writes(context, other) == 0;
		if (!*dirtier && writes(context, other) == 1 && dirties_these(context, other))
			*dirtier = other;
	}
	return reads && *dirtier;
}

static void look(struct checker_context *context, const GPtrArray *walks,
		 const struct acquire_walk *walk)
{
	const struct path_result *result = walk->result;
	const struct path_query *query = &result->query;
	const struct path_event *release = release_of(result);
	struct finding_row row = { .kind = dirty_kind.word, .detail = "clean" };
	const struct acquire_walk *dirtier;

	if (!release || release->other < 0 || writes(context, walk) != 1 ||
	    dirties(context->program, query->function, DIRTY_DEPTH) ||
	    !is_odd(context, walks, walk, &dirtier))
		return;
	row.call = query->acquire;
	row.file = query->function->info->file;
	row.line = function_node(query->function, release->other)->line;
	row.message = reason_new(REASON_RELEASED_CLEAN_SIBLING, "rs", check_origin(walk),
				 dirtier->result->query.function->info->name);
	finding_add(context->found, row);
}

static void run(struct checker_context *context)
{
	g_autoptr(GPtrArray) walks = walks_through(context);

	for (guint i = 0; i < walks->len; i++)
		look(context, walks, walks->pdata[i]);
}

const struct checker check_dirty_sibling = { .kind = &dirty_kind, .run = run };
