// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/checker_context.h"
#include "checkers/finding_writer.h"
#include "checkers/gup_flags.h"
#include "checkers/path_findings.h"
#include "model/era.h"

bool path_findings(struct db *db, const struct graph *graph, const struct cfg *cfg,
		   const GPtrArray *feeds, GError **error)
{
	struct program *program = program_load(db, graph, cfg, error);
	struct checker_context context = { .program = program, .feeds = feeds };
	g_autofree char *era = db_meta_get(db, "era");
	bool fine;

	if (!program)
		return false;
	if (era_traits(era_of(era))->pins)
		program_add_told_apart(program, feeds);
	context.summaries = acquire_summaries_new(program);
	context.pins = era_traits(era_of(era))->pins;
	context.longterm = gup_longterm_bit(program);
	context.found = finding_list_new();
	checkers_run(&context);
	fine = findings_write(db, context.found, error);
	finding_list_free(context.found);
	acquire_summaries_free(context.summaries);
	program_free(program);
	return fine;
}
