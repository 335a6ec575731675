/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_PATH_ENGINE_H
#define GUPCONV_CHECKERS_PATH_ENGINE_H

#include "checkers/abstract_value.h"
#include "checkers/index_range.h"
#include "checkers/program.h"

/*
 * A path-sensitive worklist engine over abstract states: from one acquire on, every
 * path of its function is followed with the ownership of the acquired pages, the
 * places that hold them and an environment of abstract values. States that are
 * equal, but for how they were reached, are followed once. Expressions, and so
 * states, are finite in number, but not few: the engine stops at MAX_STATES.
 */

/* Ownership of the pages on a path: a typestate. */
enum ownership {
	OWNERSHIP_NONE,		/* nothing was acquired here, or it failed */
	OWNERSHIP_OWNED,	/* only this function has the pages */
	OWNERSHIP_RELEASED,
	OWNERSHIP_ESCAPED,	/* stored or passed on to other code */
	OWNERSHIP_LOST,		/* the memory that held the only copy is freed */
};

#define PLACES_MAX 8

/**
 * struct loss_place - where a function ends without a release that would be due
 * @node: of the function; NULL function: nowhere
 */
struct loss_place {
	const struct function *function;
	int node;
};

/**
 * struct call_outcome - one way in which a call may end
 * @result: its return value
 * @places: that hold the pages then, as expressions of the calling function
 * @step: for a path: REASON_STEP_FEWER and its like, of the callee
 * @range: which of the pages were released, of a callee that does
 * @published: the object with the pages is in a table of others
 * @crossed: released by a call of the other kind: EVENT_CROSSED
 * @unseen: escaped into a function out of sight
 * @failed: of an error with the pages: where the callee returned it
 * @teller: beside that: a variable of the caller's that the callee fills, and which may say more
 */
struct call_outcome {
	struct value result;
	enum ownership ownership;
	bool published;
	bool crossed;
	bool unseen;
	struct range range;
	int place_count;
	const struct expr *places[PLACES_MAX];
	enum reason_code step;
	struct loss_place failed;
	const struct expr *teller;
};

/**
 * struct path_trace - a noted node of a path, linked to the one before it
 * @before: index in path_result.traces, -1: none
 * @taken: of a test: its outcome; -1 for other nodes
 * @outcome: of the acquire: call_outcome.step, else REASON_NONE
 * @open: of a test: the other outcome may be as well
 */
struct path_trace {
	int before;
	int node;
	int taken;
	enum reason_code outcome;
	bool open;
};

enum path_event_kind {
	EVENT_EXIT,		/* the path ends */
	EVENT_FREED,		/* the memory that holds the only copy is freed */
	EVENT_OVERWRITTEN,	/* the next pages are put in the place of these */
	EVENT_CLEARED,		/* the only pointer to them is set to NULL */
	EVENT_DOUBLE,		/* released at other, and here again */
	EVENT_CROSSED,		/* pins are released as ordinary references, or the reverse */
	EVENT_NEGATIVE,		/* a count that is negative here */
	EVENT_UNFILLED,		/* a release of entries that the acquire did not fill */
	EVENT_RANGE,		/* as many as came are released, but not those that came */
	EVENT_FEWER,		/* fewer pages came, and all that were requested are used */
	EVENT_ERROR_POINTER,	/* an error pointer is released */
	EVENT_NULL_POINTER,	/* NULL is */
	EVENT_NO_PAGE,		/* it is used, and the result of the acquire never tested */
};

/* How many values a callee is given. */
#define VALUES_MAX 16

/* A value of a parameter, or of a member of the object that it points to. */
struct known_value {
	const struct expr *of;
	struct value value;
};

/**
 * struct path_event - something that a checker may report, and the state it was seen in
 * @other: of EVENT_DOUBLE, the first release; of EVENT_EXIT, the release if there was one; else -1
 * @trace: index in path_result.traces
 * @lost: of a loss: where the release is missing
 * @value: of EVENT_EXIT: the return value
 * @short_lost: of EVENT_EXIT: an error is returned after fewer pages than requested, and
 *	nothing outside of the function holds their number
 * @fewer: fewer pages came than requested, and the number that came was used for its sign alone
 * @certain: all that holds the pages is this function's own
 * @wrong: of EVENT_NEGATIVE and EVENT_UNFILLED: whatever else, the release is wrong as it is
 * @nothing: of EVENT_UNFILLED: no page came at all
 * @published: the object with them is in a table of others
 * @cleared: and set back to 0 again
 * @crossed: of EVENT_EXIT: released by a call of the other kind
 * @rest: these are only some of the pages: report it of an error alone
 * @unseen: of what has escaped: into a function out of sight
 * @told: something that outlives the function was written to since they came
 * @range: of the release, where there was one
 * @left: of EVENT_EXIT with pages, or behind their release: what is known of the members of the
 *	caller's objects (struct known_value), or NULL
 */
struct path_event {
	enum path_event_kind kind;
	int node;
	int other;
	int trace;
	struct loss_place lost;
	struct value value;
	enum ownership ownership;
	bool certain;
	bool published;
	bool unseen;
	bool told;
	bool cleared;
	bool crossed;
	bool rest;
	bool fewer;
	bool short_lost;
	bool wrong;
	bool nothing;
	struct range range;
	int place_count;
	const struct expr *places[PLACES_MAX];
	GArray *left;
};

/* The questions of a query. */
enum query_kind {
	QUERY_PAGES,	/* pages that its call hands out, or that the function is entered with */
	QUERY_BEFORE,	/* what is released before any have come */
	QUERY_POINTER,	/* whether an error pointer is released, whatever it was to be */
};

/**
 * struct path_query - pages to be followed
 * @kind: of QUERY_POINTER, @acquire is a release
 * @start: the call that hands them out; 0: the function is entered with them
 * @fewer, @number_used, @nothing: of start 0: as in struct path_state
 * @request: the number of pages requested, or NULL
 * @outcomes: of struct call_outcome: of that call; taken over by path_engine_run()
 * @depth: how many calls down callees are evaluated
 * @values: where the function is entered with the pages; @value_count
 * @later: of start 0: the function cleans up an object that is kept: a call that is given it asks
 *	or clears it, and neither takes the pages nor brings others
 * @handle: what is followed is an object with the pages in it: object_service.h
 * @released: the entries that its caller has released already, where outcome is OWNERSHIP_RELEASED
 */
struct path_query {
	enum query_kind kind;
	const struct function *function;
	const struct call_info *acquire;
	int start;
	bool fewer, number_used, nothing;
	bool later;
	bool handle;
	const struct expr *request;
	GArray *outcomes;
	int depth;
	const struct known_value *values;
	int value_count;
	struct range released;
};

/**
 * struct path_result - all paths of a query
 * @traces: of struct path_trace
 * @events: of struct path_event, in the order in which they were met
 * @complete: false when there were more than MAX_STATES states
 */
struct path_result {
	const struct program *program;
	struct path_query query;
	GArray *traces;
	GArray *events;
	bool complete;
};

struct path_result *path_engine_run(const struct program *program, const struct path_query *query);
void path_result_free(struct path_result *result);

#endif
