// SPDX-License-Identifier: GPL-2.0-only
#include "command.h"
#include "diag.h"

static bool count_fits(int words, int min, int max)
{
	return words >= min && (max < 0 || words <= max);
}

bool command_options(int *argc, char ***argv, const GOptionEntry *entries, const char *words,
		     const char *summary, int min, int max)
{
	g_autoptr(GOptionContext) context = g_option_context_new(words);
	g_autofree char *program = g_strdup_printf("gupconv %s", (*argv)[0]);
	const char *name = (*argv)[0];
	GError *error = NULL;

	g_set_prgname(program);
	g_option_context_set_summary(context, summary);
	g_option_context_add_main_entries(context, entries, NULL);
	if (!g_option_context_parse(context, argc, argv, &error)) {
		diag_error("%s: %s; see 'gupconv %s --help'", name, error->message, name);
		g_error_free(error);
		return false;
	}
	if (*argc > 1 && g_str_equal((*argv)[1], "--")) {
		for (int i = 1; i + 1 < *argc; i++)
			(*argv)[i] = (*argv)[i + 1];
		(*argc)--;
	}
	if (count_fits(*argc - 1, min, max))
		return true;
	diag_error("%s: %s; usage: gupconv %s [OPTION...] %s", name,
		   *argc - 1 < min ? "an argument is missing" : "too many arguments", name, words);
	return false;
}
