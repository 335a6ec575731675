/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_REASON_H
#define GUPCONV_MODEL_REASON_H

#include "db/db.h"
#include "gen/reason_codes.h"
#include "model/words.h"

/*
 * Codes of reasons, enum reason_code: REASON_NEGATIVE_COUNT is "negative-count". The list
 * is made from db/reasons.sql, where their sentences are: a reason is one row there.
 */
enum reason_code { REASONS(WORDS_NAME) };

WORDS_DECLARE(reason_code);

/**
 * struct reason - why a link, a decision or an edit is what it is
 * @args: of the sentence: a JSON array of strings, numbers and reasons, each of these
 *	an array that begins with its code
 */
struct reason {
	enum reason_code code;
	char *args;
};

/*
 * A new reason; the format has a letter for each argument: s a string, d an int, r a
 * struct reason, which is freed.
 */
struct reason *reason_new(enum reason_code code, const char *format, ...);
/* The first max of a list of struct reason, and how many more there are. */
struct reason *reason_list(const GPtrArray *reasons, guint max);
/* All of a list, as clauses of one sentence. */
struct reason *reason_clauses(const GPtrArray *reasons);
/* The call as an argument: "put_page() at mm/a.c:7". */
struct reason *reason_call(const char *callee, const char *path, int line);
/* Of two columns of a table; a code that is none is taken as a text. */
struct reason *reason_load(const char *code, const char *args);
struct reason *reason_copy(const struct reason *reason);
/* data: struct reason *, or NULL */
void reason_free(void *data);

/* Binds the code at the index and the arguments behind it; NULL: no reason. */
void reason_bind(sqlite3_stmt *stmt, int index, const struct reason *reason);

typedef struct reason reason_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(reason_t, reason_free)

#endif
