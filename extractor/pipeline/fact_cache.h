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
struct cache;

/* From an earlier database, or empty when there is none that can be read. */
struct cache *cache_open(const char *db_path, const struct parse_setup *setup,
			 struct includes *includes);
void cache_free(struct cache *cache);

/* The facts when nothing that they depend on has changed, else NULL. Caller frees. */
char *cache_facts(struct cache *cache, const struct parse_job *job);
size_t cache_size(const struct cache *cache);
/* Of char *, sorted; the texts are the cache's. g_list_free() it. */
GList *cache_paths(const struct cache *cache);
/* meta 'inputs' of the earlier database, or "" */
const char *cache_inputs(const struct cache *cache);

/*
 * Writes what the facts of a job depend on and the facts to the new database; @kept: as
 * load_facts() gives them.
 */
bool cache_store(struct cache *cache, struct db *db, const struct parse_job *job, const char *kept,
		 GError **error);

/* Takes what the database has of any path but these (a set, kept) as it is, without a look at the tree. */
void cache_trust(struct cache *cache, GHashTable *doubted);

#endif
