// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/file_kind.h"
#include "decide/decide.h"
#include "decide/era_rules.h"
#include "decide/macro_bodies.h"
#include "decide/other_kernels.h"
#include "decide/use_case.h"
#include "decide/decision.h"

const char *target_of(const struct deciding *d, const char *callee)
{
	const char *target = g_hash_table_lookup(d->targets, callee);

	return target ? target : "";
}

bool is_offered(const struct deciding *d, const char *target)
{
	return *target &&
	       (!era_traits(d->era)->pins || g_hash_table_contains(d->prototypes, target));
}

const char *path_of(const struct deciding *d, const struct call_info *call)
{
	return graph_path(d->graph, call->file);
}

/* An acquire without an array: it brings the pages in and keeps none. */
static bool takes_no_pages(const struct deciding *d, const struct call_info *call)
{
	const struct ir_function *function = cfg_function(d->cfg, call->function);
	int node = function ? cfg_call_node(function, call->id) : -1;
	int index = GPOINTER_TO_INT(g_hash_table_lookup(d->pages_index, GINT_TO_POINTER(call->id)));

	return call->role == ROLE_ACQUIRE && node >= 0 && index &&
	       index <= function->nodes[node].arg_count &&
	       expr_is_number(function->nodes[node].args[index - 1], 0);
}

static struct reason *kernel_iterator_reason(const struct deciding *d,
					     const struct iov_iter_origin *iterator)
{
	if (iterator->other)
		return reason_new(REASON_KERNEL_ITERATOR, "sd", iterator->other->callee,
				  iterator->other->line);
	return reason_new(REASON_ITERATOR_HELD, "r",
			  graph_place_reason(d->graph, iterator->holder));
}

/* In a header of a module, all of whose files are seen. */
static bool is_uncalled(const struct deciding *d, const struct call_info *call)
{
	const struct function_info *function = graph_function(d->graph, call->function);
	const GArray *calls;

	if (!d->graph->module || !function || !file_is_header(path_of(d, call)))
		return false;
	calls = call_graph_of(d->invokes, function->key);
	return !calls || !calls->len;
}

bool decide_alone(const struct deciding *d, struct decision *site)
{
	const struct call_info *call = site->call;

	if (call->status == CALL_HOMONYM)
		decision_set(site, STATE_KEEP, TARGET_KEEP, reason_new(REASON_OWN_FUNCTION, ""));
	else if (call->status == CALL_DEAD)
		decision_set(site, STATE_UNKNOWN, "", reason_new(REASON_DEAD_CODE, ""));
	else if (call->status == CALL_TEXT_ONLY)
		decision_set(site, STATE_UNKNOWN, "", reason_new(REASON_TEXT_ONLY, ""));
	else if (call->status == CALL_OTHER_KERNEL)
		decision_set(site, STATE_KEEP, TARGET_KEEP, reason_new(REASON_OTHER_KERNEL, ""));
	else if (is_uncalled(d, call))
		decision_set(site, STATE_KEEP, TARGET_KEEP, reason_new(REASON_UNCALLED, ""));
	else if (call_implements_api(d->graph, d->apis, call))
		decision_set(site, STATE_KEEP, TARGET_KEEP, reason_new(REASON_IMPLEMENTS_API, ""));
	else if (takes_no_pages(d, call))
		decision_set(site, STATE_KEEP, TARGET_KEEP, reason_new(REASON_PAGES_NULL, ""));
	else if (site->feed && site->feed->iterator.kind == ITERATOR_KERNEL)
		decision_set(site, STATE_KEEP, TARGET_KEEP,
			     kernel_iterator_reason(d, &site->feed->iterator));
	else if (call->node < 0)
		decision_set(site, STATE_UNKNOWN, "", reason_new(REASON_PLACE_UNKNOWN, ""));
	else
		return false;
	return true;
}

/* The worst of the site's pairs, or NULL when there is none. */
static const struct pair *worst_pair(const struct decision *site)
{
	static const int rank[] = { [LINK_LINK] = 0, [LINK_DECOY] = 1, [LINK_UNKNOWN] = 2,
				    [LINK_MIXED] = 3 };
	const struct pair *worst = NULL;

	for (guint i = 0; i < site->pairs->len; i++) {
		const struct pair *pair = site->pairs->pdata[i];

		if (!worst || rank[pair->kind] > rank[worst->kind])
			worst = pair;
	}
	return worst;
}

enum state state_of_link(enum link_kind kind)
{
	return kind == LINK_MIXED ? STATE_MIXED : STATE_UNKNOWN;
}

bool is_user_release(const struct call_info *call)
{
	return call->family == FAMILY_PUT_USER || call->family == FAMILY_PIN;
}

guint pairs_of_kind(const struct decision *site, enum link_kind kind)
{
	guint count = 0;

	for (guint i = 0; i < site->pairs->len; i++)
		count += ((const struct pair *)site->pairs->pdata[i])->kind == kind;
	return count;
}

/*
 * iov_iter_extract_pages() gives no reference to pages of kernel memory. Code that is called for
 * such alone (MSG_SPLICE_PAGES) takes one of its own for what it keeps: that call, or NULL.
 */
static const struct call_info *taken_of_extracted(const struct deciding *d,
						  const struct decision *site)
{
	enum iterator_kind kind = site->feed->iterator.kind;

	if (site->call->family != FAMILY_EXTRACT || kind == ITERATOR_USER || kind == ITERATOR_BOTH)
		return NULL;
	for (guint i = 0; i < d->graph->calls->len; i++) {
		const struct call_info *call = d->graph->calls->pdata[i];

		if (reach_has(site->feed->reach, call->node) && call->status != CALL_DEAD &&
		    knowledge_has(d->graph->knowledge, KNOW_REF, call->callee))
			return call;
	}
	return NULL;
}

static void decide_no_release(const struct deciding *d, struct decision *site)
{
	const struct call_info *taken = taken_of_extracted(d, site);
	struct reason *escapes;

	if (taken) {
		decision_set(site, STATE_KEEP, TARGET_KEEP,
			     reason_new(REASON_EXTRACT_REFERENCED, "r",
					reason_call(taken->callee, path_of(d, taken),
						    taken->line)));
		return;
	}
	escapes = escapes_of(d->graph, site->feed);
	decision_set(site, STATE_UNKNOWN, "",
		     escapes ? reason_new(REASON_NO_RELEASE_ESCAPES, "r", escapes)
			     : reason_new(REASON_NO_RELEASE, "r",
					  graph_place_reason(d->graph, site->call->node)));
}

bool decide_by_pairs(const struct deciding *d, struct decision *site)
{
	const struct pair *worst = worst_pair(site);

	if (!worst) {
		decide_no_release(d, site);
		return true;
	}
	if (worst->kind == LINK_LINK)
		return false;
	/* A release of another reference does not keep back the acquire's own releases. */
	if (!era_traits(d->era)->pins && worst->other && site->call->role == ROLE_ACQUIRE &&
	    pairs_of_kind(site, LINK_LINK))
		return false;
	if (worst->kind == LINK_DECOY && is_user_release(site->call))
		decision_set(site, STATE_MISMATCHED, "",
			     reason_new(REASON_FOR_ACQUIRES_ONLY, "sr", site->call->callee,
					reason_copy(worst->reason)));
	else if (worst->kind == LINK_DECOY)
		decision_set(site, STATE_KEEP, TARGET_KEEP, reason_copy(worst->reason));
	else if (site->call->role == ROLE_RELEASE)
		decision_set(site, state_of_link(worst->kind), "", reason_copy(worst->reason));
	else
		decision_set(site, state_of_link(worst->kind), "",
			     reason_new(REASON_RELEASE_IN_DOUBT, "ssdr", worst->release->callee,
					path_of(d, worst->release), worst->release->line,
					reason_copy(worst->reason)));
	return true;
}

static void decide_for_pins(struct deciding *d)
{
	decide_pin_groups(d);
	decide_other_kernels(d);
	decide_macro_bodies(d);
}

bool decide(struct db *db, const struct evidence *evidence, const GPtrArray *feeds,
	    const GPtrArray *pairs, GError **error)
{
	struct deciding *d = deciding_new(db, evidence, feeds, pairs, error);
	bool fine;

	if (!d)
		return false;
	if (era_traits(evidence->era)->pins)
		decide_for_pins(d);
	else
		decide_releases(d);
	fine = deciding_write(db, d, error);
	deciding_free(d);
	return fine;
}
