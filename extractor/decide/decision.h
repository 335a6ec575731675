/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DECIDE_DECISION_H
#define GUPCONV_DECIDE_DECISION_H

#include "decide/answers.h"
#include "decide/lifetime.h"
#include "link/match.h"
#include "model/state.h"

/**
 * struct decision - an acquire or release under decision: a row of table decision
 * @feed: of an acquire that is one
 * @pairs: of struct pair *, that it is part of
 * @group: the lowest id of the sites that change together
 * @because: a pair for whose sake nothing of its pages changes, or NULL
 * @decided: it has a state
 * @adds: of an acquire: flags that its conversion adds; NULL: none
 * @adds_why: the reason for them, or why none are added; NULL: there is nothing to tell
 */
struct decision {
	const struct call_info *call;
	const struct page_source *feed;
	GPtrArray *pairs;
	int group;
	const struct pair *because;
	bool decided;
	enum state state;
	char *target;
	struct reason *reason;
	int use_case;
	const char *adds;
	struct reason *adds_why;
};

/**
 * struct evidence - what is known before a decision
 * @longterm: FOLL_LONGTERM by the headers of a module's kernel, 0: not read from there
 */
struct evidence {
	const struct graph *graph;
	const struct call_graph *invokes;
	const struct cfg *cfg;
	const struct api_table *apis;
	const struct lifetimes *lifetimes;
	enum era era;
	unsigned long longterm;
};

/**
 * struct deciding - what decisions rest on
 * @longterm, @era: of struct evidence
 * @targets: callee -> what it becomes in this era
 * @prototypes: names that the tree declares
 * @pages_index: call id -> number of its pages argument, from 1
 * @flags_index: call id -> number of its flags argument, from 1
 * @iter_index: call id -> number of its iterator argument, from 1
 * @answers: call id -> struct answered, what a person has decided
 * @feeds: of struct page_source *: all sources
 * @sites: of struct decision *, by call id
 */
struct deciding {
	const struct graph *graph;
	const struct call_graph *invokes;
	const struct cfg *cfg;
	const struct api_table *apis;
	const struct lifetimes *lifetimes;
	unsigned long longterm;
	enum era era;
	GHashTable *targets;
	GHashTable *prototypes;
	GHashTable *pages_index;
	GHashTable *flags_index;
	GHashTable *iter_index;
	GHashTable *answers;
	const GPtrArray *feeds;
	GPtrArray *sites;
};

/* A person's decision about the acquire; NULL for none. */
const struct answered *answer_of(const struct deciding *d, const struct call_info *acquire);

struct deciding *deciding_new(struct db *db, const struct evidence *evidence,
			      const GPtrArray *feeds, const GPtrArray *pairs, GError **error);
bool deciding_write(struct db *db, const struct deciding *d, GError **error);
void deciding_free(struct deciding *d);
/* struct call_info -> its struct decision. Caller destroys. */
GHashTable *deciding_by_call(const struct deciding *d);

/* Takes reason. */
void decision_set(struct decision *site, enum state state, const char *target,
	      struct reason *reason);

#endif
