// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "audit/baseline.h"
#include "audit/family_note.h"
#include "commands/command.h"
#include "commands/unparsed.h"
#include "base/diag.h"
#include "audit/finding.h"
#include "render/output.h"
#include "audit/report.h"

struct audit_options {
	char *db, *format, *baseline, *write_baseline, *reason;
	char **kinds;
	gboolean counts, completeness;
};

static bool options_fit(const struct audit_options *options, enum report_format format,
			GError **error)
{
	const char *reason = options->reason;

	if (reason && !options->write_baseline)
		fail(error, EXIT_USAGE, "--reason goes with --write-baseline");
	else if (reason && (!*reason || strpbrk(reason, "\n\r") || g_ascii_isspace(*reason)))
		fail(error, EXIT_USAGE, "--reason takes one line of text");
	else if (format == REPORT_SARIF && (options->counts || options->completeness))
		fail(error, EXIT_USAGE,
		     "--format sarif lists findings; give text, tsv or json here");
	else
		return true;
	return false;
}

/* Findings here: calls that the text has and no parse has seen. */
static long completeness(struct db *db, enum report_format format, GError **error)
{
	static const enum output_format formats[] = {
		[REPORT_TEXT] = OUTPUT_TEXT, [REPORT_TSV] = OUTPUT_TSV, [REPORT_JSON] = OUTPUT_JSON,
	};
	sqlite3_stmt *stmt;
	long unseen;

	if (output_rows(db, db_query(db, "audit_completeness"), formats[format], error) < 0)
		return 0;
	stmt = db_query(db, "audit_unseen");
	unseen = db_step(db, stmt, NULL) ? sqlite3_column_int64(stmt, 0) : 0;
	sqlite3_reset(stmt);
	return unseen;
}

static bool accepted_load(struct baseline *accepted, struct db *db,
			  const struct audit_options *options, GError **error)
{
	g_autofree char *tree = db_meta_get(db, "tree");

	return (!options->baseline || baseline_read(accepted, options->baseline, error)) &&
	       baseline_read_tree(accepted, tree, error);
}

static bool print(const struct report *report, const struct audit_options *options,
		  enum report_format format, GError **error)
{
	if (format == REPORT_SARIF)
		return report_sarif(report, error);
	if (!options->counts)
		report_rows(report, format);
	if (format != REPORT_TEXT && !options->counts)
		return true;
	if (!options->counts && report_open(report))
		putchar('\n');
	return report_counts(report, format, error);
}

static long findings(struct db *db, const struct audit_options *options, enum report_format format,
		     GHashTable *kinds, GError **error)
{
	struct baseline *accepted = baseline_new();
	struct report report = { .db = db, .kinds = kinds };
	long open = 0;

	report.findings = findings_load(db, error);
	if (report.findings && accepted_load(accepted, db, options, error)) {
		baseline_apply(accepted, report.findings);
		baseline_warn_stale(accepted);
		report.suppressing = !baseline_is_empty(accepted);
		open = report_open(&report);
		if (!options->write_baseline)
			print(&report, options, format, error);
		else if (baseline_write(options->write_baseline, report.findings, kinds,
					options->reason ? options->reason : "not looked at yet",
					error))
			open = 0;
	}
	g_clear_pointer(&report.findings, g_ptr_array_unref);
	baseline_free(accepted);
	return open;
}

static int run(const void *given, char **words)
{
	const struct audit_options *options = given;
	g_autoptr(GHashTable) kinds = NULL;
	enum report_format format;
	GError *error = NULL;
	struct db *db = NULL;
	bool unparsed = false;
	long found = 0;

	(void)words;
	if (report_format_parse(options->format, &format, &error) &&
	    options_fit(options, format, &error))
		kinds = finding_kinds_parse(options->kinds, NULL, &error);
	if (kinds)
		db = db_open(options->db ? options->db : "gupconv.db", false, &error);
	if (db && options->completeness)
		found = completeness(db, format, &error);
	else if (db)
		found = findings(db, options, format, kinds, &error);
	if (db && !error && !options->write_baseline)
		family_note(db);
	if (db && !error && !options->write_baseline)
		unparsed = unparsed_tell(db);
	db_close(db);
	if (error)
		return diag_exit(error);
	return found || unparsed ? EXIT_FINDINGS : EXIT_DONE;
}

#define FIELD(field) OPTION_FIELD(struct audit_options, field)

static const GOptionEntry entries[] = {
	{ "db", 0, 0, G_OPTION_ARG_FILENAME, FIELD(db), "the database (default: gupconv.db)", "FILE" },
	{ "format", 0, 0, G_OPTION_ARG_STRING, FIELD(format), "text, tsv, json or sarif", "FORMAT" },
	{ "kind", 0, 0, G_OPTION_ARG_STRING_ARRAY, FIELD(kinds),
	  "these kinds only: " OPTION_LIST, "KIND,..." },
	{ "counts", 0, 0, G_OPTION_ARG_NONE, FIELD(counts), "the counts alone", NULL },
	{ "baseline", 0, 0, G_OPTION_ARG_FILENAME, FIELD(baseline),
	  "findings that are accepted, besides those of the tree's " ACCEPTED_NAME, "FILE" },
	{ "write-baseline", 0, 0, G_OPTION_ARG_FILENAME, FIELD(write_baseline),
	  "accept what is found now: write it to FILE", "FILE" },
	{ "reason", 0, 0, G_OPTION_ARG_STRING, FIELD(reason), "why it is accepted", "TEXT" },
	{ "completeness", 0, 0, G_OPTION_ARG_NONE, FIELD(completeness),
	  "compare the calls in the text with those that were parsed", NULL },
	{ NULL },
};

const struct command command_audit = {
	.name = "audit",
	.summary = "list what is wrong, mixed or not known",
	.words = "",
	.about =
		"Lists what is wrong or not known in a tree; exit 1 when there is anything that is not accepted.",
	.options = entries,
	.size = sizeof(struct audit_options),
	.list = finding_kinds_list,
	.run = run,
};
