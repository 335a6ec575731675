// SPDX-License-Identifier: GPL-2.0-only
#include <fts.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "kbuild/build_command.h"
#include "kbuild/build_record.h"

#define JSON_NAME "compile_commands.json"

static void array_free(void *array)
{
	g_ptr_array_unref(array);
}

static struct build_record *record_new(const struct tree *tree)
{
	struct build_record *record = g_new0(struct build_record, 1);

	record->path = g_strdup("");
	record->kernel = g_strdup("");
	record->tree = tree;
	record->files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, array_free);
	return record;
}

void build_record_free(struct build_record *record)
{
	if (!record)
		return;
	g_hash_table_destroy(record->files);
	g_free(record->path);
	g_free(record->kernel);
	g_free(record);
}

GPtrArray *build_record_find(const struct build_record *record, const char *path)
{
	return g_hash_table_lookup(record->files, path);
}

/* The first command of a source holds. source: as the command names it */
static void take_command(struct build_record *record, const struct build_command *command,
			 const char *source)
{
	g_autofree char *path = build_command_path(command, record->tree, source), *kernel = NULL;
	GPtrArray *flags;

	record->entries++;
	/* modpost makes the one, a conversion changes none */
	if (!path || g_str_has_suffix(path, ".mod.c") || build_record_find(record, path))
		return;
	flags = build_command_flags(command, record->tree, &kernel);
	g_hash_table_insert(record->files, g_steal_pointer(&path), flags);
	record->used++;
	if (kernel && !*record->kernel) {
		g_free(record->kernel);
		record->kernel = g_steal_pointer(&kernel);
	}
}

/* All that a line of a shell compiles. */
static void take_line(struct build_record *record, const char *line, const char *directory,
		      const char *moved_from)
{
	g_autoptr(GPtrArray) parts = build_commands_split(line);

	for (guint i = 0; i < parts->len; i++) {
		struct build_command command = { .directory = directory, .moved_from = moved_from };
		g_auto(GStrv) words = NULL;
		const char *source;

		if (!strstr(parts->pdata[i], ".c") ||
		    !g_shell_parse_argv(parts->pdata[i], NULL, &words, NULL))
			continue;
		command.words = words;
		source = build_command_source(words);
		if (source)
			take_command(record, &command, source);
	}
}

/* -- compile_commands.json -- */

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

/* A relative "directory" is one from the folder of the file. */
static bool take_json(struct build_record *record, const char *path, struct db *memory,
		      const char *text)
{
	sqlite3_stmt *stmt = db_query(memory, "compile_commands");
	g_autofree char *folder = g_path_get_dirname(path);
	GError *failure = NULL;

	db_bind_text(stmt, 1, text);
	while (db_step(memory, stmt, &failure)) {
		g_autofree char *directory = g_canonicalize_filename(db_text(stmt, 0), folder);
		struct build_command command = { .directory = directory };
		g_autofree char *file = g_strdup(db_text(stmt, 1));
		const char *line = db_text(stmt, 2);
		g_auto(GStrv) words = NULL;

		if (!*line)
			words = arguments_of(memory, db_text(stmt, 3));
		else if (!g_shell_parse_argv(line, NULL, &words, NULL))
			continue;
		command.words = words;
		if (*file)
			take_command(record, &command, file);
	}
	if (failure)
		g_error_free(failure);
	return !failure;
}

/* -- the output of make -- */

/* The folder of "make[1]: Entering directory '/x'"; NULL for any other line. */
static char *folder_entered(const char *line, const char *word)
{
	const char *at = strstr(line, word), *end;

	if (!at)
		return NULL;
	at += strlen(word);
	end = strpbrk(at, "'`\"");
	return g_strndup(at, end ? (gsize)(end - at) : strlen(at));
}

static void take_log_line(struct build_record *record, const char *line, GPtrArray *folders)
{
	g_autofree char *entered = folder_entered(line, ": Entering directory '");
	g_autofree char *left = folder_entered(line, ": Leaving directory '");

	if (!entered)
		entered = folder_entered(line, ": Entering directory `");
	if (entered)
		g_ptr_array_add(folders, g_steal_pointer(&entered));
	else if (left && folders->len > 1)
		g_ptr_array_set_size(folders, folders->len - 1);
	else
		take_line(record, line, folders->pdata[folders->len - 1], NULL);
}

static void take_log(struct build_record *record, char *text)
{
	g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func(g_free);

	g_ptr_array_add(folders, g_strdup(record->tree->top));
	for (char *line = text, *end; line && *line; line = end) {
		end = strchr(line, '\n');
		/* a line that goes on behind a backslash */
		while (end && end > line && end[-1] == '\\') {
			end[-1] = end[0] = ' ';
			end = strchr(end, '\n');
		}
		if (end)
			*end++ = '\0';
		take_log_line(record, line, folders);
	}
}

/* -- .cmd files -- */

/* Kbuild writes them for make: "$(pound)" is "#", "$$" is "$". */
static char *command_of_make(const char *text)
{
	g_auto(GStrv) pounds = g_strsplit(text, "$(pound)", -1);
	g_autofree char *plain = g_strjoinv("#", pounds);
	g_auto(GStrv) dollars = g_strsplit(plain, "$$", -1);

	return g_strjoinv("$", dollars);
}

/* Where the folder was that is now below the build's: "/old" of "/old/sub/x.o"; or NULL. */
static char *moved_from(const char *target, const char *object)
{
	g_autofree char *full = *target == '/' ? g_canonicalize_filename(target, "/") : NULL;
	g_autofree char *end = g_strconcat("/", object, NULL);

	return full && g_str_has_suffix(full, end) ?
		g_strndup(full, strlen(full) - strlen(end)) : NULL;
}

/* object: "sub/x.o" of "sub/.x.o.cmd"; relative paths of new kernels are from the folder. */
static void take_cmd(struct build_record *record, const char *folder, const char *object,
		     const char *text)
{
	const char *name = g_str_has_prefix(text, "saved") ? text + strlen("saved") : text;
	const char *value = strstr(name, " := ");
	g_autofree char *target = NULL, *from = NULL, *line = NULL, *plain = NULL;

	if (!g_str_has_prefix(name, "cmd_") || !value || strcspn(name, "\n") < (gsize)(value - name))
		return;
	target = g_strndup(name + strlen("cmd_"), value - name - strlen("cmd_"));
	value += strlen(" := ");
	line = g_strndup(value, strcspn(value, "\n"));
	plain = command_of_make(line);
	from = moved_from(target, object);
	take_line(record, plain, *target == '/' ? NULL : folder, from ? from : folder);
}

static void take_cmd_file(struct build_record *record, const char *folder, const FTSENT *entry)
{
	g_autofree char *dir = g_path_get_dirname(entry->fts_path), *text = NULL, *object = NULL;
	const char *below = dir[strlen(folder)] ? dir + strlen(folder) + 1 : "";
	g_autofree char *name = g_strndup(entry->fts_name + 1,
					  entry->fts_namelen - 1 - strlen(".cmd"));

	object = g_build_filename(below, name, NULL);
	if (g_file_get_contents(entry->fts_path, &text, NULL, NULL))
		take_cmd(record, folder, object, text);
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static void take_folder(struct build_record *record, const char *folder, struct db *memory)
{
	g_autofree char *json = g_build_filename(folder, JSON_NAME, NULL), *text = NULL;
	char *const roots[] = { (char *)folder, NULL };
	FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
	FTSENT *entry;

	while (fts && (entry = fts_read(fts))) {
		if (entry->fts_info == FTS_D && entry->fts_level > 0 && *entry->fts_name == '.')
			fts_set(fts, entry, FTS_SKIP);
		else if (entry->fts_info == FTS_F && *entry->fts_name == '.' &&
			 g_str_has_suffix(entry->fts_name, ".o.cmd"))
			take_cmd_file(record, folder, entry);
	}
	if (fts)
		fts_close(fts);
	if (g_file_get_contents(json, &text, NULL, NULL))
		take_json(record, json, memory, text);
}

/* -- any of them -- */

static bool take_file(struct build_record *record, const char *path, struct db *memory,
		      GError **error)
{
	g_autofree char *text = NULL;
	GError *failure = NULL;
	gsize size;

	if (!g_file_get_contents(path, &text, &size, &failure)) {
		fail(error, EXIT_INPUT, "%s", failure->message);
		g_error_free(failure);
		return false;
	}
	if (*g_strchug(text) != '[') {
		take_log(record, text);
		return true;
	}
	if (take_json(record, path, memory, text))
		return true;
	fail(error, EXIT_INPUT, "%s: this is not JSON", path);
	return false;
}

static bool record_given(struct build_record *record, const char *path, struct db *memory,
			 GError **error)
{
	char *real = realpath(path, NULL);

	g_free(record->path);
	record->path = real ? g_strdup(real) : g_canonicalize_filename(path, NULL);
	free(real);
	if (g_file_test(record->path, G_FILE_TEST_IS_DIR))
		take_folder(record, record->path, memory);
	else if (!take_file(record, record->path, memory, error))
		return false;
	if (record->used)
		return true;
	fail(error, EXIT_INPUT,
	     "%s: none of the %u compiler commands in it is of a file of %s; was it cleaned, or another module built?",
	     path, record->entries, record->tree->top);
	return false;
}

/* Flags that a build for another kernel had are not trusted unasked. */
static struct build_record *record_of_folder(struct build_record *record, struct db *memory)
{
	take_folder(record, record->tree->top, memory);
	if (record->used && !strcmp(record->kernel, record->tree->kernel->top)) {
		g_free(record->path);
		record->path = g_strdup(record->tree->top);
		return record;
	}
	if (record->used)
		diag_note("%s: it was built for another kernel (%s); its flags are read from its Makefiles",
			  record->tree->top, *record->kernel ? record->kernel : "not known which");
	build_record_free(record);
	return NULL;
}

struct build_record *build_record_read(const char *path, const struct tree *tree, struct db *memory,
				       GError **error)
{
	struct build_record *record = record_new(tree);

	if (!path && tree_is_module(tree))
		record = record_of_folder(record, memory);
	else if (path && !record_given(record, path, memory, error))
		g_clear_pointer(&record, build_record_free);
	else
		return record;
	return record || path ? record : record_new(tree);
}
