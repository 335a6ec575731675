/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_PARSE_STATE_H
#define GUPCONV_FRONTEND_PARSE_STATE_H

#include "kbuild/compiler_flags.h"
#include "ctext/call_scanner.h"
#include "frontend/parse.h"
#include "frontend/tu_walk.h"

/* Shared by the files that parse one translation unit. */

/**
 * struct parse - a file under way
 * @texts: path -> struct source, of the file and the wanted ones it includes
 * @seen: key of unit.calls -> configuration in which the AST had it, in words
 * @included: of wanted paths: headers of the module that the file includes
 * @missing: of a module: set of "path, line, name" of headers that were not found
 */
struct parse {
	const struct parse_setup *setup;
	const struct parse_job *job;
	struct unit unit;
	GHashTable *wanted;
	GHashTable *sources;
	GHashTable *seen;
	GHashTable *included;
	GHashTable *missing;
};

struct source {
	char *text;
	size_t size;
	GPtrArray *calls;
};

/* State that all configurations of a job share. */
struct flags_input parse_flags_input(const struct parse_setup *setup, const struct parse_job *job);
/* The text of a file of the tree and its calls; read once. */
struct source *parse_source(struct parse *parse, const char *path);
/* The key of unit.calls and @seen; g_free() it. */
char *call_key(const char *path, const struct text_call *call);

/* Parses the file under as many configurations as it takes to see every call; writes the E line. */
void parse_configurations(struct parse *parse);
/* Adds the rows of a file's calls, in the text and by macros. */
void parse_rows(struct parse *parse, const char *path);

#endif
