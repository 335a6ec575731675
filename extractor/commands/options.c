// SPDX-License-Identifier: GPL-2.0-only
#include "commands/command.h"
#include "base/diag.h"

static bool count_fits(int words, int min, int max)
{
	return words >= min && (max < 0 || words <= max);
}

/* GOption wants "-j 4"; everybody writes "-j4". The texts live as long as the program. */
static void split_jobs(int *argc, char ***argv)
{
	GPtrArray *args = g_ptr_array_new();

	for (int i = 0; i < *argc; i++) {
		char *arg = (*argv)[i];

		if (g_str_has_prefix(arg, "-j") && g_ascii_isdigit(arg[2])) {
			g_ptr_array_add(args, (char *)"-j");
			arg += 2;
		}
		g_ptr_array_add(args, arg);
	}
	*argc = args->len;
	g_ptr_array_add(args, NULL);
	*argv = (char **)g_ptr_array_free(args, FALSE);
}

bool command_options(int *argc, char ***argv, const GOptionEntry *entries, const char *words,
		     const char *summary, int min, int max)
{
	g_autoptr(GOptionContext) context = g_option_context_new(words);
	g_autofree char *program = g_strdup_printf("gupconv %s", (*argv)[0]);
	const char *name = (*argv)[0];
	GError *error = NULL;

	split_jobs(argc, argv);
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
