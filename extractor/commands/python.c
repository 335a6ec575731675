// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <glib.h>
#include <string.h>
#include <unistd.h>

#include "commands/command.h"
#include "base/diag.h"
#include "commands/python.h"

static char *interpreter(void)
{
	const char *given = g_getenv("GUPCONV_PYTHON");

	if (given && *given)
		return g_find_program_in_path(given);
	/* Debian's own has the modules that Debian packages; a later one in PATH may not. */
	if (g_file_test("/usr/bin/python3", G_FILE_TEST_IS_EXECUTABLE))
		return g_strdup("/usr/bin/python3");
	return g_find_program_in_path("python3");
}

static void environment_set(void)
{
	const char *root = g_getenv("GUPCONV_DATA");
	g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
	g_autofree char *path = NULL;

	if (!root || !*root)
		root = GUPCONV_ROOT;
	path = g_build_filename(root, "reports", NULL);
	g_setenv("PYTHONPATH", path, TRUE);
	g_setenv("GUPCONV_VERSION", GUPCONV_VERSION, TRUE);
	if (self)
		g_setenv("GUPCONV_PROGRAM", self, TRUE);
	g_setenv("GUPCONV_DATA", root, TRUE);
}

int python_become(const char *module, char **argv)
{
	g_autofree char *python = interpreter();
	g_autofree char *name = g_strdup_printf("gupconv_reports.%s", module);
	g_autoptr(GPtrArray) words = g_ptr_array_new();

	if (!python) {
		diag_error("%s: python3 not found; install it or set GUPCONV_PYTHON", module);
		return EXIT_TOOL;
	}
	environment_set();
	g_ptr_array_add(words, python);
	g_ptr_array_add(words, "-s");
	g_ptr_array_add(words, "-m");
	g_ptr_array_add(words, name);
	for (char **word = argv + 1; *word; word++)
		g_ptr_array_add(words, *word);
	g_ptr_array_add(words, NULL);
	execv(python, (char **)words->pdata);
	diag_error("%s: %s", python, strerror(errno));
	return EXIT_TOOL;
}
