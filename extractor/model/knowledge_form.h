/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_KNOWLEDGE_FORM_H
#define GUPCONV_MODEL_KNOWLEDGE_FORM_H

#include "model/knowledge.h"

/*
 * A line of --api FILE that is about table knowledge: KIND NAME [ARG] [DETAIL ...].
 */

/**
 * struct knowledge_row - such a line
 * @arg: from 1; 0 for none
 */
struct knowledge_row {
	enum knowledge_kind kind;
	char *name;
	int arg;
	char *detail;
};

/* The line of these words, of which the first is the word of a kind. NULL: @wrong, which the
 * caller frees, names the fault and how to mend it. */
struct knowledge_row *knowledge_row_read(char **words, char **wrong);
void knowledge_row_free(struct knowledge_row *row);
bool knowledge_row_store(const struct knowledge_row *row, struct db *db, GError **error);

#endif
