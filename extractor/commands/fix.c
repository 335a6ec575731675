// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/interrupt.h"
#include "base/json.h"
#include "commands/command.h"
#include "commands/python.h"
#include "convert/tidy/diff.h"
#include "pipeline/remedies.h"
#include "render/output.h"

struct fix_options {
	char *db, *format, *only, *out;
	char **kinds;
	gboolean diff, dry_run, texts;
	int jobs, timeout;
};

/**
 * struct fix_row - a line of the listing: a finding with its patch, or with none
 * @patch: its number, 0: none; @mended: the patch, where it was made for this finding
 * @rule: of the patch, or ""; @why: there is none, or ""
 */
struct fix_row {
	guint patch, line;
	const struct mended *mended;
	const struct finding *finding;
	const char *rule, *why;
};

static GArray *rows_of(const struct remedies *remedies)
{
	GArray *rows = g_array_new(FALSE, FALSE, sizeof(struct fix_row));

	for (guint i = 0; i < remedies->made->len; i++) {
		const struct mended *mended = remedies->made->pdata[i];
		struct fix_row row = { i + 1, mended->line, mended, mended->remedy->finding,
				       mended->remedy->rule, "" };

		g_array_append_val(rows, row);
		row.mended = NULL;
		for (guint k = 0; k < mended->others->len; k++) {
			row.finding = mended->others->pdata[k];
			row.line = row.finding->line;
			g_array_append_val(rows, row);
		}
	}
	for (guint i = 0; i < remedies->left->len; i++) {
		const struct unmended *left = remedies->left->pdata[i];
		struct fix_row row = { 0, left->finding->line, NULL, left->finding, "", left->why };

		g_array_append_val(rows, row);
	}
	return rows;
}

static void row_text(const struct fix_row *row)
{
	const struct finding *f = row->finding;

	printf("%s:%u: %s%s%s%s: %s\n", f->path, row->line, f->kind, *f->detail ? " (" : "",
	       f->detail, *f->detail ? ")" : "", f->message);
	if (row->patch)
		printf("    patch %u: %s%s\n", row->patch, row->rule,
		       row->mended ? "" : ", too");
	else
		printf("    no local remedy: %s\n", row->why);
}

static void row_tsv(const struct fix_row *row)
{
	const struct finding *f = row->finding;
	const char *const cells[] = { f->kind, f->detail, f->path };
	const char *const more[] = { f->function, f->callee, row->rule, row->why, f->message,
				     f->subsystem };
	g_autoptr(GString) out = g_string_new(NULL);

	if (row->patch)
		g_string_append_printf(out, "%u", row->patch);
	for (size_t i = 0; i < G_N_ELEMENTS(cells); i++) {
		g_string_append_c(out, '\t');
		tsv_cell(out, cells[i]);
	}
	g_string_append_printf(out, "\t%u", row->line);
	for (size_t i = 0; i < G_N_ELEMENTS(more); i++) {
		g_string_append_c(out, '\t');
		tsv_cell(out, more[i]);
	}
	puts(out->str);
}

static void json_steps(struct json *json, const struct finding *finding)
{
	json_array(json, "steps");
	for (guint i = 0; i < finding->steps->len; i++) {
		const struct finding_step *step = finding->steps->pdata[i];

		json_object(json, NULL);
		json_text(json, "path", step->path);
		json_number(json, "line", step->line);
		json_text(json, "text", step->text);
		json_object_end(json);
	}
	json_array_end(json);
}

/* All that a mail is made of. */
static void json_patch(struct json *json, const struct fix_row *row)
{
	const struct remedy *remedy = row->mended->remedy;

	json_text(json, "file", remedy->path);
	json_text(json, "before", row->mended->before);
	json_text(json, "after", remedy->after);
	json_text(json, "was", remedy->was);
	json_text(json, "became", remedy->became);
	json_number(json, "fault", row->mended->fault);
	json_text(json, "other_path", row->finding->other_path);
	json_number(json, "other_line", row->finding->other_line);
	json_text(json, "other_callee", row->finding->other_callee);
	json_text(json, "other_function", row->finding->other_function);
	json_steps(json, row->finding);
}

static void row_json(struct json *json, const struct fix_row *row, bool texts)
{
	const struct finding *f = row->finding;

	json_object(json, NULL);
	json_number(json, "patch", row->patch);
	json_text(json, "finding", f->kind);
	json_text(json, "detail", f->detail);
	json_text(json, "path", f->path);
	json_number(json, "line", row->line);
	json_text(json, "function", f->function);
	json_text(json, "callee", f->callee);
	json_text(json, "remedy", row->rule);
	json_text(json, "why", row->why);
	json_text(json, "reason", f->message);
	json_text(json, "subsystem", f->subsystem);
	if (texts && row->mended)
		json_patch(json, row);
	json_object_end(json);
}

static void rows_json(const GArray *rows, bool texts)
{
	g_autoptr(GString) out = g_string_new(NULL);
	struct json json = { .out = out, .first = true };

	json_array(&json, NULL);
	for (guint i = 0; i < rows->len; i++)
		row_json(&json, &g_array_index(rows, struct fix_row, i), texts);
	json_array_end(&json);
	puts(out->str);
}

static void rows_print(const GArray *rows, const struct fix_options *options,
		       enum output_format format)
{
	if (format == OUTPUT_JSON) {
		rows_json(rows, options->texts);
		return;
	}
	if (format == OUTPUT_TSV)
		puts("patch\tfinding\tdetail\tpath\tline\tfunction\tcallee\tremedy\twhy\treason\t"
		     "subsystem");
	for (guint i = 0; i < rows->len; i++) {
		if (format == OUTPUT_TSV)
			row_tsv(&g_array_index(rows, struct fix_row, i));
		else
			row_text(&g_array_index(rows, struct fix_row, i));
	}
}

static void diffs_print(const struct remedies *remedies)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (guint i = 0; i < remedies->made->len; i++) {
		const struct mended *mended = remedies->made->pdata[i];

		diff_print(out, mended->remedy->path, mended->before, mended->remedy->after);
	}
	fputs(out->str, stdout);
}

/* How many findings have no patch. */
static guint tell(const struct remedies *remedies, const struct fix_options *options,
		  enum output_format format)
{
	g_autoptr(GArray) rows = rows_of(remedies);

	if (options->diff)
		diffs_print(remedies);
	else
		rows_print(rows, options, format);
	if (format == OUTPUT_TEXT && !options->diff)
		diag_note("%u of %u findings have a patch: %u patches",
			  rows->len - remedies->left->len, rows->len, remedies->made->len);
	return remedies->left->len;
}

static char *tree_of(const char *path, GError **error)
{
	struct db *db = db_open(path, false, error);
	char *tree = db ? db_meta_get(db, "tree") : NULL;

	if (db && !tree)
		fail(error, EXIT_INPUT, "%s: does not say of which tree it is", path);
	else if (tree && !g_file_test(tree, G_FILE_TEST_IS_DIR))
		fail(error, EXIT_INPUT, "%s: the tree that was indexed is gone", tree);
	db_close(db);
	return tree;
}

/* The mails are the Python part's, which asks this command for what is in them. */
static int mails(const struct fix_options *options)
{
	g_autoptr(GPtrArray) argv = g_ptr_array_new();
	g_autofree char *jobs = g_strdup_printf("%d", options->jobs);
	g_autofree char *timeout = g_strdup_printf("%d", options->timeout);
	const char *const words[] = {
		"fix", "--db", options->db ? options->db : "gupconv.db", "--out", options->out,
		"--jobs", jobs, "--timeout", timeout,
		"--format", options->format ? options->format : "text",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		g_ptr_array_add(argv, (char *)words[i]);
	for (char **kind = options->kinds; kind && *kind; kind++) {
		g_ptr_array_add(argv, (char *)"--kind");
		g_ptr_array_add(argv, *kind);
	}
	if (options->only) {
		g_ptr_array_add(argv, (char *)"--only");
		g_ptr_array_add(argv, options->only);
	}
	g_ptr_array_add(argv, NULL);
	return python_become("fix", (char **)argv->pdata);
}

static bool options_fit(const struct fix_options *options, GError **error)
{
	if (options->jobs < 1 || options->jobs > 256 || options->timeout < 1)
		fail(error, EXIT_USAGE, "fix: -j takes 1 to 256, --timeout at least 1");
	else if (options->diff && options->out)
		fail(error, EXIT_USAGE, "fix: --diff and --out are two things");
	else
		return true;
	return false;
}

static int run(const void *given, char **words)
{
	const struct fix_options *options = given;
	struct remedies remedies = { .path = options->db ? options->db : "gupconv.db",
				     .only = options->only, .workers = options->jobs,
				     .timeout = options->timeout };
	g_autoptr(GHashTable) kinds = NULL;
	g_autofree char *tree = NULL;
	enum output_format format;
	GError *error = NULL;
	guint left = 0;

	(void)words;
	if (output_format_parse(options->format, &format, &error) && options_fit(options, &error))
		kinds = finding_kinds_parse(options->kinds, &hazard_kind, &error);
	if (kinds)
		tree = tree_of(remedies.path, &error);
	if (tree && options->out && !options->dry_run)
		return mails(options);
	if (tree) {
		interrupt_hold();
		remedies.tree = tree;
		remedies.kinds = kinds;
		if (remedies_run(&remedies, &error))
			left = tell(&remedies, options, format);
		remedies_clear(&remedies);
		interrupt_release();
	}
	if (error)
		return diag_exit(error);
	return left ? EXIT_FINDINGS : EXIT_DONE;
}

#define FIELD(field) OPTION_FIELD(struct fix_options, field)

static const GOptionEntry entries[] = {
	{ "db", 0, 0, G_OPTION_ARG_FILENAME, FIELD(db),
	  "the database of the tree (default: gupconv.db); it is not written", "FILE" },
	{ "only", 0, 0, G_OPTION_ARG_STRING, FIELD(only),
	  "the findings of a place (PATH:LINE), a file or folder, or a subsystem", "WHAT" },
	{ "kind", 0, 0, G_OPTION_ARG_STRING_ARRAY, FIELD(kinds), "findings of these kinds only",
	  "KIND,..." },
	{ "out", 'o', 0, G_OPTION_ARG_FILENAME, FIELD(out), "write the patches there, as mails",
	  "DIR" },
	{ "diff", 0, 0, G_OPTION_ARG_NONE, FIELD(diff), "print the patches, not the findings",
	  NULL },
	{ "dry-run", 'n', 0, G_OPTION_ARG_NONE, FIELD(dry_run), "write nothing, whatever --out says",
	  NULL },
	{ "format", 0, 0, G_OPTION_ARG_STRING, FIELD(format), "text, tsv or json", "FORMAT" },
	{ "texts", 0, 0, G_OPTION_ARG_NONE, FIELD(texts),
	  "with --format json: the new texts, and all that a mail says", NULL },
	{ "jobs", 'j', 0, G_OPTION_ARG_INT, FIELD(jobs), "parser processes (default: 2)", "N" },
	{ "timeout", 0, 0, G_OPTION_ARG_INT, FIELD(timeout),
	  "CPU seconds a file may take (default: 60)", "S" },
	{ NULL },
};

static const struct fix_options defaults = { .jobs = 2, .timeout = 60 };

const struct command command_fix = {
	.name = "fix",
	.summary = "mend what audit finds, where a local edit does",
	.words = "",
	.about = "Makes a patch of its own for each finding that an edit in one place mends, and lists\n"
		 "the others with the reason; exit 1 when there are any. The tree is not written to.",
	.options = entries, .size = sizeof(struct fix_options), .defaults = &defaults,
	.run = run,
};
