/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DECIDE_ANSWERS_H
#define GUPCONV_DECIDE_ANSWERS_H

#include "db/db.h"
#include "model/answer.h"

/**
 * struct answered - what a person has decided about one acquire: a row of table answer
 * @reason: in that person's words
 */
struct answered {
	enum answer answer;
	char *identity, *reason;
};

/*
 * call id -> struct answered, of the acquires that this tree has. A line about none is told, for a
 * name may have changed. NULL: @error is set. Caller destroys.
 */
GHashTable *answers_load(struct db *db, GError **error);

#endif
