// SPDX-License-Identifier: GPL-2.0-only
#include <gio/gio.h>
#include <signal.h>
#include <string.h>

#include "base/diag.h"
#include "base/time_limit.h"
#include "convert/workspace/spatch.h"

/* Seconds for spatch to start, to read its rules and to see its own timeout. */
#define STARTUP_SECONDS 20

static unsigned int files_count(const struct spatch *spatch)
{
	unsigned int count = 0;

	while (spatch->files && spatch->files[count])
		count++;
	return MAX(count, 1);
}

/* In the child. The parent may hold back Ctrl-C to clean up; the tool should not. */
static void child_setup(gpointer data)
{
	const struct spatch *spatch = data;
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	time_limit_self(files_count(spatch) * spatch->timeout + STARTUP_SECONDS);
}

static GSubprocess *spatch_spawn(const struct spatch *spatch, GPtrArray *args, GError **error)
{
	g_autoptr(GSubprocessLauncher) launcher =
		g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE |
					  G_SUBPROCESS_FLAGS_STDERR_MERGE);

	g_subprocess_launcher_set_child_setup(launcher, child_setup, (gpointer)spatch, NULL);
	g_subprocess_launcher_setenv(launcher, "TMPDIR", spatch->scratch, TRUE);
	g_subprocess_launcher_set_cwd(launcher, spatch->scratch);
	g_ptr_array_add(args, NULL);
	return g_subprocess_launcher_spawnv(launcher, (const char *const *)args->pdata, error);
}

static GPtrArray *spatch_args(const struct spatch *spatch)
{
	GPtrArray *args = g_ptr_array_new_with_free_func(g_free);

	g_ptr_array_add(args, g_strdup("spatch"));
	g_ptr_array_add(args, g_strdup("--very-quiet"));
	if (spatch->macros) {
		g_ptr_array_add(args, g_strdup("--macro-file"));
		g_ptr_array_add(args, g_strdup(spatch->macros));
	}
	return args;
}

static void args_rules(GPtrArray *args, const struct spatch *spatch)
{
	g_ptr_array_add(args, g_strdup("--sp-file"));
	g_ptr_array_add(args, g_strdup(spatch->rules));
	for (const char *const *define = spatch->defines; define && *define; define++) {
		g_ptr_array_add(args, g_strdup("-D"));
		g_ptr_array_add(args, g_strdup(*define));
	}
	g_ptr_array_add(args, g_strdup("--no-includes"));
	g_ptr_array_add(args, g_strdup("--in-place"));
	g_ptr_array_add(args, g_strdup("--no-show-diff"));
	g_ptr_array_add(args, g_strdup("--timeout"));
	g_ptr_array_add(args, g_strdup_printf("%d", spatch->timeout));
	for (const char *const *file = spatch->files; *file; file++)
		g_ptr_array_add(args, g_strdup(*file));
}

/* The most specific line of its output. */
static char *spatch_complaint(const char *said)
{
	g_auto(GStrv) lines = g_strsplit(said, "\n", -1);

	for (char **line = lines; *line; line++)
		if (strcasestr(*line, "error") || strcasestr(*line, "exception") ||
		    strcasestr(*line, "failure"))
			return g_strdup(g_strstrip(*line));
	return g_strdup(*lines ? g_strstrip(*lines) : "");
}

/* The kernel stopped it at its limit of CPU time. */
static bool killed_by_limit(GSubprocess *process)
{
	return g_subprocess_get_if_signaled(process) &&
	       g_subprocess_get_term_sig(process) == SIGXCPU;
}

static bool spatch_wait(GSubprocess *process, char **said, GError **error)
{
	g_autofree char *text = NULL, *complaint = NULL;

	if (!g_subprocess_communicate_utf8(process, NULL, NULL, &text, NULL, error))
		return false;
	if (!text)
		text = g_strdup("");
	if (!g_subprocess_get_successful(process)) {
		complaint = spatch_complaint(text);
		fail(error, EXIT_TOOL, "spatch failed: %s",
		     killed_by_limit(process) ? "it took more CPU time than it may" :
		     *complaint ? complaint : "it was killed");
		return false;
	}
	if (said)
		*said = g_steal_pointer(&text);
	return true;
}

bool spatch_run(const struct spatch *spatch, char **said, GError **error)
{
	g_autoptr(GPtrArray) args = spatch_args(spatch);
	g_autoptr(GSubprocess) process = NULL;
	g_autofree char *text = NULL;
	GError *failure = NULL;

	args_rules(args, spatch);
	process = spatch_spawn(spatch, args, &failure);
	if (!process) {
		fail(error, EXIT_TOOL, "cannot run spatch (package coccinelle): %s",
		     failure->message);
		g_error_free(failure);
		return false;
	}
	if (!spatch_wait(process, &text, error))
		return false;
	if (strstr(text, "timeout") || strstr(text, "Timeout")) {
		fail(error, EXIT_TOOL, "spatch timed out after %d seconds of CPU time",
		     spatch->timeout);
		return false;
	}
	if (said)
		*said = g_steal_pointer(&text);
	return true;
}

static void bad_lines_collect(GString *bad, const char *said)
{
	g_auto(GStrv) lines = g_strsplit(said, "\n", -1);

	for (char **line = lines; *line; line++)
		if (g_str_has_prefix(*line, "BAD:!!!!! ") || g_str_has_prefix(*line, "bad: "))
			g_string_append_printf(bad, "%s\n", strchr(*line, ' ') + 1);
}

char *spatch_bad_lines(const struct spatch *spatch, const char *file)
{
	g_autoptr(GPtrArray) args = spatch_args(spatch);
	g_autoptr(GSubprocess) process = NULL;
	g_autofree char *said = NULL;
	GString *bad = g_string_new(NULL);

	g_free(args->pdata[1]);
	args->pdata[1] = g_strdup("--parse-c");
	g_ptr_array_add(args, g_strdup(file));
	process = spatch_spawn(spatch, args, NULL);
	if (process && spatch_wait(process, &said, NULL))
		bad_lines_collect(bad, said);
	return g_string_free(bad, FALSE);
}
