// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/checker_context.h"
#include "checkers/finding_writer.h"
#include "checkers/gup_flags.h"
#include "checkers/path_findings.h"
#include "model/era.h"

bool path_findings(struct db *db, const struct evidence *evidence, const GPtrArray *feeds,
		   GError **error)
{
	struct program *program = program_load(db, evidence->graph, evidence->cfg, error);
	struct checker_context context = {
		.program = program, .feeds = feeds, .lifetimes = evidence->lifetimes,
		.pins = era_traits(evidence->era)->pins,
	};
	bool fine;

	if (!program)
		return false;
	program->invokes = evidence->invokes;
	if (context.pins)
		program_add_told_apart(program, feeds);
	context.summaries = acquire_summaries_new(program);
	context.longterm = gup_longterm_bit(program);
	if (!context.longterm)
		context.longterm = evidence->longterm;
	context.found = finding_list_new();
	checkers_run(&context);
	fine = findings_write(db, context.found, error);
	finding_list_free(context.found);
	acquire_summaries_free(context.summaries);
	program_free(program);
	return fine;
}
