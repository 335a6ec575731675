// SPDX-License-Identifier: GPL-2.0-only
#include "checkers/check.h"
#include "checkers/path_findings.h"

bool path_findings(struct db *db, const struct graph *graph, const struct cfg *cfg,
		   const GPtrArray *feeds, GError **error)
{
	struct program *program = program_load(db, graph, cfg, error);
	struct finding_writer writer;
	struct check check = { .db = db, .program = program, .feeds = feeds, .writer = &writer };

	if (!program)
		return false;
	finding_writer_begin(&writer, db);
	check.summaries = acquire_summaries_new(program);
	for (int i = 0; checkers[i]; i++)
		if (checkers[i]->run && !writer.error)
			checkers[i]->run(&check);
	acquire_summaries_free(check.summaries);
	program_free(program);
	return finding_writer_end(&writer, error);
}
