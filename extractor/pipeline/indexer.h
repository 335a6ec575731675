/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PIPELINE_INDEXER_H
#define GUPCONV_PIPELINE_INDEXER_H

#include "model/fact_loader.h"
#include "pipeline/fact_cache.h"
#include "source/candidates.h"
#include "frontend/compile_commands.h"
#include "pipeline/index.h"
#include "kbuild/build_record.h"
#include "kbuild/kbuild.h"
#include "kbuild/kconfig.h"
#include "kbuild/maintainers.h"
#include "frontend/parse.h"
#include "pipeline/pool.h"
#include "pipeline/incremental.h"

/**
 * struct indexer - an index under way
 * @memory: an empty database in memory, for the API tables
 * @again: the database of this tree and how the tree differs, or NULL
 * @candidates: of struct candidate
 * @files: tree_files() of the tree, or NULL when indexed @again
 * @words: that the tree's files use; empty for a module, and when indexed @again
 * @doubted: set of the paths of jobs that may not be as @again knows them
 * @known_before: how many files its database has
 * @services: set of functions of these that hand pages out or release them, or NULL
 * @cut: further files that a bound left out
 * @memo: of the search for further files, or NULL
 * @jobs: of struct parse_job; one a readable candidate
 * @owners: section of MAINTAINERS of each, or NULL
 * @family: of struct family_member, by the bodies of the kernel's own functions
 * @offered: of a module: by the headers of its kernel; else NULL
 * @includers: of a module: header -> a source that includes it, by whose flags it is read
 * @record: how the module was built, which may be empty
 * @notes: of a module: of struct build_note
 * @salt: what all facts depend on besides the tree: this build, libclang, --api
 * @facts: text a job; @outcome: whether the parser gave it
 */
struct indexer {
	const struct index_options *options;
	const struct incremental_options *again;
	struct tree *tree;
	struct db *memory;
	struct api_table *apis;
	GPtrArray *family;
	struct offered_api *offered;
	struct maintainers *maintainers;
	struct kbuild *kbuild;
	struct kconfig *kconfig;
	GPtrArray *candidates;
	GArray *files;
	struct word_index *words;
	GHashTable *paths;
	GHashTable *headers;
	struct includes *includes;
	GPtrArray *jobs;
	GPtrArray *owners;
	GHashTable *includers;
	GPtrArray *notes;
	GHashTable *known;
	GPtrArray *facts;
	GArray *outcome;
	GArray *missing;
	size_t parsed;
	char *stubs;
	struct parse_setup setup;
	char *salt;
	struct compile_commands *commands;
	struct build_record *record;
	struct fact_cache *cache;
	GHashTable *doubted;
	guint known_before;
	GHashTable *services;
	guint cut;
	struct search_memo *memo;
};

/* Finds the candidates, makes their jobs and takes their facts from the cache. */
bool indexer_prepare(struct indexer *ix, GError **error);
void indexer_free(struct indexer *ix);

/* Those of a tree that is indexed @again. */
GPtrArray *incremental_candidates(struct indexer *ix, GPtrArray *names, GError **error);
/* Its Makefiles as the change has them. */
void incremental_kbuild(struct indexer *ix);
/* After the jobs of the candidates: those of the other files, and whose facts are to be trusted. */
bool incremental_trust(struct indexer *ix, GError **error);

/*
 * Adds the jobs of all readable candidates, and of a file for
 * each header that none of them includes.
 */
void indexer_add_candidates(struct indexer *ix);
/* Adds the job of one more file; nothing when it is there already. */
void indexer_add_file(struct indexer *ix, const char *path);
void parse_job_free(void *job);
/* Whether a file, job or not, is or includes a header. */
bool indexer_reaches(struct indexer *ix, const char *path, const char *header);

/* Facts for the jobs that have none, from the cache or else from workers. */
void indexer_take_cached(struct indexer *ix);
bool indexer_parse_missing(struct indexer *ix, GError **error);

/* Headers for the architectures of the jobs that have no facts. */
bool indexer_prepare_headers(struct indexer *ix, GError **error);

/* Fills the tables of the API and of knowledge, with the user's rows and the tree's own. */
bool indexer_store_apis(const struct indexer *ix, struct db *db, GError **error);
/* Writes meta, subsystems and facts to an empty database. */
bool indexer_record(struct indexer *ix, struct db *db, GError **error);
/* Its parts, for a draft (draft.h): meta and subsystems; one job. */
bool indexer_write_head(struct indexer *ix, struct db *db, GError **error);
bool indexer_write_job(struct indexer *ix, struct db *db, struct fact_loader *load, guint job,
		       GError **error);
/* @owners of the jobs that have none yet. */
void indexer_find_owners(struct indexer *ix);
/* One hash over all that the fact tables depend on besides the texts of the jobs. */
char *indexer_inputs(struct indexer *ix);

#endif
