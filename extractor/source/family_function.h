/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_SOURCE_FAMILY_FUNCTION_H
#define GUPCONV_SOURCE_FAMILY_FUNCTION_H

#include "ctext/tokens.h"
#include "model/knowledge.h"

/* The kinds of parameter and result that may hold pages. */
enum page_form {
	FORM_NONE,
	FORM_PAGE,	/* one page or folio */
	FORM_PAGES,	/* an array of them, or the address of a pointer to one */
	FORM_VECTORS,	/* a container of many, or an array of such */
	FORM_ITER,	/* an iterator over memory */
};

/**
 * struct family_param - a parameter that matters
 */
struct family_param {
	char *name;
	enum page_form form;
};

/**
 * struct family_call - a call in the body
 * @callee: owned
 * @first, @last: tokens of its arguments
 * @by_value: an if around it tests values, and calls no function
 */
struct family_call {
	char *callee;
	int first, last;
	bool by_value;
};

/**
 * struct family_function - a function definition, by its text
 * @tokens: of its file, @knowledge of the kernel: not owned
 * @is_public: others can call it: it is not static, or an inline function of a header
 * @returns: form of its result
 * @params: of struct family_param; @calls: of struct family_call
 * @has_get, @has_pin: its body gives FOLL_GET, FOLL_PIN on
 * @tests_flags: it tests for one of them
 * @fills: it stores to an array of pages of its caller's
 */
struct family_function {
	const struct tokens *tokens;
	const struct knowledge *knowledge;
	char *name;
	const char *path;
	int line;
	bool is_public;
	enum page_form returns;
	GArray *params, *calls;
	bool has_get, has_pin, tests_flags, fills;
};

/* function: one of @tokens. path, knowledge: not owned */
struct family_function *family_function_new(const struct tokens *tokens,
					    const struct token_function *function,
					    const char *path,
					    const struct knowledge *knowledge);
/* data: struct family_function * */
void family_function_free(void *data);

/* The first parameter of a form that the arguments of the call name; NULL for none. */
const struct family_param *family_call_param(const struct family_function *function,
					     const struct family_call *call, enum page_form form);
bool family_function_has(const struct family_function *function, enum page_form form);

#endif
