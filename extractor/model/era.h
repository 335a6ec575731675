/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_ERA_H
#define GUPCONV_MODEL_ERA_H

#include "model/words.h"

/*
 * Stages of the API that a tree offers; meta.era, api_target.era. X(NAME, word), oldest first.
 * era_traits() has what is else told apart; decide/ has a file for each way to decide.
 */
#define ERAS(X) \
	X(ERA_NONE, "none")				/* before 5.2 */ \
	X(ERA_PUT_USER_PAGE, "put_user_page")		/* 5.2 to 5.5 */ \
	X(ERA_PIN_USER_PAGES, "pin_user_pages")		/* from 5.6 on */

enum era { ERAS(WORDS_NAME) };

WORDS_DECLARE(era);

/**
 * struct era_traits - how an era differs from the others
 * @marker: a tree whose include/linux/mm.h declares this function is of this
 *	era, or a later one; NULL of the oldest
 * @pins: acquires that pin have names of their own, so that an acquire is converted together
 *	with its releases; before, releases alone are
 */
struct era_traits {
	const char *marker;
	bool pins;
};

const struct era_traits *era_traits(enum era era);
/* Of meta.era; ERA_NONE of NULL and of no era's word. */
enum era era_of(const char *word);

#endif
