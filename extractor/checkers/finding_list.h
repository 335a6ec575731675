/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_FINDING_LIST_H
#define GUPCONV_CHECKERS_FINDING_LIST_H

#include "dataflow/graph.h"

/**
 * struct finding_line - a row of table finding_step
 */
struct finding_line {
	int file;
	int line;
	struct reason *text;
};

/**
 * struct finding_row - a row of table finding
 * @detail: "" for none
 * @call: that it is about; @other: the site that it does not go with; either may be NULL
 * @steps: of struct finding_line, or NULL
 */
struct finding_row {
	const char *kind;
	const char *detail;
	const struct call_info *call;
	const struct call_info *other;
	int file;
	int line;
	struct reason *message;
	GArray *steps;
};

/**
 * struct finding_list - what the checkers have found
 * @rows: of struct finding_row *, in the order in which they were added
 * @known: keys of the rows: one finding a kind, detail, call and line
 */
struct finding_list {
	GPtrArray *rows;
	GHashTable *known;
};

struct finding_list *finding_list_new(void);
void finding_list_free(struct finding_list *list);
/*
 * Takes message and steps. A finding that is there already, by another path, is not added, and
 * none of a call that this kernel is not compiled with.
 */
void finding_add(struct finding_list *list, struct finding_row row);

#endif
