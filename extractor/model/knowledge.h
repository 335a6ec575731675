/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_KNOWLEDGE_H
#define GUPCONV_MODEL_KNOWLEDGE_H

#include "db/db.h"
#include "model/knowledge_kind.h"

/*
 * Knowledge of the kernel besides the page functions of table api: which function
 * allocates, frees, locks, prints; which struct holds pages; which path is the core's.
 * All of it is data: table knowledge, filled from db/knowledge.sql and --api FILE.
 */

/**
 * struct known - a row of table knowledge
 * @name: what it is about, or a pattern in which '*' stands for any characters
 * @index: the argument that it is about, from 0; -1 for none
 * @details: set of KNOWN(...)
 */
struct known {
	char *name;
	int index;
	unsigned int details;
};

struct knowledge;

/* From a database with table knowledge; it does not change from there on. NULL: @error is set. */
struct knowledge *knowledge_load(struct db *db, GError **error);
void knowledge_free(struct knowledge *knowledge);

/*
 * The row of a kind that is about a name, or NULL. A row of that very name comes
 * first, then the pattern with the most characters besides '*', then the same for the
 * name without what a macro puts around it (kind spelling). A row "not" is none.
 */
const struct known *knowledge_find(const struct knowledge *knowledge, enum knowledge_kind kind,
				   const char *name);
/* The details of that row; 0 without one. */
unsigned int knowledge_details(const struct knowledge *knowledge, enum knowledge_kind kind,
			       const char *name);
static inline bool knowledge_has(const struct knowledge *knowledge, enum knowledge_kind kind,
				 const char *name)
{
	return knowledge_find(knowledge, kind, name) != NULL;
}
/* The details of all rows of the kind that fit: for paths. */
unsigned int knowledge_union(const struct knowledge *knowledge, enum knowledge_kind kind,
			     const char *name);
/* The details of all structs (kind container) that a type in C names: "struct bio_vec *". */
unsigned int knowledge_of_type(const struct knowledge *knowledge, const char *type);
/*
 * The names of the kind, not patterns, whose rows have one of the details (0: any); sorted.
 * Not owned.
 */
GPtrArray *knowledge_names(const struct knowledge *knowledge, enum knowledge_kind kind,
			   unsigned int details);
/* The name without what a macro puts around it, or NULL when nothing is around it. Caller frees. */
char *knowledge_plain_name(const struct knowledge *knowledge, const char *name);

/* Does the text fit the pattern? */
bool pattern_fits(const char *pattern, const char *text);

#endif
