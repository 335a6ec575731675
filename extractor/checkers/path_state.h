/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_PATH_STATE_H
#define GUPCONV_CHECKERS_PATH_STATE_H

#include "checkers/path_engine.h"
#include "checkers/liveness.h"

/**
 * struct state - one path, so far
 * @step: next to be looked at
 * @where: step of the release, when released; @loop: head of the loop around it
 * @gone: text of what was released there; @range: the same, of an array; @passed: the entry
 *	of this round, where a loop releases
 * @enter: head of a loop that is taken to go round once at least, -1: none
 * @rounded: the loops that it came to, a bit each
 * @counted: how many pages there are is known outside of this function, too
 * @extra: another reference was taken: a second release is right
 */
struct state {
	int step;
	int trail;
	enum hold hold;
	bool started;
	bool extra;
	bool counted;
	int where;
	int loop;
	int enter;
	guint64 rounded;
	const char *gone;
	const char *passed;
	struct range range;
	int key_count;
	const char *keys[HOLD_KEYS];
	struct env env;
};

/**
 * struct explorer - an exploration under way
 * @work: of struct state
 * @seen: of struct state
 * @live: which names matter to this body, and where
 */
struct explorer {
	struct exploration *result;
	const struct bodies *bodies;
	const struct body *body;
	GArray *work;
	GHashTable *seen;
	const struct live *live;
	int depth;
};

void state_add_key(struct explorer *x, struct state *state, const char *key);
bool state_has_key(const struct state *state, const char *key);
/* The text names the pages, or what holds them. */
bool state_names_pages(const struct state *state, const char *text);
/* The pages stand anywhere in it: an address or a pfn that was made of them, too. */
bool state_mentions_pages(const struct state *state, const char *text);
bool state_names_holder(const struct state *state, const char *text);
/* What is kept there, or in what is there, is kept no more. */
void state_drop_keys(struct state *state, const char *text);
/* "&obj->list", where obj is memory of this function's own that holds the pages. */
bool state_names_member(const struct explorer *x, const struct state *state, const char *text);
/* All keys are the function's own variables, or in objects that it made. */
bool state_is_certain(const struct explorer *x, const struct state *state);
void state_push(struct explorer *x, const struct state *state, int step);
void state_note(struct explorer *x, struct state *state, int taken, const char *outcome);
void state_mark(struct explorer *x, const struct state *state, enum mark_kind kind, int other);

/* What a step does to the state; false: the path ends here. */
bool step_set(struct explorer *x, struct state *state);
bool step_call(struct explorer *x, struct state *state);
/* A loop begins: where it releases the pages, it is taken to release all. */
void walk_loop(struct explorer *x, struct state *state, const struct step *step);
/* A helper that may release: a path for each way that it may end. */
bool step_helper(struct explorer *x, struct state *state, const struct step *step);
/* It releases, whatever its path, what is released already. */
bool helper_releases_again(struct explorer *x, const struct state *state, const struct step *step);
/* A helper that the step calls drops the acquire's pages, perhaps on some paths only. */
bool step_may_release(const struct explorer *x, const struct step *step);
/* Memory that this function allocated itself, all zero. */
bool body_zeroes(const struct body *body, const char *key);
/* Memory that this function allocated itself. */
bool body_allocates(const struct body *body, const char *name);

#endif
