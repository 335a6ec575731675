/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CONVERT_SELECT_SITE_FACTS_H
#define GUPCONV_CONVERT_SELECT_SITE_FACTS_H

#include "cfg/cfg_load.h"
#include "model/api.h"

/*
 * Facts about the code around a call, from the control-flow graphs of the index.
 *
 * A graph is of the text that was indexed and of one configuration, and only functions that
 * acquire, release or dirty pages have one. Where there is none, or where #if lines in the
 * function may hide code from it, a fact is unknown, and the analyses of tokens (token_liveness.h,
 * count_sign.h, sleep_context.h) decide. Where a fact is known, it stands.
 */

enum fact { FACT_UNKNOWN, FACT_NO, FACT_YES };

struct site_facts;

/* All graphs and the knowledge of a database. NULL with error set. Any thread may use it. */
struct site_facts *site_facts_load(struct db *db, GError **error);
/* Of graphs that the caller has; takes both. For tests. */
struct site_facts *site_facts_new(struct cfg *cfg, struct api_table *apis);
void site_facts_free(struct site_facts *facts);
const struct api_table *site_facts_apis(const struct site_facts *facts);
const struct knowledge *site_facts_knowledge(const struct site_facts *facts);

/**
 * struct fact_place - a call in its graph
 * @function: NULL: there is no graph of it
 * @node: the call
 * @loop: head of the loop around it that the text has in a given line, or -1
 */
struct fact_place {
	const struct ir_function *function;
	int node, loop;
};

/* The call of table call, and the innermost loop around it if it begins in loop_line (0: none). */
struct fact_place site_facts_call(const struct site_facts *facts, gint64 call_id, guint loop_line);
/* The call of that name at a place of a file, all as table call has it. */
struct fact_place site_facts_call_at(const struct site_facts *facts, gint64 file_id, guint line,
				     guint column);

/*
 * Live variables: may the local variable be read behind the loop before it is set again? Unknown
 * where its address is taken.
 */
enum fact site_facts_live(const struct site_facts *facts, struct fact_place place,
			  const char *name);
/* Does the loop change the local variable in one place, by one, and in no other way? */
enum fact site_facts_steps_by_one(const struct site_facts *facts, struct fact_place place,
				  const char *name);
/*
 * Sign: may the local variable be below zero where the loop, or without one the call, is entered?
 * See site_sign.c.
 */
enum fact site_facts_negative(const struct site_facts *facts, struct fact_place place,
			      const char *name);
/*
 * Does some path from the function's entry come to the call
 * with a lock held that forbids to sleep?
 */
enum fact site_facts_locked(const struct site_facts *facts, struct fact_place place);

/* -- for site_sign.c, which holds the lock of the pool -- */

/* The file's function of that name, if it has a graph; else NULL. */
const struct ir_function *site_facts_function(const struct site_facts *facts, int file_id,
					      const char *name);
enum fact site_sign_negative(const struct site_facts *facts, const struct ir_function *function,
			     int at, const struct expr *variable);

#endif
