/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_PATH_STATE_H
#define GUPCONV_CHECKERS_PATH_STATE_H

#include "checkers/liveness.h"
#include "checkers/path_engine.h"

/* Private to the engine's files: path_*.c and callee_eval.c, which evaluate each other. */

/* Whether a function out of sight was given the pages and has failed, so that they are here. */
enum refusal {
	REFUSAL_NONE,
	REFUSAL_RELEASED,	/* a release further on shows it */
	REFUSAL_GIVEN_ALL,	/* it was given the pages themselves, and nobody else has them */
};

/**
 * struct path_state - one path, so far
 * @hash: state_make_hash() of it, once it is in a set
 * @node: that the path has come to
 * @trace: index in path_result.traces, -1: none
 * @started: the call of the query has been met
 * @extra_reference: another reference was taken: a second release is right
 * @count_known: the number of pages is stored or passed on: others know it
 * @fewer: fewer pages came than requested
 * @number_used: and the number that came was used for more than the sign of it
 * @partial: pages of earlier rounds are here, and this round's acquire has failed
 * @nothing: none came, and @places are those that nothing else has filled either
 * @unasked: the acquire has failed, and no test on the path has had another outcome than
 *	where all came
 * @told: what outlives the function and was written to since the pages came; NULL: nothing,
 *	or it is 0 again (@cleared); @told_more: more than that
 * @published: the object with the pages is in a table of others
 * @handing: head of the loop around, whose rounds hand their entries on, -1: none
 * @unseen: escaped into a function out of sight, and in no other way
 * @refused: a function out of sight that was given them has failed: its call @refuser
 * @failing: something has failed in this round of it
 * @rest: only pages that such a loop, left on a failure, has not come to
 * @rest_lost: where the memory with the rest was freed, -1: it was not
 * @crossed: the release is one of the other kind, and not right for these pages
 * @release_node: of the release, when released; @release_loop: head of the loop around it,
 *	when the loop released all, else -1
 * @empty_release: a release of no pages at all, -1: none
 * @left: the goto that the path has left by with the pages, no open test since; -1: none
 * @must_enter: a loop's first test that is taken to hold, -1: none
 * @loops_seen: the loops that the path has come to, a bit each
 * @released: the argument of the release; @range: which entries that is
 * @entry_released: the entry of this round, where a loop releases
 * @handed: path_query's call failed with the pages: where in the callee; else NULL
 * @teller: and a variable that may say whether it has left any, not asked for yet; or NULL
 * @hole_base: the array whose entry @hole_index an acquire has failed to fill, or NULL
 * @hole_end: and those behind it, up to this number, which were requested with it; or NULL
 * @hole_released: no: an entry that was released by itself
 * @taken_from: the pages are one entry of this array, and @places have it; NULL: they are all
 * @places: that hold the pages
 * @lent: the beliefs that the path relies on, a bit each: path_belief.c
 * @env: values of expressions
 */
struct path_state {
	guint hash;
	int node;
	int trace;
	enum ownership ownership;
	bool started;
	bool extra_reference;
	bool count_known;
	bool fewer;
	bool number_used;
	bool partial;
	bool nothing;
	bool unasked;
	const struct expr *told;
	bool told_more;
	bool cleared;
	bool published;
	bool unseen;
	enum refusal refused;
	int refuser;
	bool failing;
	bool rest;
	bool crossed;
	int handing;
	int rest_lost;
	int release_node;
	int release_loop;
	int empty_release;
	int left;
	const struct loss_place *handed;
	int must_enter;
	guint64 loops_seen;
	guint32 lent;
	const struct expr *teller;
	const struct expr *released;
	const struct expr *entry_released;
	struct range range;
	const struct expr *hole_base, *hole_index, *hole_end;
	bool hole_released;
	const struct expr *taken_from;
	int place_count;
	const struct expr *places[PLACES_MAX];
	struct env env;		/* last: see state_size() */
};

/* The bytes that are in use: the values of the environment are at the end. */
static inline size_t state_size(const struct path_state *state)
{
	return G_STRUCT_OFFSET(struct path_state, env.values) +
	       state->env.count * sizeof(*state->env.values);
}

/**
 * struct path_engine - a query under way
 * @work: the worklists, of struct path_state *: without and with the pages; taken from the end
 * @seen: of struct path_state *: what was ever on the worklist
 * @blocks: of memory that both have their states in; @block_used: bytes of the last one
 * @callee_release: for each node: 0 not looked up, 1 the callee releases none of the
 *	acquire's pages, 2 it may
 * @owned: the state that is followed has the pages
 * @beliefs: of struct belief: path_belief.c; @supposing: the run that makes them
 * @depth: how many calls down callees may still be evaluated
 * @at_call: what is known where the call that is followed begins
 */
struct path_engine {
	struct path_result *result;
	const struct program *program;
	struct expr_pool *pool;
	const struct function *function;
	GPtrArray *work[2];
	GHashTable *seen;
	GPtrArray *blocks;
	size_t block_used;
	const struct liveness *liveness;
	char *callee_release;
	bool owned;
	GArray *beliefs;
	bool supposing;
	int depth;
	struct env at_call;
};

static inline const struct ir_node *state_node(const struct path_engine *engine,
					       const struct path_state *state)
{
	return function_node(engine->function, state->node);
}

/* -- places: path_state.c -- */

bool state_has_place(const struct path_state *state, const struct expr *e);
void state_add_place(struct path_state *state, const struct expr *place);
void state_drop_place(struct path_state *state, const struct expr *place);
/* Where two places have become one. */
void state_drop_duplicates(struct path_state *state);
/* Drops what is kept there, or in what is there. */
void state_drop_places_in(struct path_state *state, const struct expr *e);
/* e, or the array that it is an entry of, holds the pages. */
bool state_names_pages(const struct path_state *state, const struct expr *e);
/* The pages stand anywhere in it: in an address or a pfn that was made of them, too. */
bool state_mentions_pages(const struct path_state *state, const struct expr *e);
/* e, or what it is the address of, is an object that has the pages in it. */
bool state_names_holder(const struct path_state *state, const struct expr *e);
/* &obj->list, where obj holds the pages, and is this function's own or came with them. */
bool state_names_member(const struct path_engine *engine, const struct path_state *state,
			const struct expr *e);
/* A frame number is equal to the other side of a test: it can be found by that again. */
void state_add_equal(struct path_state *state, const struct ir_node *test);
/* The place is a variable of the function, or in an object that it made. */
bool place_is_own(const struct function *function, const struct expr *place);
/* path_lend.c: a number is kept there: a frame number, an address for a device. */
bool place_is_number(const struct function *function, const struct expr *place);
/* All places are the function's own. */
bool state_is_certain(const struct path_engine *engine, const struct path_state *state);
/*
 * A count or flag, as a call is given it. Unknown where the variable is counted up before the
 * query's call: how often a loop goes round is not counted, and 0 would be one that does not.
 */
struct value state_argument(const struct path_engine *engine, const struct path_state *state,
			    const struct expr *e);
gboolean state_equal(const void *left, const void *right);
guint state_make_hash(const struct path_state *state);
guint state_hash(const void *state);	/* as it was made */

/* -- the worklist: path_engine.c -- */

/* Adds a copy of the state, at this node (-1: nowhere), unless it was there before. */
void engine_push(struct path_engine *engine, const struct path_state *state, int node);
/* Notes the state's node in its trace. taken, outcome: as in struct path_trace. */
void engine_trace(struct path_engine *engine, struct path_state *state, int taken,
		  enum reason_code outcome);
/* The same of a test. open: as in struct path_trace. */
void engine_trace_test(struct path_engine *engine, struct path_state *state, int taken, bool open);
void engine_event(struct path_engine *engine, const struct path_state *state,
		  enum path_event_kind kind, int other);
/* The same of a release that is wrong as it is. */
void engine_wrong(struct path_engine *engine, const struct path_state *state,
		  enum path_event_kind kind);
/* The pages are released at this node, within loop (-1: none). */
void engine_released(struct path_engine *engine, struct path_state *state, int node, int loop,
		     struct range range);

/*
 * path_transfer.c: nothing has the pages any more. Of a rest, or of pages that others may have
 * noted, it is a loss where an error is returned.
 */
void state_lose(struct path_engine *engine, struct path_state *state, enum path_event_kind kind);

/* path_free.c: the call's argument of that index is freed. */
void transfer_free(struct path_engine *engine, struct path_state *state, int index);

/* -- transfer functions; false: they have pushed what comes next themselves -- */

/* Knowledge of the function that the state's node calls, or NULL. */
static inline const struct known *callee_known(const struct path_engine *engine,
					       const struct path_state *state,
					       enum knowledge_kind kind)
{
	return function_known(engine->function, state->node, kind);
}

/* The acquire pins pages of user memory alone, and it is followed as such. */
static inline bool query_may_take_no_pin(const struct path_engine *engine)
{
	return engine->result->query.acquire->family == FAMILY_EXTRACT;
}

/* path_entry.c: where nothing is left to ask of the path, no state of it is another one. */
void entry_prune(const struct path_engine *engine, struct path_state *state);
/* path_entry.c: pushes a path for NULL, where there were to be some entries, and one for memory. */
bool entry_allocates(struct path_engine *engine, const struct path_state *state);
/* path_entry.c: a release, perhaps of an error pointer. */
void entry_release(struct path_engine *engine, const struct path_state *state);
/* call_result.c: the result has a new value; what the callee may have filled, an unknown one. */
void transfer_result(struct path_engine *engine, struct path_state *state);
/* call_result.c: members that a function with a graph may write have any value behind its call. */
void forget_written(const struct path_engine *engine, struct env *env, int call);
/* path_assign.c */
void transfer_set(struct path_engine *engine, struct path_state *state);
/* path_transfer.c */
bool transfer_call(struct path_engine *engine, struct path_state *state);
/* call_result.c: the outcome of a test of IS_ERR(x) or its like refines x. */
void learn_error_test(const struct path_engine *engine, struct env *env,
		      const struct ir_node *test, bool outcome);
/* path_test.c and path_loop.c: push what comes next. */
void transfer_test(struct path_engine *engine, struct path_state *state);
void transfer_loop(struct path_engine *engine, struct path_state *state);
/* callee_eval.c: a callee that may release: one state for each way that it may end. */
bool transfer_callee(struct path_engine *engine, struct path_state *state);
/* path_handle.c: the object that is followed is given to a function that releases what is in it. */
bool handle_is_dropped(const struct path_engine *engine, const struct path_state *state);
/* path_handle.c: it is; perhaps once more. */
void handle_drop(struct path_engine *engine, struct path_state *state);
/*
 * path_handle.c: a function out of sight that is given the object, or one that holds it, leaves it
 * to this function where its result is an error.
 */
bool handle_is_refused(const struct path_engine *engine, const struct path_state *state);
/*
 * path_handle.c: a function out of sight that is given it gives back an error or none: what it has
 * done with it is undone by another call.
 */
bool handle_is_lent(const struct path_engine *engine, int call);
/* path_handle.c: a function out of sight is asked for a number of the object that is followed. */
bool handle_is_asked(const struct path_engine *engine, const struct path_state *state);
/* path_handle.c: the pointer leads to the object that is followed. */
bool handle_is_there(const struct path_engine *engine, const struct path_state *state,
		     const struct expr *pointer);
/* The call releases what an object holds that is given to it, and that one holds the pages. */
bool lend_drops_held(const struct path_engine *engine, const struct path_state *state);
/* path_lend.c: a function that borrows the pages; one that is out of sight. */
bool transfer_borrow(struct path_engine *engine, struct path_state *state,
		     const struct known *borrow);
bool transfer_unseen(struct path_engine *engine, struct path_state *state);
/* path_lend.c: the variable or memory that a pointer leads to, by way of others; or NULL. */
const struct expr *object_behind(const struct function *function, const struct expr *pointer);
/* callee_eval.c: whatever its path, the callee releases what is released already. */
bool callee_releases_again(struct path_engine *engine, const struct path_state *state);
/* callee_eval.c: reports what the callee does wrong where the acquire has failed, if anything. */
bool callee_look_inside(struct path_engine *engine, const struct path_state *state);

/* -- functions out of sight that leave the pages here: path_belief.c -- */

GArray *beliefs_new(void);
/* There is something to believe: a second run is due. */
bool beliefs_any(const GArray *beliefs);
/* The first run, if there are none yet, makes them; another one goes by them. */
void belief_begin(struct path_engine *engine, GArray *beliefs);
/*
 * Pushes what comes behind a call that may have taken the pages. The state's environment has its
 * result, of these signs.
 */
void belief_push(struct path_engine *engine, const struct path_state *state, unsigned int signs);
/* The call is one of many in a loop, each of which is given an entry. */
bool belief_is_of_entry(const struct path_engine *engine, const struct path_state *state);
/* The function returns with the pages. */
void belief_returned(struct path_engine *engine, const struct path_state *state, bool error);
/* The path comes to a release. */
void belief_released(struct path_engine *engine, const struct path_state *state, int release);
/* e is, or is in, an object that one of those calls was given beside the pages. */
bool belief_knows(const struct path_engine *engine, const struct path_state *state,
		  const struct expr *e);
/* The same of the call that has failed. */
bool refusal_knows(const struct path_engine *engine, const struct path_state *state,
		   const struct expr *e);
/* The state's node calls a function with such an object. */
bool belief_touches(const struct path_engine *engine, const struct path_state *state);

/* -- pages that did not come: path_absent.c -- */

/* The acquire has failed, as outcome says: notes where its pages would be. */
void absent_begin(struct path_engine *engine, struct path_state *state,
		  const struct call_outcome *outcome, const struct path_state *before);
/* Something is stored: perhaps another page, or what is no page gets another name. */
void absent_set(struct path_engine *engine, struct path_state *state,
		const struct ir_node *set);
/* An open test of such a place has this outcome. */
void absent_test(const struct path_engine *engine, struct path_state *state,
		 const struct ir_node *test, bool outcome);
/* It releases what is not there: a call, or a loop over each entry of a range. */
void absent_release(struct path_engine *engine, struct path_state *state);
void absent_loop(struct path_engine *engine, struct path_state *state, const struct range *range);
/*
 * As many entries as the acquire has given are released from the array's start, and it has
 * filled those from another one on.
 */
bool absent_range(const struct path_engine *engine, const struct path_state *state,
		  const struct range *range);
/* A call that is given the place, and is no release: a use, or other pages are there now. */
void absent_call(struct path_engine *engine, struct path_state *state);
/* path_unwritten.c: it reads what was never written. */
void unwritten_call(struct path_engine *engine, struct path_state *state);
void unwritten_set(struct path_engine *engine, struct path_state *state,
		   const struct ir_node *set);
/* path_unwritten.c: an errno that nothing has asked for is added to a number. */
void unasked_set(struct path_engine *engine, struct path_state *state, const struct ir_node *set);
/* path_unwritten.c: a test with this outcome may tell the failure from success. */
void unasked_test(const struct path_engine *engine, struct path_state *state,
		  const struct ir_node *test, enum truth truth);
/* path_unwritten.c: the function returns as if the pages were there. */
void unasked_return(struct path_engine *engine, struct path_state *state);
/* As many as the acquire gave are released from an entry on that is behind its first one. */
void absent_offset(struct path_engine *engine, const struct path_state *state);

/* -- fewer pages than requested, taken for all: path_short.c -- */

/* An open test, or a store: it may use the number that came. */
void short_test(struct path_state *state, const struct ir_node *test);
void short_set(struct path_state *state, const struct ir_node *set);
/* A call, a loop with this first test, or a return: does it use all, or say that they came? */
void short_call(struct path_engine *engine, struct path_state *state);
void short_loop(struct path_engine *engine, struct path_state *state, const struct ir_node *test);
void short_return(struct path_engine *engine, struct path_state *state);

/* -- the call that the query starts at: path_start.c -- */

/* One path goes on for each way that the call may end. */
void start_transfer(struct path_engine *engine, struct path_state *state);

/*
 * path_kind.c: the pages have been released by the call at release, which names them so: is it of
 * their kind? A finding only where links alone do not tell: other pages come to it as well.
 */
void kind_released(struct path_engine *engine, struct path_state *state, int release,
		   const struct expr *pages);
/* The callee at the state's node has released them, on each path by a call of the other kind. */
void kind_released_inside(struct path_engine *engine, struct path_state *state);

/* -- the entry that a round has failed to fill: path_hole.c -- */

/* The query's call has this outcome. */
void hole_begin(const struct path_engine *engine, struct path_state *state,
		const struct call_outcome *outcome);
void hole_set(struct path_engine *engine, struct path_state *state, const struct ir_node *set);
void hole_call(struct path_engine *engine, struct path_state *state);
/* The call, a release of pages, was given a single entry. */
void hole_released(const struct path_engine *engine, struct path_state *state);
/* A called function that releases is given that entry again: as the one that has released it. */
bool hole_given_again(const struct path_engine *engine, const struct path_state *state);
/* A release, or a loop of releases with this first test: of that entry, too? */
void hole_release(struct path_engine *engine, struct path_state *state);
void hole_loop(struct path_engine *engine, struct path_state *state, const struct range *range,
	       const struct ir_node *test);

/* A callee has released these entries. */
void hole_range(struct path_engine *engine, struct path_state *state, const struct range *range);

/* path_loop.c: the first test of a loop, when it comes before anything else can happen; or -1. */
int loop_first_test(const struct function *function, int head);

/* -- pages that are handed on one by one: path_rest.c -- */

/* The loop around a node that passes on nothing but its round's entry; -1: there is none. */
int rest_loop_of_entry(const struct path_engine *engine, const struct path_state *state);
/* A state is about to be pushed: entries are handed on there, or the loop is left. */
void rest_push(const struct path_engine *engine, const struct path_state *before,
	       struct path_state *next);
/* The call is no release itself, and its result is asked for: a loop may be left on it. */
bool rest_may_fail(const struct path_engine *engine, int call);
/* The function returns within the loop. */
void rest_return(struct path_state *state);
/*
 * path_rest.c: a comparison of two counts decides whether the rest is released, and this outcome
 * does not: there is a rest, so that it is the other one.
 */
bool rest_is_told(const struct path_engine *engine, const struct path_state *state, bool outcome);
/* A test has this outcome: something may have failed. */
void rest_test(const struct path_engine *engine, struct path_state *next,
	       const struct ir_node *test);
/* -- pages that a callee has stored: callee_store.c -- */

/* The callee was entered with the pages there. */
bool call_was_given(const struct call_outcome *at_entry, const struct expr *place);
/* It stored them in what its caller has given, or returns them. */
bool call_hands_on(const struct function *callee, const struct path_event *exit,
		   const struct call_outcome *at_entry);
/* Where, as the caller has it: outcome->places. False: it cannot name it all. */
bool call_places_handed(const struct path_engine *engine, const struct path_state *state,
			const struct function *callee, const struct path_event *exit,
			const struct call_outcome *at_entry, struct call_outcome *outcome);

/* -- one entry that a loop has put in an object: path_stored.c -- */

/*
 * The call at the state's node has left the pages in these places as well. Where it was given the
 * entry of a round of a loop, the entry goes on by itself, and the state without it.
 */
void stored_add(struct path_engine *engine, struct path_state *state,
		  const struct expr *const *places, int count);
/* The call is given other entries of the array: those behind this one. */
bool stored_is_of_rest(const struct path_engine *engine, const struct path_state *state, int node);
/* The call is no release, and is given the array or an entry of it. */
bool stored_is_elsewhere(const struct path_engine *engine, const struct path_state *state);

/* path_transfer.c: the callee at a node may drop the acquire's pages, on some path. */
bool callee_may_release(struct path_engine *engine, int node);
/* Of what an object had before the pages are put there. */
bool release_is_of_replaced(const struct path_engine *engine, const struct path_state *state,
			    int release);

#endif
