// SPDX-License-Identifier: GPL-2.0-only
#include "cfg/cfg_edges.h"
#include "cfg/constant_values.h"
#include "link/caller_guard.h"
#include "link/flag_guard.h"
#include "link/pointer_guard.h"

/**
 * struct flag - the member that a test asks
 * @guard: the test, and its outcome that leads to the release
 * @mask: that its value is masked with; -1: none
 * @asked: where it is stored has been looked for: @store is a function that stores to a member of
 *	that name what may let the release be, @another a second one; or NULL
 */
struct flag {
	struct guard guard;
	const char *member;
	long long mask;
	bool asked;
	const struct ir_function *store, *another;
};

/* object->flag, or object->flags & MASK, against a number */
static bool flag_of(struct flag *flag, const struct guard *guard)
{
	const struct ir_node *test = &guard->function->nodes[guard->test];
	const struct expr *asked = test->lhs;
	long long mask = -1;

	if (test->type == IR_TYPE_POINTER || test->rhs->op != EXPR_NUMBER)
		return false;
	if (asked->op == EXPR_AND && asked->b->op == EXPR_NUMBER) {
		mask = asked->b->number;
		asked = asked->a;
	}
	*flag = (struct flag){ .guard = *guard, .member = asked->name, .mask = mask };
	return expr_is_member(asked);
}

/* None of the values, of long long, lets the release be made. */
static bool all_deny(const struct flag *flag, const GArray *values)
{
	const struct ir_node *test = &flag->guard.function->nodes[flag->guard.test];

	for (guint i = 0; i < values->len; i++)
		if (ir_op_holds(test->op, g_array_index(values, long long, i) & flag->mask,
				test->rhs->number) == flag->guard.outcome)
			return false;
	return true;
}

/* The member that the node stores to, of that name; or NULL. */
static const struct expr *stored(const struct ir_node *node, const char *member)
{
	return node->kind == IR_SET && node->op != IR_OP_DECLARE && expr_is_member(node->lhs) &&
	       node->lhs->name == member ? node->lhs : NULL;
}

/**
 * struct passage - how pages go through a function on their way
 * @in, @out: the lines by which they come in, or are made, and leave it
 */
struct passage {
	const struct ir_function *function;
	int in, out;
};

/* The last call on a line, or -1: arguments are evaluated before it. */
static int call_on(const struct ir_function *function, int line)
{
	int found = -1;

	for (int i = 0; i < function->count; i++)
		if (function->nodes[i].kind == IR_CALL && function->nodes[i].line == line)
			found = i;
	return found;
}

/* Each value that the member can have at a node, on paths by another one, denies. */
static bool denies_at(const struct passage *p, const struct flag *flag, int in, int at,
		      const struct expr *object)
{
	g_autoptr(GArray) values = ir_constant_values_by(p->function, in, at, object);

	return values && all_deny(flag, values);
}

/* The same at the call that the pages leave by; where that is none, at each end of the function. */
static bool denies_behind(const struct passage *p, const struct flag *flag, int in,
			  const struct expr *object)
{
	int out = call_on(p->function, p->out);

	if (out >= 0 && out != in)
		return denies_at(p, flag, in, out, object);
	for (int i = 0; i < p->function->count; i++)
		if (p->function->nodes[i].kind == IR_RETURN &&
		    ir_reaches(p->function, in, i, -1) && !denies_at(p, flag, in, i, object))
			return false;
	return true;
}

/* The function stores to the flag, and where the pages leave it has but values that deny. */
static bool passage_denies(const struct passage *p, const struct flag *flag)
{
	int in = call_on(p->function, p->in);
	const struct expr *seen = NULL;

	for (int i = 0; in >= 0 && i < p->function->count; i++) {
		const struct expr *object = stored(&p->function->nodes[i], flag->member);

		if (!object || object == seen)
			continue;
		if (!denies_behind(p, flag, in, object))
			return false;
		seen = object;
	}
	return seen;
}

/* The two tests are of one value, and ask for the opposite. */
static bool contradicts(const struct flag *flag, const struct flag *other)
{
	const struct ir_node *a = &flag->guard.function->nodes[flag->guard.test];
	const struct ir_node *b = &other->guard.function->nodes[other->guard.test];
	bool opposite = (a->op == IR_OP_EQ && b->op == IR_OP_NE) ||
			(a->op == IR_OP_NE && b->op == IR_OP_EQ);

	return flag->member == other->member && flag->mask == other->mask &&
	       a->rhs->number == b->rhs->number &&
	       ((a->op == b->op && flag->guard.outcome != other->guard.outcome) ||
		(opposite && flag->guard.outcome == other->guard.outcome));
}

static bool is_stored_behind(const struct ir_function *function, const char *member, int node)
{
	for (int i = 0; i < function->count; i++)
		if (stored(&function->nodes[i], member) && ir_reaches(function, node, i, -1))
			return true;
	return false;
}

/* The pages come in only where the flag was found to keep the release from being made. */
static bool passage_is_tested(const struct passage *p, const struct flag *flag)
{
	int in = call_on(p->function, p->in);
	g_autoptr(GArray) guards = in < 0 ? NULL : guards_of(p->function, in);

	for (guint i = 0; guards && i < guards->len; i++) {
		struct flag other;

		if (flag_of(&other, &g_array_index(guards, struct guard, i)) &&
		    contradicts(flag, &other))
			return !is_stored_behind(p->function, flag->member, in);
	}
	return false;
}

/* The function stores to a member of that name what may let the release be. */
static bool lets(const struct flag *flag, const struct ir_function *function)
{
	for (int i = 0; i < function->count; i++) {
		const struct ir_node *node = &function->nodes[i];
		g_autoptr(GArray) values = NULL;

		if (!stored(node, flag->member))
			continue;
		if (node->op != IR_OP_ASSIGN)
			return true;
		values = ir_constant_values(function, i, node->rhs);
		if (!values || !all_deny(flag, values))
			return true;
	}
	return false;
}

/* A function other than this one does so. */
static bool is_stored_elsewhere(const struct cfg *cfg, struct flag *flag,
				const struct ir_function *here)
{
	for (guint f = 0; !flag->asked && !flag->another && f < cfg->functions->len; f++) {
		const struct ir_function *function = cfg->functions->pdata[f];

		if (!lets(flag, function))
			continue;
		flag->another = flag->store ? function : NULL;
		flag->store = flag->store ? flag->store : function;
	}
	flag->asked = true;
	return flag->another || (flag->store && flag->store != here);
}

/* The functions that pages go through on their way to the release, but its own. Caller frees. */
static GArray *passages_of(const struct graph *graph, const struct cfg *cfg,
			   const struct page_source *feed, const struct call_info *release)
{
	GArray *passages = g_array_new(FALSE, FALSE, sizeof(struct passage));
	const struct reach *reach = feed->reach;

	for (int i = reach->first[release->node]; i >= 0;) {
		const struct reached *step = &g_array_index(reach->steps, struct reached, i);
		const struct function_info *at = graph_function_at(graph, step->file, step->line);
		const struct ir_function *function = at ? cfg_function(cfg, at->id) : NULL;
		struct passage *last = passages->len ?
			&g_array_index(passages, struct passage, passages->len - 1) : NULL;
		struct passage passage = { function, step->line, step->line };

		if (function && last && last->function == function)
			last->in = step->line;
		else if (function && at->id != release->function)
			g_array_append_val(passages, passage);
		i = step->from;
	}
	return passages;
}

GArray *flags_of(const struct cfg *cfg, const struct call_info *release)
{
	const struct ir_function *function = cfg_function(cfg, release->function);
	int node = function ? cfg_call_node(function, release->id) : -1;
	g_autoptr(GArray) guards = node < 0 ? NULL : guards_of(function, node);
	GArray *flags = g_array_new(FALSE, FALSE, sizeof(struct flag));

	for (guint i = 0; guards && i < guards->len; i++) {
		struct flag flag;

		if (flag_of(&flag, &g_array_index(guards, struct guard, i)))
			g_array_append_val(flags, flag);
	}
	return flags;
}

bool flag_keeps_away(const struct graph *graph, const struct cfg *cfg, GArray *flags,
		     const struct page_source *feed, const struct call_info *release)
{
	g_autoptr(GArray) passages = flags->len ? passages_of(graph, cfg, feed, release) : NULL;

	for (guint i = 0; passages && i < flags->len; i++) {
		struct flag *flag = &g_array_index(flags, struct flag, i);

		for (guint k = 0; k < passages->len; k++) {
			const struct passage *p = &g_array_index(passages, struct passage, k);

			if ((passage_denies(p, flag) || passage_is_tested(p, flag)) &&
			    !is_stored_elsewhere(cfg, flag, p->function))
				return true;
		}
	}
	return pointer_keeps_away(graph, cfg, feed, release);
}
