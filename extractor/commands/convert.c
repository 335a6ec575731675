// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "commands/command.h"
#include "convert/convert.h"
#include "base/diag.h"
#include "base/interrupt.h"
#include "render/output.h"

struct convert_options {
	char *db, *format, *only;
	gboolean diff, dry_run;
	int jobs;
};

/* The last full conversion was of the same sites, files, rules and patches. */
static bool is_current(struct convert *convert, const char *key)
{
	g_autofree char *last = db_meta_get(convert->db, "convert_key");

	return !convert->only && last && !strcmp(last, key);
}

/* The rows of this run, in a transaction that the caller ends. */
static bool convert_rows(struct convert *convert, GError **error)
{
	g_autofree char *key = convert_key(convert);
	bool current = is_current(convert, key);

	if (!current && (!convert_core(convert, error) || !convert_files(convert, error)))
		return false;
	if (!db_begin(convert->db, error))
		return false;
	return current ||
	       (convert_store(convert, error) &&
		db_meta_set(convert->db, "convert_key", convert->only ? "" : key, error));
}

static bool print_diff(struct convert *convert, GError **error)
{
	g_autoptr(GString) out = g_string_new(NULL);

	if ((!convert->core->len && !convert_core(convert, error)) ||
	    !convert_diff(convert, out, error))
		return false;
	fputs(out->str, stdout);
	return true;
}

static bool run_steps(struct convert *convert, const struct convert_options *options,
		      enum output_format format, GError **error)
{
	bool done;

	if (!convert_open(convert, error) || !convert_rows(convert, error))
		return false;
	done = options->diff ? print_diff(convert, error)
			     : output_rows(convert->db, db_query(convert->db, "convert_report"),
					   format, error) >= 0;
	done = done && convert_tell(convert, error);
	if (interrupted() && done) {
		fail(error, EXIT_TOOL, "interrupted");
		done = false;
	}
	return done;
}

static bool tool_there(GError **error)
{
	g_autofree char *program = g_find_program_in_path("spatch");

	if (!program)
		fail(error, EXIT_TOOL, "spatch is not installed (package coccinelle)");
	return program;
}

static int run(const void *given, char **words)
{
	const struct convert_options *options = given;
	struct convert convert = { .only = options->only, .jobs = options->jobs };
	enum output_format format;
	GError *error = NULL;

	(void)words;
	if (options->jobs < 1) {
		diag_error("convert -j %d: give a number above 0", options->jobs);
		return EXIT_USAGE;
	}
	if (!output_format_parse(options->format, &format, &error) || !tool_there(&error))
		return diag_exit(error);
	convert.db = db_open(options->db ? options->db : "gupconv.db", true, &error);
	if (!convert.db)
		return diag_exit(error);
	interrupt_hold();
	if (!run_steps(&convert, options, format, &error) || options->dry_run)
		db_rollback(convert.db);
	else
		db_commit(convert.db, &error);
	convert_close(&convert);
	db_close(convert.db);
	interrupt_release();
	return error ? diag_exit(error) : EXIT_DONE;
}

#define FIELD(field) OPTION_FIELD(struct convert_options, field)

static const GOptionEntry entries[] = {
	{ "db", 0, 0, G_OPTION_ARG_FILENAME, FIELD(db), "the database (default: gupconv.db)", "FILE" },
	{ "format", 0, 0, G_OPTION_ARG_STRING, FIELD(format), "text, tsv or json", "FORMAT" },
	{ "diff", 0, 0, G_OPTION_ARG_NONE, FIELD(diff),
	  "print one diff against the tree, not the sites", NULL },
	{ "only", 0, 0, G_OPTION_ARG_STRING, FIELD(only),
	  "a site (its id, or PATH:LINE), a file or folder, or a subsystem", "WHAT" },
	{ "dry-run", 'n', 0, G_OPTION_ARG_NONE, FIELD(dry_run), "leave the database as it is", NULL },
	{ "jobs", 'j', 0, G_OPTION_ARG_INT, FIELD(jobs), "files at a time (default: 2)", "N" },
	{ NULL },
};

static const struct convert_options defaults = { .jobs = 2 };

const struct command command_convert = {
	.name = "convert",
	.summary = "rewrite the sites that are to be converted",
	.words = "",
	.about = "Rewrites the sites that are to be converted, in a scratch tree, and keeps\n"
		 "the new texts in the database. The tree itself is not written to.",
	.options = entries, .size = sizeof(struct convert_options), .defaults = &defaults,
	.run = run,
};
