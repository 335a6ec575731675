/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PIPELINE_FACT_CACHE_H
#define GUPCONV_PIPELINE_FACT_CACHE_H

#include "db/db.h"
#include "kbuild/includes.h"
#include "frontend/parse.h"

/*
 * The facts of an earlier index, by what they depend on: the texts of the file
 * and of the headers that it can reach, its flags, the candidates (they say
 * which included code is recorded), gupconv's sources and libclang's version.
 */
struct fact_cache;

/* From an earlier database, or empty when there is none that can be read. */
struct fact_cache *fact_cache_open(const char *db_path, const struct parse_setup *setup,
				   struct includes *includes);
void fact_cache_free(struct fact_cache *cache);

/* The facts when nothing that they depend on has changed, else NULL. Caller frees. */
char *fact_cache_facts(struct fact_cache *cache, const struct parse_job *job);
size_t fact_cache_size(const struct fact_cache *cache);
/* Of char *, sorted; the texts are the cache's. g_list_free() it. */
GList *fact_cache_paths(const struct fact_cache *cache);
/* meta 'inputs' of the earlier database, or "" */
const char *fact_cache_inputs(const struct fact_cache *cache);

/* Whether nothing has changed that the facts of an earlier job depend on. */
bool fact_cache_is_current(struct fact_cache *cache, const struct parse_job *job);
/* Whether these were its facts, whatever has changed. */
bool fact_cache_has(const struct fact_cache *cache, const struct parse_job *job,
		    const char *facts);
/* In a copy of the earlier database: they depend on what is there now. */
bool fact_cache_rekey(struct fact_cache *cache, struct db *db, const struct parse_job *job,
		      GError **error);

/*
 * Writes what the facts of a job depend on and the facts to the new database; @kept: as
 * fact_loader_load() gives them.
 */
bool fact_cache_store(struct fact_cache *cache, struct db *db, const struct parse_job *job,
		      const char *kept, GError **error);

/*
 * Takes what the database has of any path but these (a set,
 * kept) as it is, without a look at the tree.
 */
void fact_cache_trust(struct fact_cache *cache, GHashTable *doubted);

#endif
