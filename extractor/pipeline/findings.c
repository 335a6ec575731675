// SPDX-License-Identifier: GPL-2.0-only
#include "pipeline/findings.h"
#include "checkers/finding_writer.h"
#include "checkers/path_findings.h"

bool findings_stage(struct db *db, const struct evidence *evidence, const GPtrArray *feeds,
		    GError **error)
{
	return db_exec(db, "findings_clear", error) && finding_kinds_write(db, error) &&
	       db_exec(db, "findings_of_links", error) &&
	       db_exec(db, "findings_steps_of_links", error) &&
	       path_findings(db, evidence, feeds, error) &&
	       db_exec(db, "findings_number", error);
}
