/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_CHECKER_CONTEXT_H
#define GUPCONV_CHECKERS_CHECKER_CONTEXT_H

#include "checkers/acquire_summary.h"
#include "checkers/checker.h"
#include "checkers/finding_list.h"
#include "decide/lifetime.h"

/**
 * struct checker_context - what the checkers work on; it is the same for all of them
 * @feeds: of struct page_source: sources of pages, as links were made from them
 * @summaries: shared: each function's paths are followed once
 * @lifetimes: how long pages are kept; NULL: not known
 * @pins: the tree is of the era in which acquires pin
 * @longterm: FOLL_LONGTERM of this tree: gup_longterm_bit()
 * @found: what the checkers find is added to it
 */
struct checker_context {
	const struct program *program;
	const GPtrArray *feeds;
	struct acquire_summaries *summaries;
	const struct lifetimes *lifetimes;
	bool pins;
	unsigned long longterm;
	struct finding_list *found;
};

/* Runs all checkers of the table, in its order. */
void checkers_run(struct checker_context *context);

typedef void (*check_event_fn)(struct checker_context *context, const struct acquire_walk *walk,
			       const struct path_event *event);
typedef void (*check_site_fn)(struct checker_context *context, const struct function *function,
			      int node);

/* Calls look for each event of these kinds, of all paths of all functions. */
void check_events(struct checker_context *context, unsigned int kinds, check_event_fn look);
#define EVENT_BIT(kind) (1u << (kind))

/* Calls look for each release of pages of acquires; mixed: and of acquires and others. */
void check_releases(struct checker_context *context, bool mixed, check_site_fn look);
/* Calls look for each acquire in a function that has a graph, but for those of mm itself. */
void check_acquires(struct checker_context *context, check_site_fn look);

/* The source of pages that the acquire is, or NULL. */
const struct page_source *check_source_of(const struct checker_context *context,
					  const struct call_info *acquire);
/* Adds a finding about the call of a node; takes message. */
void check_finding(struct checker_context *context, const struct finding_kind *kind,
		   const struct function *function, int node, const char *detail,
		   struct reason *message);
/* The same, a hazard. */
void check_hazard(struct checker_context *context, const struct function *function, int node,
		  const char *detail, struct reason *message);
/*
 * The finding that an event shows of a release, or of the acquire where its node has none:
 * without kind, detail, message and steps.
 */
struct finding_row check_event_row(const struct path_result *result,
				   const struct path_event *event, int release);
/*
 * Adds a hazard that an event shows: of the release at its node or in the loop that begins
 * there. last: as path_lines() has it; takes both.
 */
void check_event_hazard(struct checker_context *context, const struct path_event *event,
			const struct path_result *result, const char *detail, struct reason *last,
			struct reason *message);
/* "get_user_pages() at line 12", "hold() at line 30 (get_user_pages() at a.c:12)". Caller frees. */
struct reason *check_origin(const struct acquire_walk *walk);
/* The release at the event's node, or the first in the loop that begins there; or the node. */
int check_release_of(const struct path_result *result, const struct path_event *event);

/* A place of the pages was allocated as zero, by this function. */
bool event_is_zeroed(const struct function *function, const struct path_event *event);

static inline int event_line(const struct path_result *result, const struct path_event *event)
{
	return function_node(result->query.function, event->node)->line;
}

#endif
