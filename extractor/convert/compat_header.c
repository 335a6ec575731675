// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "convert/compat_header.h"

#define HEADER		"gup_compat.h"
#define MARK		"(made by gupconv)"
#define FIRST_PINS	((5 << 8) + 6)

/* The text compares a version with one before pins: "KERNEL_VERSION(4, 10, 0)". */
static bool names_older(const char *text)
{
	for (const char *at = strstr(text, "KERNEL_VERSION("); at;
	     at = strstr(at, "KERNEL_VERSION(")) {
		char *end;
		long major, minor;

		at += strlen("KERNEL_VERSION(");
		major = strtol(at, &end, 0);
		minor = end > at && *end == ',' ? strtol(end + 1, NULL, 0) : -1;
		if (minor >= 0 && (major << 8) + minor < FIRST_PINS)
			return true;
	}
	return false;
}

/* A line asks what the kernel has: "#ifdef HAVE_...", as a configure step tells it. */
static bool asks_features(const char *text)
{
	for (const char *at = strstr(text, "HAVE_"); at; at = strstr(at + 1, "HAVE_")) {
		const char *line = at;

		while (line > text && line[-1] != '\n')
			line--;
		if (line[strspn(line, " \t")] == '#')
			return true;
	}
	return false;
}

/* Some file of the module does one of both. -1 with error set. */
static int is_for_older(struct convert *convert, GError **error)
{
	sqlite3_stmt *stmt = db_query(convert->db, "reindex_files");
	GError *failure = NULL;
	int older = 0;

	while (db_step(convert->db, stmt, &failure)) {
		g_autofree char *path =
			g_build_filename(convert->tree, db_text(stmt, 0), NULL);
		g_autofree char *text = NULL;

		if (!older && g_file_get_contents(path, &text, NULL, NULL))
			older = names_older(text) || asks_features(text);
	}
	if (!failure)
		return older;
	g_propagate_error(error, failure);
	return -1;
}

static bool is_changed(const struct work_file *file)
{
	return file->after && strcmp(file->after, file->before);
}

static bool any_changed(const struct convert *convert)
{
	for (guint i = 0; i < convert->plan->files->len; i++)
		if (is_changed(convert->plan->files->pdata[i]))
			return true;
	return false;
}

/* -- the line that includes it -- */

static bool is_directive(const char *line, const char *word)
{
	line += strspn(line, " \t");
	if (*line != '#')
		return false;
	line++;
	line += strspn(line, " \t");
	return g_str_has_prefix(line, word);
}

/* Behind the last #include that is in no #if, else before the first line of code; a byte offset. */
static size_t include_place(const char *text)
{
	size_t place = 0;
	int depth = 0;

	for (const char *line = text; *line;) {
		const char *end = strchr(line, '\n');
		const char *next = end ? end + 1 : line + strlen(line);

		if (is_directive(line, "if"))
			depth++;
		else if (is_directive(line, "endif"))
			depth--;
		else if (is_directive(line, "include") && !depth)
			place = next - text;
		line = next;
	}
	return place;
}

/* "../" for each folder of the path. */
static char *way_up(const char *path)
{
	GString *way = g_string_new(NULL);

	for (const char *at = strchr(path, '/'); at; at = strchr(at + 1, '/'))
		g_string_append(way, "../");
	return g_string_free(way, FALSE);
}

static void include_add(struct work_file *file)
{
	size_t place = include_place(file->after);
	g_autofree char *way = way_up(file->path);
	g_autofree char *before = g_strndup(file->after, place);
	char *text;

	if (strstr(file->after, HEADER "\""))
		return;
	text = g_strdup_printf("%s#include \"%s%s\"\n%s", before, way, HEADER,
			       file->after + place);
	g_free(file->after);
	file->after = text;
}

/* -- the header -- */

static char *header_text(GError **error)
{
	g_autofree char *path = room_path("kernel-patches/module/" HEADER);
	char *text = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		fail(error, EXIT_TOOL, "%s: cannot be read; install gupconv again", path);
	return text;
}

static bool header_store(struct convert *convert, const char *text, GError **error)
{
	sqlite3_stmt *stmt = db_query(convert->db, "convert_new_file");

	db_bind_text(stmt, 1, HEADER);
	if (!db_run(convert->db, stmt, error))
		return false;
	stmt = db_query(convert->db, "convert_new_text");
	db_bind_text(stmt, 1, HEADER);
	sqlite3_bind_blob(stmt, 2, text, strlen(text), SQLITE_TRANSIENT);
	return db_run(convert->db, stmt, error);
}

/* The module has one: it is the same, or none of ours. */
static bool header_put(struct convert *convert, GError **error)
{
	g_autofree char *path = g_build_filename(convert->tree, HEADER, NULL);
	g_autofree char *text = header_text(error), *known = NULL;

	if (!text)
		return false;
	if (!g_file_get_contents(path, &known, NULL, NULL))
		return header_store(convert, text, error);
	if (strstr(known, MARK))
		return true;
	fail(error, EXIT_INPUT,
	     "%s: a file of this name is made by the conversion; rename it first", path);
	return false;
}

bool compat_header_add(struct convert *convert, GError **error)
{
	int older;

	if (!convert->kernel || !era_traits(convert->era)->pins || !any_changed(convert))
		return true;
	older = is_for_older(convert, error);
	if (older <= 0)
		return !older;
	for (guint i = 0; i < convert->plan->files->len; i++)
		if (is_changed(convert->plan->files->pdata[i]))
			include_add(convert->plan->files->pdata[i]);
	return header_put(convert, error);
}
