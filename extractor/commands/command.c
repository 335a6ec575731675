// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/diag.h"
#include "commands/command.h"
#include "commands/python.h"

/* GOption takes "-j 4", users write "-j4". The texts are argv's. */
static GPtrArray *split_jobs(int argc, char **argv)
{
	GPtrArray *words = g_ptr_array_new();

	for (int i = 0; i < argc; i++) {
		char *word = argv[i];

		if (g_str_has_prefix(word, "-j") && g_ascii_isdigit(word[2])) {
			g_ptr_array_add(words, (char *)"-j");
			word += strlen("-j");
		}
		g_ptr_array_add(words, word);
	}
	g_ptr_array_add(words, NULL);
	return words;
}

/* A description with the list in it; texts owns it. */
static const char *with_list(const char *description, const char *list, GPtrArray *texts)
{
	char *text = g_strdup_printf("%.*s%s", (int)(strlen(description) - strlen(OPTION_LIST)),
				     description, list);

	g_ptr_array_add(texts, text);
	return text;
}

/*
 * The command's entries, with addresses in values in place of offsets. texts owns what
 * they show of theirs.
 */
static GArray *entries_at(const struct command *command, void *values, GPtrArray *texts)
{
	g_autofree char *list = command->list ? command->list() : NULL;
	GArray *entries = g_array_new(TRUE, TRUE, sizeof(GOptionEntry));

	for (const GOptionEntry *entry = command->options; entry->long_name; entry++) {
		GOptionEntry made = *entry;

		made.arg_data = (char *)values + GPOINTER_TO_SIZE(entry->arg_data);
		if (list && g_str_has_suffix(entry->description, OPTION_LIST))
			made.description = with_list(entry->description, list, texts);
		g_array_append_val(entries, made);
	}
	return entries;
}

static void values_free(const struct command *command, void *values)
{
	for (const GOptionEntry *entry = command->options; entry->long_name; entry++) {
		void *value = (char *)values + GPOINTER_TO_SIZE(entry->arg_data);

		if (entry->arg == G_OPTION_ARG_STRING || entry->arg == G_OPTION_ARG_FILENAME)
			g_free(*(char **)value);
		else if (entry->arg == G_OPTION_ARG_STRING_ARRAY)
			g_strfreev(*(char ***)value);
	}
	g_free(values);
}

static bool count_fits(const struct command *command, char **words)
{
	int count = g_strv_length(words);

	if (count >= command->min && (command->max < 0 || count <= command->max))
		return true;
	diag_error("%s: %s; usage: gupconv %s [OPTION...] %s", command->name,
		   count < command->min ? "an argument is missing" : "too many arguments",
		   command->name, command->words);
	return false;
}

/* Fills the values, and takes the options out of argv; false after a line of what is wrong. */
static bool parse(const struct command *command, void *values, int *argc, char ***argv)
{
	g_autoptr(GOptionContext) context = g_option_context_new(command->words);
	g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GArray) entries = entries_at(command, values, texts);
	g_autofree char *program = g_strdup_printf("gupconv %s", command->name);
	GError *error = NULL;

	g_set_prgname(program);
	g_option_context_set_summary(context, command->about);
	g_option_context_add_main_entries(context, (GOptionEntry *)entries->data, NULL);
	if (g_option_context_parse(context, argc, argv, &error))
		return true;
	diag_error("%s: %s; see 'gupconv %s --help'", command->name, error->message, command->name);
	g_error_free(error);
	return false;
}

int command_execute(const struct command *command, int argc, char **argv)
{
	g_autoptr(GPtrArray) given = NULL;
	int code = EXIT_USAGE;
	char **words;
	void *values;

	if (command->python)
		return python_become(command->python, argv);
	given = split_jobs(argc, argv);
	argc = given->len - 1;
	words = (char **)given->pdata;
	values = command->defaults ? g_memdup2(command->defaults, command->size) :
				     g_malloc0(command->size);
	if (parse(command, values, &argc, &words)) {
		words += argc > 1 && !strcmp(words[1], "--") ? 2 : 1;
		if (count_fits(command, words))
			code = command->run(values, words);
	}
	values_free(command, values);
	return code;
}
