// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/option_value.h"
#include "frontend/compile_commands.h"
#include "base/diag.h"

/* A file may be compiled more than once; further commands are passed over. */
#define EXACT_MAX 4

struct compile_commands {
	char *path;
	char *salt;
	GHashTable *files;	/* path -> GPtrArray of struct exact_flags */
	GHashTable *configs;	/* set of directories that have an autoconf.h */
	guint entries;
	guint used;
};

static void exact_free(void *data)
{
	struct exact_flags *exact = data;

	g_ptr_array_unref(exact->args);
	g_free(exact);
}

static void list_free(void *list)
{
	g_ptr_array_unref(list);
}

/*
 * Options that are taken over. Not those for gcc's code generation: clang refuses much
 * of it, and no fact depends on it.
 */
static const struct {
	const char *option;
	bool path;	/* a file or a directory follows, in the same word or the next */
} taken[] = {
	{ "-isystem", true }, { "-iquote", true }, { "-idirafter", true }, { "-include", true },
	{ "-imacros", true }, { "-I", true }, { "-D", false }, { "-U", false },
};

static const char *const whole[] = { "-m16", "-m32", "-m64", "-mlittle-endian", "-mbig-endian",
				     "-fshort-enums", "-fsigned-char", "-funsigned-char", NULL };

static void take_option(GPtrArray *args, const char *option, const char *value,
			const char *directory, bool path)
{
	char *full = path ? g_canonicalize_filename(value, directory) : g_strdup(value);

	if (strlen(option) == 2) {	/* a letter: with its value, one word */
		g_ptr_array_add(args, g_strconcat(option, full, NULL));
		g_free(full);
		return;
	}
	g_ptr_array_add(args, g_strdup(option));
	g_ptr_array_add(args, full);
}

/* Takes the option that stands at words; how many words it has. */
static int take_words(GPtrArray *args, char **words, const char *directory)
{
	for (size_t i = 0; i < G_N_ELEMENTS(taken); i++) {
		const char *value = option_value(words[0], taken[i].option);

		if (!value)
			continue;
		if (!*value && !words[1])
			return 1;
		take_option(args, taken[i].option, *value ? value : words[1], directory,
			    taken[i].path);
		return *value ? 1 : 2;
	}
	if (g_strv_contains(whole, words[0]) || option_value(words[0], "-std="))
		g_ptr_array_add(args, g_strdup(words[0]));
	return 1;
}

/* By ".../arch/arm64/include" of an -I. */
static const struct arch *arch_of_args(const GPtrArray *args)
{
	for (guint i = 0; i < args->len; i++) {
		const char *at = strstr(args->pdata[i], "/arch/");
		g_autofree char *name = NULL;

		if (!at || !option_value(args->pdata[i], "-I"))
			continue;
		name = g_strndup(at + 6, strcspn(at + 6, "/"));
		if (arch_find(name))
			return arch_find(name);
	}
	return NULL;
}

static struct exact_flags *exact_new(char **words, const char *directory)
{
	struct exact_flags *exact = g_new0(struct exact_flags, 1);

	exact->args = g_ptr_array_new_with_free_func(g_free);
	for (int i = 0; words[i];)
		i += take_words(exact->args, words + i, directory);
	exact->arch = arch_of_args(exact->args);
	return exact;
}

static bool is_same(const struct exact_flags *left, const struct exact_flags *right)
{
	if (left->args->len != right->args->len)
		return false;
	for (guint i = 0; i < left->args->len; i++)
		if (!g_str_equal(left->args->pdata[i], right->args->pdata[i]))
			return false;
	return true;
}

/* Takes the flags over, unless the file has them already. */
static void list_add(struct compile_commands *commands, const char *path, struct exact_flags *exact)
{
	GPtrArray *list = g_hash_table_lookup(commands->files, path);

	if (!list) {
		list = g_ptr_array_new_with_free_func(exact_free);
		g_hash_table_insert(commands->files, g_strdup(path), list);
	}
	for (guint i = 0; i < list->len; i++)
		if (is_same(list->pdata[i], exact) || list->len == EXACT_MAX) {
			exact_free(exact);
			return;
		}
	g_ptr_array_add(list, exact);
}

static void take_entry(struct compile_commands *commands, const struct tree *tree,
		       const char *where, const char *file, char **words)
{
	g_autofree char *folder = g_path_get_dirname(commands->path);
	g_autofree char *directory = g_canonicalize_filename(where, folder);
	g_autofree char *full = g_canonicalize_filename(file, directory);
	char *real = realpath(full, NULL);	/* the tree's top is one, too */
	g_autofree char *found = g_strdup(real ? real : full);
	const char *path = tree_below(found, tree->top);
	struct exact_flags *exact;

	free(real);
	commands->entries++;
	if (!path || !words || !tree_has(tree, path))
		return;
	exact = exact_new(words, directory);
	if (!exact->arch) {
		exact_free(exact);
		return;
	}
	commands->used++;
	g_hash_table_add(commands->configs, g_strdup(directory));
	list_add(commands, path, exact);
}

static char **arguments_of(struct db *memory, const char *json)
{
	sqlite3_stmt *stmt = db_query(memory, "compile_arguments");
	GPtrArray *words = g_ptr_array_new();

	db_bind_text(stmt, 1, json);
	while (db_step(memory, stmt, NULL))
		g_ptr_array_add(words, g_strdup(db_text(stmt, 0)));
	g_ptr_array_add(words, NULL);
	return (char **)g_ptr_array_free(words, FALSE);
}

static bool take_entries(struct compile_commands *commands, const struct tree *tree,
			 struct db *memory, const char *text)
{
	sqlite3_stmt *stmt = db_query(memory, "compile_commands");
	GError *failure = NULL;

	db_bind_text(stmt, 1, text);
	while (db_step(memory, stmt, &failure)) {
		const char *command = db_text(stmt, 2);
		g_auto(GStrv) words = NULL;

		if (!*command)
			words = arguments_of(memory, db_text(stmt, 3));
		else if (!g_shell_parse_argv(command, NULL, &words, NULL))
			words = NULL;
		take_entry(commands, tree, db_text(stmt, 0), db_text(stmt, 1), words);
	}
	if (failure)
		g_error_free(failure);
	return !failure;
}

/* The configurations of the builds: no header of the tree changes with a new .config. */
static char *salt_of(const struct compile_commands *commands)
{
	GList *dirs = g_list_sort(g_hash_table_get_keys(commands->configs), (GCompareFunc)strcmp);
	GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
	char *salt;

	for (GList *dir = dirs; dir; dir = dir->next) {
		g_autofree char *path = g_build_filename(dir->data, "include/generated/autoconf.h",
							 NULL);
		g_autofree char *text = NULL;

		if (g_file_get_contents(path, &text, NULL, NULL))
			g_checksum_update(sum, (const guchar *)text, -1);
	}
	g_list_free(dirs);
	salt = g_strdup(g_checksum_get_string(sum));
	g_checksum_free(sum);
	return salt;
}

static struct compile_commands *commands_new(const char *path)
{
	struct compile_commands *commands = g_new0(struct compile_commands, 1);

	commands->path = path ? g_canonicalize_filename(path, NULL) : g_strdup("");
	commands->files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, list_free);
	commands->configs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return commands;
}

static bool commands_load(struct compile_commands *commands, const char *path,
			  const struct tree *tree, struct db *memory, GError **error)
{
	g_autofree char *text = NULL;
	GError *failure = NULL;

	if (!g_file_get_contents(path, &text, NULL, &failure)) {
		fail(error, EXIT_INPUT, "%s", failure->message);
		g_error_free(failure);
		return false;
	}
	if (!take_entries(commands, tree, memory, text)) {
		fail(error, EXIT_INPUT,
		     "%s: this is not JSON; scripts/clang-tools/gen_compile_commands.py of a built tree makes such a file",
		     path);
		return false;
	}
	if (!commands->used) {
		fail(error, EXIT_INPUT,
		     "%s: none of its %u entries compiles a file of %s; was another tree built?",
		     path, commands->entries, tree->top);
		return false;
	}
	if (commands->used < commands->entries)
		diag_note("%s: %u of its %u entries are of this tree", path, commands->used,
			  commands->entries);
	return true;
}

struct compile_commands *compile_commands_read(const char *path, const struct tree *tree,
					       struct db *memory, GError **error)
{
	struct compile_commands *commands = commands_new(path);

	if (path && !commands_load(commands, path, tree, memory, error)) {
		compile_commands_free(commands);
		return NULL;
	}
	commands->salt = path ? salt_of(commands) : g_strdup("");
	return commands;
}

void compile_commands_free(struct compile_commands *commands)
{
	if (!commands)
		return;
	g_hash_table_destroy(commands->files);
	g_hash_table_destroy(commands->configs);
	g_free(commands->path);
	g_free(commands->salt);
	g_free(commands);
}

GPtrArray *compile_commands_find(const struct compile_commands *commands, const char *path)
{
	return g_hash_table_lookup(commands->files, path);
}

const char *compile_commands_path(const struct compile_commands *commands)
{
	return commands->path;
}

const char *compile_commands_salt(const struct compile_commands *commands)
{
	return commands->salt;
}
