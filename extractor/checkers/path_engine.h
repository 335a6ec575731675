/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_PATH_ENGINE_H
#define GUPCONV_CHECKERS_PATH_ENGINE_H

#include "checkers/function_body.h"
#include "checkers/index_range.h"
#include "checkers/abstract_value.h"

/*
 * Walks the paths of one function with the pages of one acquire in mind: who has
 * them, what is known of the acquire's result, what becomes of them where.
 */

enum hold {
	HOLD_NOT,	/* nothing was acquired here, or it failed */
	HOLD_YES,	/* this function has the pages, and nobody else has them too */
	HOLD_RELEASED,
	HOLD_GONE,	/* stored or passed on: somebody else's */
};

#define HOLD_KEYS 8

/**
 * struct outcome - how the call that acquires may end
 * @result: what it returns; @keys: where the pages are then, in words of this function
 * @words: for a step of the path: "some of the pages that were asked for"
 * @range: which of them were released, of a helper that does
 */
struct outcome {
	struct value result;
	enum hold hold;
	struct range range;
	int key_count;
	const char *keys[HOLD_KEYS];
	const char *words;
};

/**
 * struct trail - a step of a path, and the one before it
 * @before: index, -1: none
 * @taken: of a test: its outcome; -1 for other steps
 * @outcome: of the acquire, else NULL
 */
struct trail {
	int before;
	int step;
	int taken;
	const char *outcome;
};

/* The path ends at step, or something happened there. */
enum mark_kind {
	MARK_EXIT,
	MARK_FREED,		/* the memory that holds the only copy is freed */
	MARK_OVERWRITTEN,	/* the next pages are put in the place of these */
	MARK_DOUBLE,		/* released at other, and here again */
	MARK_NEGATIVE,		/* a count that is negative here */
	MARK_UNFILLED,		/* a loop over all that was asked for, when less was got */
};

/**
 * struct mark - where and how
 * @value: of MARK_EXIT: what is returned
 * @short_lost: of MARK_EXIT: an error is returned after fewer pages than asked for, and
 *	nobody outside can know how many there are
 * @certain: all that holds the pages is this function's own
 * @range: what was released, where something was
 */
struct mark {
	enum mark_kind kind;
	int step;
	int other;
	int trail;
	struct value value;
	enum hold hold;
	bool certain;
	bool short_lost;
	struct range range;
	int key_count;
	const char *keys[HOLD_KEYS];
};

/**
 * struct exploration - what was seen
 * @start: step where the pages come from, 0: they are there at the entry
 * @request: text of how many pages were asked for, or NULL
 * @trails: of struct trail
 * @marks: of struct mark
 * @complete: false when there were too many paths
 */
struct exploration {
	const struct bodies *bodies;
	const struct body *body;
	const struct call_info *acquire;
	int start;
	const char *request;
	GArray *outcomes;
	GArray *trails;
	GArray *marks;
	bool complete;
};

/* The key of pages that are returned. */
#define KEY_RETURNED "@return"

/**
 * struct question - what is to be explored
 * @outcomes: of struct outcome; taken over
 * @depth: how many calls down helpers are looked into
 */
struct question {
	const struct body *body;
	const struct call_info *acquire;
	int start;
	const char *request;
	GArray *outcomes;
	int depth;
};

struct exploration *explore(const struct bodies *bodies, const struct question *question);
void exploration_free(struct exploration *exploration);

/* Outcomes of an acquire call at step; NULL when it is not one that can be followed. */
GArray *outcomes_of_acquire(const struct bodies *bodies, const struct body *body, int step);

/* A function that gives memory back, and nothing else. */
bool is_free(const char *callee);

#endif
