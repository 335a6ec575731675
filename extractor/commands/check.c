// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "audit/baseline.h"
#include "pipeline/check.h"
#include "commands/command.h"
#include "base/diag.h"
#include "audit/finding.h"
#include "audit/vcs.h"
#include "audit/patch.h"
#include "audit/report.h"

struct check_options {
	char *db, *tree, *format, *base, *baseline;
	char **kinds;
	gboolean worktree, cached;
	int jobs, timeout;
};

/* "A..B" that is no file */
static bool is_range(char **words)
{
	return words[0] && !words[1] && strstr(words[0], "..") &&
	       !g_file_test(words[0], G_FILE_TEST_EXISTS);
}

static bool options_fit(const struct check_options *options, char **words, GError **error)
{
	bool git = options->worktree || options->cached;

	if (options->worktree && options->cached)
		fail(error, EXIT_USAGE, "check: --worktree and --cached are two things");
	else if (git && words[0])
		fail(error, EXIT_USAGE,
		     "check: %s: --worktree and --cached take no patch and no range", words[0]);
	else if (options->base && !git)
		fail(error, EXIT_USAGE, "check: --base goes with --worktree or --cached");
	else if (is_range(words) && strstr(words[0], "..."))
		fail(error, EXIT_USAGE, "check: %s: give REV..REV", words[0]);
	else if (options->jobs < 1 || options->jobs > 256 || options->timeout < 1)
		fail(error, EXIT_USAGE, "check: -j takes 1 to 256, --timeout at least 1");
	else
		return true;
	return false;
}

/* -- the change, as how the tree differs from what it was and from what it will be -- */

struct states {
	struct source_overlay *before, *after;
};

static void states_clear(struct states *states)
{
	source_overlay_free(states->before);
	source_overlay_free(states->after);
}

static bool state_of_commit(const char *top, const char *rev, struct source_overlay **state,
			    GError **error)
{
	g_autofree char *commit = vcs_commit(top, rev, error);

	*state = commit ? vcs_change(top, commit, error) : NULL;
	return *state;
}

static bool states_of_range(const char *top, const char *range, struct states *states,
			    GError **error)
{
	const char *dots = strstr(range, "..");
	g_autofree char *from = g_strndup(range, dots - range);

	return state_of_commit(top, *from ? from : "HEAD", &states->before, error) &&
	       state_of_commit(top, dots[2] ? dots + 2 : "HEAD", &states->after, error);
}

static bool states_of_git(const char *top, const struct check_options *options,
			  struct states *states, GError **error)
{
	if (!state_of_commit(top, options->base ? options->base : "HEAD", &states->before, error))
		return false;
	if (options->cached)
		states->after = vcs_change(top, NULL, error);
	return !options->cached || states->after;
}

static GBytes *read_stdin(GError **error)
{
	GByteArray *all = g_byte_array_new();
	guint8 buffer[65536];
	ssize_t n;

	while ((n = read(STDIN_FILENO, buffer, sizeof(buffer))) > 0)
		g_byte_array_append(all, buffer, n);
	if (!n)
		return g_byte_array_free_to_bytes(all);
	fail(error, EXIT_INPUT, "stdin: %s", g_strerror(errno));
	g_byte_array_free(all, TRUE);
	return NULL;
}

static GBytes *read_patch(const char *path, GError **error)
{
	GError *failure = NULL;
	char *text;
	size_t size;

	if (!strcmp(path, "-"))
		return read_stdin(error);
	if (g_file_get_contents(path, &text, &size, &failure))
		return g_bytes_new_take(text, size);
	fail(error, EXIT_USAGE, "%s", failure->message);
	g_error_free(failure);
	return NULL;
}

static void bytes_free(void *bytes)
{
	g_bytes_unref(bytes);
}

static bool states_of_patches(const char *top, char **words, struct states *states, GError **error)
{
	g_autoptr(GPtrArray) patches = g_ptr_array_new_with_free_func(bytes_free);
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	g_autofree char *prefix = vcs_prefix(top);
	char *standard[] = { (char *)"-", NULL };

	for (char **word = words[0] ? words : standard; *word; word++) {
		GBytes *patch = read_patch(*word, error);

		if (!patch)
			return false;
		g_ptr_array_add(patches, patch);
		g_ptr_array_add(names, strcmp(*word, "-") ? *word : (char *)"stdin");
	}
	states->after = patch_change(top, prefix, patches, names, error);
	return states->after;
}

static bool states_make(const char *top, const struct check_options *options, char **words,
			struct states *states, GError **error)
{
	if (options->worktree || options->cached)
		return states_of_git(top, options, states, error);
	if (is_range(words))
		return states_of_range(top, words[0], states, error);
	return states_of_patches(top, words, states, error);
}

/* -- what it brings in -- */

/* The tree's accepted findings as they are after the change, which may accept one itself. */
static bool accepted_load(struct baseline *accepted, const struct check *check,
			  const struct check_options *options, GError **error)
{
	const char *text;

	if (options->baseline && !baseline_read(accepted, options->baseline, error))
		return false;
	if (source_overlay_find(check->after, ACCEPTED_NAME, &text, NULL))
		return !text || baseline_take(accepted, ACCEPTED_NAME, text, error);
	return baseline_read_tree(accepted, check->tree, error);
}

static bool print(const struct report *report, enum report_format format, GError **error)
{
	if (format == REPORT_SARIF)
		return report_sarif(report, error);
	report_rows(report, format);
	return true;
}

static guint tell(const struct check *check, const struct check_options *options, GHashTable *kinds,
		  enum report_format format, GError **error)
{
	struct baseline *accepted = baseline_new();
	struct report report = { .db = check->db, .findings = check->came, .kinds = kinds,
				 .is_new = true };
	guint open = 0;

	if (accepted_load(accepted, check, options, error)) {
		baseline_apply(accepted, check->came);
		report.suppressing = !baseline_is_empty(accepted);
		if (print(&report, format, error))
			open = report_open(&report);
		if (open)
			diag_note("the change brings in %u finding%s", open, open > 1 ? "s" : "");
		else if (check->gone)
			diag_note("the change brings in no finding and takes %u away", check->gone);
		else
			diag_note("the change brings in no finding");
	}
	baseline_free(accepted);
	return open;
}

static char *tree_of(const char *path, const struct check_options *options, GError **error)
{
	struct db *db = db_open(path, false, error);
	char *tree = NULL;

	if (db)
		tree = options->tree ? g_strdup(options->tree) : db_meta_get(db, "tree");
	db_close(db);
	if (db && !tree)
		fail(error, EXIT_INPUT, "%s: does not say of which tree it is; give --tree", path);
	return tree;
}

static int run(const void *given, char **words)
{
	const struct check_options *options = given;
	struct check check = { .path = options->db ? options->db : "gupconv.db",
			       .workers = options->jobs, .timeout = options->timeout };
	g_autoptr(GHashTable) kinds = NULL;
	g_autofree char *tree = NULL;
	struct states states = { 0 };
	enum report_format format;
	GError *error = NULL;
	guint open = 0;

	if (report_format_parse(options->format, &format, &error) &&
	    options_fit(options, words, &error))
		/* A hazard is no fault of code that is right. */
		kinds = finding_kinds_parse(options->kinds, &hazard_kind, &error);
	if (kinds)
		tree = tree_of(check.path, options, &error);
	if (tree && states_make(tree, options, words, &states, &error)) {
		check.tree = tree;
		check.before = states.before;
		check.after = states.after;
		if (check_run(&check, &error))
			open = tell(&check, options, kinds, format, &error);
		check_clear(&check);
	}
	states_clear(&states);
	if (error)
		return diag_exit(error);
	return open ? EXIT_FINDINGS : EXIT_DONE;
}

#define FIELD(field) OPTION_FIELD(struct check_options, field)

static const GOptionEntry entries[] = {
	{ "db", 0, 0, G_OPTION_ARG_FILENAME, FIELD(db),
	  "the database of the tree (default: gupconv.db); it is not written", "FILE" },
	{ "tree", 0, 0, G_OPTION_ARG_FILENAME, FIELD(tree), "where the tree is now", "DIR" },
	{ "worktree", 0, 0, G_OPTION_ARG_NONE, FIELD(worktree),
	  "check the git work tree against HEAD", NULL },
	{ "cached", 0, 0, G_OPTION_ARG_NONE, FIELD(cached),
	  "check what is staged for commit against HEAD", NULL },
	{ "base", 0, 0, G_OPTION_ARG_STRING, FIELD(base), "against this commit, not HEAD", "REV" },
	{ "format", 0, 0, G_OPTION_ARG_STRING, FIELD(format), "text, tsv, json or sarif", "FORMAT" },
	{ "kind", 0, 0, G_OPTION_ARG_STRING_ARRAY, FIELD(kinds),
	  "these kinds only, in place of all but hazard", "KIND,..." },
	{ "baseline", 0, 0, G_OPTION_ARG_FILENAME, FIELD(baseline),
	  "findings that are accepted, besides those of the tree's " ACCEPTED_NAME, "FILE" },
	{ "jobs", 'j', 0, G_OPTION_ARG_INT, FIELD(jobs), "parser processes (default: 2)", "N" },
	{ "timeout", 0, 0, G_OPTION_ARG_INT, FIELD(timeout),
	  "CPU seconds a file may take (default: 60)", "S" },
	{ NULL },
};

static const struct check_options defaults = { .jobs = 2, .timeout = 60 };

const struct command command_check = {
	.name = "check",
	.summary = "list what a change would make wrong",
	.words = "[PATCH...|REV..REV]",
	.about =
		"Lists the findings that a change of an indexed tree brings in; exit 1 when there are any.\n"
		"The change: patches (- or none: on stdin), commits, or a git work tree. The tree is not written to.",
	.max = -1,
	.options = entries,
	.size = sizeof(struct check_options),
	.defaults = &defaults,
	.run = run,
};
