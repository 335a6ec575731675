// SPDX-License-Identifier: GPL-2.0-only
#include <gio/gio.h>
#include <string.h>

#include "base/diag.h"
#include "base/subprocess.h"

static GSubprocess *start(const struct subprocess *program, GError **error)
{
	g_autoptr(GSubprocessLauncher) launcher =
		g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE |
					  G_SUBPROCESS_FLAGS_STDERR_PIPE |
					  G_SUBPROCESS_FLAGS_STDIN_PIPE);

	g_subprocess_launcher_set_cwd(launcher, program->folder);
	g_subprocess_launcher_setenv(launcher, "LC_ALL", "C", TRUE);
	if (program->ceiling) {
		/* A hook has these set, to the repository that it is called for. */
		g_subprocess_launcher_unsetenv(launcher, "GIT_DIR");
		g_subprocess_launcher_unsetenv(launcher, "GIT_WORK_TREE");
		g_subprocess_launcher_unsetenv(launcher, "GIT_INDEX_FILE");
		g_subprocess_launcher_unsetenv(launcher, "GIT_PREFIX");
		g_subprocess_launcher_setenv(launcher, "GIT_CEILING_DIRECTORIES", program->ceiling,
					     TRUE);
	}
	return g_subprocess_launcher_spawnv(launcher, program->args, error);
}

/* Without git's "error: " and "fatal: ": our own message has such a word. */
static char *first_line(GBytes *bytes)
{
	size_t size;
	const char *text = g_bytes_get_data(bytes, &size);
	g_autofree char *line = g_strndup(text ? text : "", text ? size : 0);

	line[strcspn(line, "\n")] = 0;
	if (g_str_has_prefix(line, "error: ") || g_str_has_prefix(line, "fatal: "))
		return g_utf8_make_valid(line + strlen("error: "), -1);
	return g_utf8_make_valid(line, -1);
}

GBytes *subprocess_run(const struct subprocess *program, int *status, char **said, GError **error)
{
	GError *failure = NULL;
	g_autoptr(GSubprocess) process = start(program, &failure);
	g_autoptr(GBytes) input = program->input ? g_bytes_ref(program->input)
						 : g_bytes_new(NULL, 0);
	g_autoptr(GBytes) out = NULL, messages = NULL;

	if (!process ||
	    !g_subprocess_communicate(process, input, NULL, &out, &messages, &failure)) {
		fail(error, EXIT_TOOL, "%s: %s", program->args[0], failure->message);
		g_error_free(failure);
		return NULL;
	}
	if (!g_subprocess_get_if_exited(process)) {
		fail(error, EXIT_TOOL, "%s: killed by signal %d", program->args[0],
		     g_subprocess_get_term_sig(process));
		return NULL;
	}
	*status = g_subprocess_get_exit_status(process);
	*said = first_line(messages);
	return g_steal_pointer(&out);
}
