/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_PARSE_H
#define GUPCONV_FRONTEND_PARSE_H

#include "model/api.h"
#include "model/file_status.h"
#include "kbuild/arch.h"
#include "frontend/config_symbols.h"
#include "source/tree.h"

/**
 * struct parse_job - one file to take the facts of
 * @path: relative to the tree
 * @arch: architecture to see it as
 * @kbuild: -I and -D options of its Makefiles (char *)
 * @choices: of struct kbuild_choice: macros of which only one branch's hold
 * @config: CONFIG_ symbol of its Makefile line, or ""
 * @object: the object that Kbuild makes of it, or ""
 * @symbols: CONFIG_ symbols that its text or its Makefile line names (char *)
 * @exact: of struct exact_flags: how a build compiles it, or NULL
 * @bodies: a header that is read for the bodies of its functions, as a file that includes
 *	nothing else would have them
 * @services: set of names of functions of other files that hand pages out or release them;
 *	whoever calls one has a graph. NULL where the index has read the file without any
 */
struct parse_job {
	char *path;
	const struct arch *arch;
	GPtrArray *kbuild;
	GPtrArray *choices;
	char *config;
	GPtrArray *symbols;
	char *object;
	GPtrArray *exact;
	bool bodies;
	GHashTable *services;
};

/*
 * Shared by all jobs of a run. headers: struct arch -> struct header_cache. salt: hash of
 * all that facts depend on besides the jobs, or "".
 */
struct parse_setup {
	const struct tree *tree;
	const struct api_table *apis;
	GHashTable *candidates;		/* set of paths */
	GHashTable *headers;
	struct config_symbols *common;
	struct bare_headers *bare;	/* NULL: headers are parsed as they are */
	const char *salt;
};

/*
 * The facts (model/facts.h) of a file, as text; g_free() it. Never fails: each thing that
 * went wrong is a fact.
 */
char *parse_facts(const struct parse_setup *setup, const struct parse_job *job);

/*
 * The same from the text alone, for a file that the parser crashed or hung on:
 * its calls are text-only. status and reason say what happened.
 */
char *parse_text(const struct parse_setup *setup, const struct parse_job *job,
		 enum file_status status, const char *reason);

/* The compiler flags of a job, joined: what its facts depend on besides texts. */
char *parse_flags_text(const struct parse_setup *setup, const struct parse_job *job);

#endif
