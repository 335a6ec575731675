/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_LOCK_WORDS_H
#define GUPCONV_CHECKERS_LOCK_WORDS_H

#include "db/db.h"

/* Functions between which nothing may sleep, and those that take a handler: role lock of table api. */

struct lock_words;

enum lock_effect {
	LOCK_NO_EFFECT,
	LOCK_ENTERS,	/* nothing may sleep from here */
	LOCK_LEAVES,
	LOCK_HANDLER,	/* the argument is a function that may not sleep */
	LOCK_MEMBER,	/* a member whose function may not sleep */
};

/* NULL with error set. */
struct lock_words *lock_words_load(struct db *db, GError **error);
void lock_words_free(struct lock_words *words);
/* *argument: of LOCK_HANDLER, its index. */
enum lock_effect lock_effect_of(const struct lock_words *words, const char *callee, int *argument);
/* A function that is stored in a member of this name may not sleep. */
bool lock_is_member(const struct lock_words *words, const char *member);

#endif
