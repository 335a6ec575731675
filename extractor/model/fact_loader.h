/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_FACT_LOADER_H
#define GUPCONV_MODEL_FACT_LOADER_H

#include "db/db.h"

/*
 * Fills the fact tables (file, function, cfg, place, call, call_arg, flow,
 * prototype) from workers' texts. Texts may overlap (a header seen from two
 * files); ids come out in path, line, column order whatever the order of
 * loading, as long as the texts themselves come in path order.
 */
struct fact_loader;

/* draft: places and flows, calls and functions alone, without graphs and arguments. */
struct fact_loader *fact_loader_begin(struct db *db, bool draft, GError **error);
bool fact_loader_is_draft(const struct fact_loader *load);

/* A candidate; subsystem may be NULL. */
struct fact_loader_file {
	const char *path;
	const char *arch;
	const char *subsystem;
	const char *object;
	const char *config;
	const char *status;
	const char *reason;
};

bool fact_loader_file(struct fact_loader *load, const struct fact_loader_file *file,
		      GError **error);
/*
 * One worker's answer. *kept, if not NULL, gets the same text with the number of its row in
 * table cfg in place of each graph, for fact_archive.h; g_free() it.
 */
bool fact_loader_load(struct fact_loader *load, const char *facts, char **kept, GError **error);
/* Orders all that was loaded into the tables; frees the loader in any case. */
bool fact_loader_end(struct fact_loader *load, GError **error);
/* Without ordering anything; NULL is nothing. */
void fact_loader_free(struct fact_loader *load);

#endif
