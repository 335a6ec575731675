/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_REMEDY_LEAK_H
#define GUPCONV_CONVERT_REMEDY_LEAK_H

#include "convert/remedy/remedy.h"

/**
 * struct leak - a path on which pages are lost, in the text and the graph of its function
 * @acquire: the call of table call, which may stand in a helper
 * @token: the call in this function that gives the pages, be it of the helper; @node in the graph
 * @guard: the "if" whose branch leaves; @test: a node of its condition
 * @exit: the "goto", "break" or "return" that leaves
 * @body: first token of the branch
 */
struct leak {
	const struct remedy_call *acquire;
	const struct tokens *tokens;
	const struct token_function *function;
	const struct ir_function *ir;
	int token, node, guard, test, exit, body;
};

/*
 * Ways to say what is to be released: statements, as edit_insert_before() takes them, or NULL.
 * Each variable in them has the value that it has to have where the branch begins.
 */
char *leak_one_page(struct remedy_context *context, const struct leak *leak);
char *leak_as_elsewhere(struct remedy_context *context, const struct leak *leak);
char *leak_rest_of_loop(struct remedy_context *context, const struct leak *leak);
char *leak_rest_of_round(struct remedy_context *context, const struct leak *leak);

/* The node of the call at the token, or -1. */
int leak_node(const struct leak *leak, int token);
/* All variables of these tokens have, at the test, a value of the node at, or the acquire's own. */
bool leak_same_values(const struct leak *leak, int first, int last, int at);
/* The same but for one variable; NULL: none. */
bool leak_same_values_but(const struct leak *leak, int first, int last, int at, const char *but);
/* A release that takes an array of pages and their number; NULL: none. */
const char *leak_release_of_many(struct remedy_context *context, const struct leak *leak);
/* A release of one page. */
const char *leak_release_of_one(struct remedy_context *context, const struct leak *leak);
/* The word before "=" of the statement that holds the acquire; -1: none. */
int leak_result(const struct leak *leak);

#endif
