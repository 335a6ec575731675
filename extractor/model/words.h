/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_WORDS_H
#define GUPCONV_MODEL_WORDS_H

#include <stdbool.h>

/*
 * The vocabulary: a noun is an enum whose words stand beside its names in one
 * list, X(NAME, "word"). Text becomes an enum where it is read (the database, a
 * worker's facts, the command line) and text again where it is written; nothing
 * between compares words. tests/unit/test_words.c holds the lists beside the
 * CHECKs of db/schema.sql.
 */

/* For enum bodies: "enum role { ROLES(WORDS_NAME) };" */
#define WORDS_NAME(name, word) name,

/**
 * WORDS_DECLARE - the functions of a noun
 *
 * noun_word() gives the word of a value. noun_find() gives the value of a word,
 * or -1 when it is none. noun_words() gives all words in the order of the enum,
 * with a NULL behind them.
 */
#define WORDS_DECLARE(noun) \
	const char *noun##_word(enum noun value); \
	int noun##_find(const char *word); \
	const char *const *noun##_words(void)

#endif
