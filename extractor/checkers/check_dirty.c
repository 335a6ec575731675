// SPDX-License-Identifier: GPL-2.0-only
#include "base/same_folder.h"
#include "cfg/cfg_edges.h"
#include "checkers/checker_context.h"
#include "checkers/gup_flags.h"
#include "checkers/never_dirty.h"
#include "checkers/page_writes.h"
#include "checkers/pages_lifetime.h"
#include "link/page_source.h"

/*
 * Pages that were acquired with FOLL_WRITE are written, and released without being marked dirty:
 * reclaim may drop what was written.
 *
 *	pin_user_pages_fast(start, 1, FOLL_WRITE, &page);
 *	at = kmap(page);
 *	*at = value;
 *	kunmap(page);
 *	unpin_user_page(page);
 *
 * An acquire of kind "dirties" marks the pages itself: what the CPU writes is written soon enough.
 * Only where the write is seen, or the author has chosen FOLL_WRITE by a flag, and no call that
 * dirties comes near the pages: none that the flow of the pages reaches, and none of such a name
 * in a function that acquires, writes or releases them.
 */

/* How many calls up from a release its callers are looked at. */
#define CALLERS_UP 2

/**
 * struct written - a write to pages, and a release of them
 * @function: with the node @write
 * @released_by: with the node @release
 */
struct written {
	const struct function *function, *released_by;
	int write;
	int release;
};

static bool is_of(const struct checker_context *context, const struct page_source *feed,
		  const struct function *function, int node)
{
	const struct call_info *call = function->calls[node];

	return call && (call == feed->call || reach_has(feed->reach, call->node) ||
			(call->role == ROLE_RELEASE &&
			 program_paired(context->program, feed->call->id, call->id)));
}

/* Only pages of other acquires are seen to come to the call. */
static bool is_of_others(const struct checker_context *context, const struct call_info *call)
{
	for (guint i = 0; call && i < context->feeds->len; i++) {
		const struct page_source *other = context->feeds->pdata[i];

		if (other->kind == FEED_ACQUIRE &&
		    (reach_has(other->reach, call->node) ||
		     program_paired(context->program, other->call->id, call->id)))
			return true;
	}
	return false;
}

/*
 * It is in a file that the pages are seen in, and they may well come there by a way that is not
 * seen: out of a scatterlist, say. Not where the CPU writes and the same function releases.
 */
static bool is_near(const struct checker_context *context, const struct function *function,
		    int node, const struct written *at)
{
	int file = function->info->file;

	return (at->function != at->released_by ||
		function_node(at->function, at->write)->kind == IR_CALL) &&
	       (file == at->function->info->file || file == at->released_by->info->file) &&
	       !is_of_others(context, function->calls[node]);
}

static bool calls(const struct function *function, const struct function *callee)
{
	for (int i = 0; i < function->ir->count; i++)
		if (function->callees[i] == callee)
			return true;
	return false;
}

/*
 * The function acquires the pages, and leaves them to the one that releases them: what it drops
 * itself, as it fails, is none of those.
 */
static bool leaves_them(const struct checker_context *context, const struct page_source *feed,
			const struct function *function, const struct written *at)
{
	int call;

	return function->info->id == feed->call->function && function != at->released_by &&
	       program_caller(context->program, feed->call, &call) == function &&
	       !calls(function, at->released_by) &&
	       pages_lifetime(context, function, call, feed->call) != LIFETIME_CALL;
}

/* A release that dirties, in such a function. */
static bool is_of_failure(const struct function *function, int node, bool leaves)
{
	return leaves && function_has_role(function, node, ROLE_RELEASE);
}

/* The function has a call that may dirty pages, and these pages, or it is near. */
static bool dirties_there(const struct checker_context *context, const struct page_source *feed,
			  const struct function *function, const struct written *at)
{
	bool has_pages = false, has_dirty = false;
	bool leaves = leaves_them(context, feed, function, at);

	for (int i = 0; i < function->ir->count; i++) {
		const struct call_info *call = function->calls[i];
		bool dirties = call_may_dirty(context->program, function, i) &&
			       !is_of_failure(function, i, leaves);

		if (dirties && is_near(context, function, i, at))
			return true;
		has_pages |= is_of(context, feed, function, i) &&
			     !(call->role == ROLE_USE && call->detail == DETAIL_STATE);
		has_dirty |= dirties;
	}
	return has_pages && has_dirty;
}

static bool dirties_anywhere(const struct checker_context *context, const struct page_source *feed,
			     const struct written *at)
{
	for (guint f = 0; f < context->program->functions->len; f++)
		if (dirties_there(context, feed, context->program->functions->pdata[f], at))
			return true;
	return false;
}

/* The last release of these pages in the function; behind the write, if that is there too. */
static int release_in(const struct checker_context *context, const struct page_source *feed,
		      const struct function *function, const struct written *at)
{
	int found = -1;

	for (int i = 0; i < function->ir->count; i++)
		if (function_has_role(function, i, ROLE_RELEASE) &&
		    program_paired(context->program, feed->call->id, function->calls[i]->id) &&
		    (function != at->function || ir_reaches(function->ir, at->write, i, -1)))
			found = i;
	return found;
}

/* Behind a write of the CPU; else best in a function that does not acquire, where errors end. */
static bool find_release(const struct checker_context *context, const struct page_source *feed,
			 struct written *at, bool by_cpu)
{
	const GPtrArray *functions = context->program->functions;
	int best = 0;

	at->release = -1;
	for (guint f = 0; f < functions->len; f++) {
		const struct function *function = functions->pdata[f];
		int release = release_in(context, feed, function, at);
		int good = function == at->function && by_cpu ? 3 :
			   function->info->id != feed->call->function ? 2 : 1;

		if (release < 0 || good <= best)
			continue;
		at->released_by = function;
		at->release = release;
		best = good;
	}
	return best > 0;
}

/*
 * The acquire has dirtied the pages itself: a write of the CPU soon after needs no further mark.
 * Pages that are kept for long may have been written back until then.
 */
static bool is_marked(const struct checker_context *context, const struct page_source *feed,
		      const struct function *function, int use)
{
	const struct function *taker;
	int call;

	if (function->calls[use]->detail != DETAIL_CPU ||
	    !knowledge_has(function->knowledge, KNOW_DIRTIES, feed->call->callee))
		return false;
	taker = program_caller(context->program, feed->call, &call);
	return !taker || !(gup_flags_of(context->program, taker, call).may & context->longterm);
}

static bool find_write(const struct checker_context *context, const struct page_source *feed,
		       struct written *found)
{
	for (guint f = 0; f < context->program->functions->len; f++) {
		const struct function *function = context->program->functions->pdata[f];

		for (int i = 0; i < function->ir->count; i++) {
			int write = function_has_role(function, i, ROLE_USE) &&
				reach_has(feed->reach, function->calls[i]->node) &&
				!is_marked(context, feed, function, i) ?
				page_write_of(context->program, function, i, false) : -1;

			*found = (struct written){ .function = function, .write = write };
			if (write >= 0 && find_release(context, feed, found,
						 function->calls[i]->detail == DETAIL_CPU))
				return true;
		}
	}
	return false;
}

/* The acquire, as the place where the pages are taken to be written; NULL function: not seen. */
static struct written acquire_at(const struct checker_context *context,
				 const struct call_info *acquire)
{
	struct written at = { .write = -1 };

	at.function = program_caller(context->program, acquire, &at.write);
	return at;
}

/* Some call in the folder of the file dirties pages. */
static bool folder_dirties(const struct program *program, int file)
{
	const char *path = graph_path(program->graph, file);

	for (guint f = 0; f < program->functions->len; f++) {
		const struct function *function = program->functions->pdata[f];

		if (!same_directory(graph_path(program->graph, function->info->file), path))
			continue;
		for (int i = 0; i < function->ir->count; i++)
			if (call_dirties(function, i))
				return true;
	}
	return false;
}

/* A public function is called by others, who may have dirtied the pages before. */
static bool is_for_others(const struct checker_context *context, const struct function *function,
			  int up)
{
	const GArray *calls = program_calls(context->program, function);

	if (function->info->is_static)
		return false;
	if (folder_dirties(context->program, function->info->file))
		return true;
	for (guint i = 0; up && calls && i < calls->len; i++)
		if (is_for_others(context, g_array_index(calls, struct program_call, i).caller,
				  up - 1))
			return true;
	return false;
}

static bool is_use_of_data(const struct call_info *call)
{
	return call->detail == DETAIL_CPU || call->detail == DETAIL_DMA ||
	       call->detail == DETAIL_SCATTER || call->detail == DETAIL_DIRECT_IO ||
	       call->detail == DETAIL_PHYS;
}

/* Something has the data of the pages, or another function releases them; and none only reads. */
static bool may_be_written(const struct checker_context *context, const struct page_source *feed,
			   const struct written *at)
{
	bool used = at->released_by != at->function;

	for (guint f = 0; f < context->program->functions->len; f++) {
		const struct function *function = context->program->functions->pdata[f];

		for (int i = 0; i < function->ir->count; i++) {
			if (!function_has_role(function, i, ROLE_USE) ||
			    !reach_has(feed->reach, function->calls[i]->node))
				continue;
			if (page_use_reads(context->program, function, i))
				return false;
			used |= is_use_of_data(function->calls[i]);
		}
	}
	return used;
}

/*
 * FOLL_WRITE is chosen ("write ? FOLL_WRITE : 0"): so where it is given, the pages are written,
 * and it is not there for the sake of an own copy. Not of an acquire that marks them itself and
 * takes no pin.
 */
static bool find_choice(const struct checker_context *context, const struct page_source *feed,
			const struct gup_flags *flags, struct written *found)
{
	const struct graph *graph = context->program->graph;

	*found = acquire_at(context, feed->call);
	return flags->lacks & GUP_WRITE &&
	       (feed->call->family == FAMILY_PIN ||
		!knowledge_has(graph->knowledge, KNOW_DIRTIES, feed->call->callee)) &&
	       find_release(context, feed, found, false) &&
	       may_be_written(context, feed, found) &&
	       !is_for_others(context, found->released_by, CALLERS_UP);
}

/* Some call looks at the pages, or is out of sight, or an object keeps them for others. */
static bool is_used(const struct checker_context *context, const struct page_source *feed)
{
	const struct graph *graph = context->program->graph;

	for (guint i = 0; i < graph->nodes->len; i++) {
		const struct node *node = graph_node(graph, i);
		bool out = node->kind == PLACE_FIELD ||
			   (node->kind == PLACE_PARAM && !graph_has_body(graph, node->owner));

		if (out && reach_has(feed->reach, i))
			return true;
	}
	for (guint i = 0; i < graph->calls->len; i++) {
		const struct call_info *call = graph->calls->pdata[i];

		if (call->role == ROLE_USE && reach_has(feed->reach, call->node) &&
		    !knowledge_has(graph->knowledge, KNOW_FREE, call->callee))
			return true;
	}
	return false;
}

/*
 * FOLL_WRITE is always given, and nothing that is seen has the data of the pages: somebody out of
 * sight writes them, by an address of the user's, while the function holds them in place.
 */
static bool find_idle(const struct checker_context *context, const struct page_source *feed,
		      const struct gup_flags *flags, struct written *found)
{
	*found = acquire_at(context, feed->call);
	return flags->known && !(flags->lacks & GUP_WRITE) && flags->may == GUP_WRITE &&
	       !knowledge_has(context->program->graph->knowledge, KNOW_DIRTIES,
			      feed->call->callee) &&
	       !is_used(context, feed) && find_release(context, feed, found, false) &&
	       found->released_by != found->function &&
	       !is_for_others(context, found->released_by, CALLERS_UP);
}

static struct reason *message_of(const struct call_info *acquire, const struct written *at,
				 bool idle)
{
	const struct ir_node *write = function_node(at->function, at->write);

	if (idle)
		return reason_new(REASON_RELEASED_CLEAN_IDLE, "sd", acquire->callee, acquire->line);
	if (at->function->calls[at->write] == acquire)
		return reason_new(REASON_RELEASED_CLEAN_CHOSEN, "sd", acquire->callee, acquire->line);
	return reason_new(REASON_RELEASED_CLEAN, "sdsd", acquire->callee, acquire->line,
			  write->kind == IR_CALL ? node_callee(write) : "by the CPU", write->line);
}

static void look(struct checker_context *context, const struct page_source *feed)
{
	const struct graph *graph = context->program->graph;
	const struct call_info *acquire = feed->call;
	struct finding_row row = { .kind = dirty_kind.word, .detail = "clean", .other = acquire };
	struct written at = acquire_at(context, acquire);
	struct gup_flags flags;
	bool idle = false;

	if (!at.function || graph_is_core_path(graph, graph_path(graph, acquire->file)))
		return;
	flags = gup_flags_of(context->program, at.function, at.write);
	if (!(flags.may & GUP_WRITE) ||
	    (!find_write(context, feed, &at) && !find_choice(context, feed, &flags, &at) &&
	     !(idle = find_idle(context, feed, &flags, &at))) ||
	    dirties_anywhere(context, feed, &at))
		return;
	row.call = at.released_by->calls[at.release];
	row.file = at.released_by->info->file;
	row.line = function_node(at.released_by, at.release)->line;
	row.message = message_of(acquire, &at, idle);
	finding_add(context->found, row);
}

static void run(struct checker_context *context)
{
	for (guint i = 0; i < context->feeds->len; i++) {
		const struct page_source *feed = context->feeds->pdata[i];

		if (feed->kind == FEED_ACQUIRE &&
		    (feed->call->family == FAMILY_PIN || feed->call->family == FAMILY_GET))
			look(context, feed);
	}
}

const struct finding_kind dirty_kind = {
	.word = "dirty",
	.title = "Acquired pages are written and not marked dirty, or marked the wrong way",
	.help = "Release them by unpin_user_pages_dirty_lock(), where the code may sleep.",
	.level = "error", .sarif = "fail", .marks_site = true,
};
static const struct finding_detail details[] = {
	{ "clean", "Acquired pages are written and released without being marked dirty",
	  "Release them by unpin_user_pages_dirty_lock(), or call set_page_dirty_lock() first." },
	{ "unlocked", "set_page_dirty() on an acquired page without its lock",
	  "Use set_page_dirty_lock(), or a release that dirties." },
	{ "atomic", "Acquired pages are dirtied by a call that sleeps where nothing may sleep",
	  "Dirty the pages where the code may sleep." },
	{ NULL },
};
const struct checker check_dirty = { .kind = &dirty_kind, .details = details, .run = run };
