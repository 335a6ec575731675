// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "decide/era_rules.h"
#include "decide/flag_refusal.h"
#include "decide/longterm.h"
#include "decide/site_lifetime.h"

/* The bits of the constants that stand in the expression itself. */
static unsigned long bits_of(const struct expr *e)
{
	if (!e)
		return 0;
	return e->op == EXPR_NUMBER ? (unsigned long)e->number : bits_of(e->a) | bits_of(e->b);
}

unsigned long longterm_bit_of(const struct expr *flags)
{
	unsigned long bits = bits_of(flags) & (LONGTERM_OLD | LONGTERM_NEW);

	return bits == LONGTERM_OLD || bits == LONGTERM_NEW ? bits : 0;
}

/* The flags argument in the graph of the call's function, or NULL. */
static const struct expr *flags_of(const struct deciding *d, const struct call_info *call)
{
	const struct ir_function *function = cfg_function(d->cfg, call->function);
	int node = function ? cfg_call_node(function, call->id) : -1;
	int index = GPOINTER_TO_INT(g_hash_table_lookup(d->flags_index, GINT_TO_POINTER(call->id)));

	return node >= 0 && index && index <= function->nodes[node].arg_count ?
		function->nodes[node].args[index - 1] : NULL;
}

/* Of the tree: from the calls that name it, else from the headers of a module's kernel. */
static unsigned long longterm_bit(const struct deciding *d)
{
	for (guint i = 0; i < d->sites->len; i++) {
		const struct decision *site = d->sites->pdata[i];
		unsigned long bit = strstr(site->call->flags, "FOLL_LONGTERM") ?
			longterm_bit_of(flags_of(d, site->call)) : 0;

		if (bit)
			return bit;
	}
	return d->longterm;
}

/*
 * The constants among the call's flags that the target takes; FOLL_GET, which it refuses, goes
 * with the conversion.
 */
static unsigned long taken_bits(const struct deciding *d, const struct call_info *call,
				const char *target)
{
	unsigned long bits = bits_of(flags_of(d, call)), taken = 0;
	struct flag_refusal at;

	for (unsigned long bit = 1; bit && bit <= bits; bit <<= 1)
		if (bits & bit && !flag_is_refused(d, call, target, 0, bit, &at))
			taken |= bit;
	return taken;
}

/* A release of the pages in another function, where there is one. */
static struct reason *later_release(const struct deciding *d, const struct decision *site)
{
	const struct call_info *later = NULL;

	for (guint i = 0; i < site->pairs->len; i++) {
		const struct pair *pair = site->pairs->pdata[i];

		if (pair->kind == LINK_LINK && (!later || later->function == site->call->function))
			later = pair->release;
	}
	return later ? reason_call(later->callee, path_of(d, later), later->line) : NULL;
}

static struct longterm without(struct reason *why)
{
	return (struct longterm){ "", why };
}

/* The flag is wanted for that reason, which is taken. */
static struct longterm wanted(const struct deciding *d, const struct call_info *call,
			      const char *target, unsigned long bit, struct reason *why)
{
	struct flag_refusal at;

	if (!flag_is_refused(d, call, target, taken_bits(d, call, target), bit, &at))
		return (struct longterm){ "FOLL_LONGTERM", why };
	return without(reason_new(REASON_LONGTERM_REFUSED, "rssd", why, target,
				  graph_path(d->graph, at.function->file),
				  at.function->nodes[at.node].line));
}

struct longterm longterm_of(const struct deciding *d, const struct decision *site,
			    const char *target, int use_case)
{
	const struct call_info *call = site->call;
	const struct answered *answer = answer_of(d, call);
	unsigned long bit = longterm_bit(d);
	enum lifetime lifetime;
	struct reason *later;

	if (call->role != ROLE_ACQUIRE || !flags_of(d, call) || !bit ||
	    strstr(call->flags, "FOLL_LONGTERM") || (answer && answer->answer != ANSWER_LONGTERM))
		return without(NULL);
	if (answer)
		return wanted(d, call, target, bit, reason_new(REASON_LONGTERM_ANSWERED, ""));
	later = later_release(d, site);
	lifetime = later ? lifetime_of_site(d, site) : LIFETIME_CALL;
	if (lifetime == LIFETIME_KEPT)
		return wanted(d, call, target, bit, reason_new(REASON_LONGTERM_ADDED, "r", later));
	reason_free(later);
	return without(use_case == 2 && lifetime == LIFETIME_UNKNOWN ?
		       reason_new(REASON_LONGTERM_UNSURE, "") : NULL);
}
