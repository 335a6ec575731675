// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/diag.h"
#include "model/own_text.h"
#include "model/decisions_file.h"

struct decision_line {
	char *identity, *reason;
	enum answer answer;
	int number;
};

struct decisions_file {
	char *path, *hash;
	GPtrArray *lines;
};

static void line_free(void *data)
{
	struct decision_line *line = data;

	g_free(line->identity);
	g_free(line->reason);
	g_free(line);
}

static struct decisions_file *file_new(void)
{
	struct decisions_file *file = g_new0(struct decisions_file, 1);

	file->path = g_strdup("");
	file->hash = g_strdup("");
	file->lines = g_ptr_array_new_with_free_func(line_free);
	return file;
}

/* Cuts the first word off, and the blanks behind it. */
static char *next_word(char **rest)
{
	char *word = *rest;
	size_t length = strcspn(word, " \t");

	*rest = word + length;
	if (**rest)
		*(*rest)++ = '\0';
	*rest += strspn(*rest, " \t");
	return word;
}

/* "a.c:take:get_user_pages_fast", perhaps with "#2" behind it. */
static bool is_identity(const char *word)
{
	const char *first = strchr(word, ':'), *second = first ? strchr(first + 1, ':') : NULL;

	return second && first > word && second > first + 1 && second[1] &&
	       !strchr(second + 1, ':');
}

static const struct decision_line *line_of(const struct decisions_file *file, const char *identity)
{
	for (guint i = 0; i < file->lines->len; i++) {
		const struct decision_line *line = file->lines->pdata[i];

		if (g_str_equal(line->identity, identity))
			return line;
	}
	return NULL;
}

/* Says where the line is wrong and how to mend it; NULL for nothing. Caller frees. */
static char *take_line(struct decisions_file *file, char *text, int number)
{
	char *rest = g_strstrip(text), *identity, *answer;
	const struct decision_line *before;
	struct decision_line *line;

	if (!*rest || *rest == '#')
		return NULL;
	if (!g_utf8_validate(rest, -1, NULL))
		return g_strdup("this is no text in UTF-8");
	identity = next_word(&rest);
	answer = next_word(&rest);
	if (!is_identity(identity))
		return g_strdup_printf("'%s' is no acquire; write PATH:FUNCTION:CALLEE, as "
				       "'gupconv explain' does", identity);
	if (answer_find(answer) < 0)
		return g_strdup_printf("'%s' is no answer; use pin, longterm or keep", answer);
	if (!*rest)
		return g_strdup("the reason is missing; write it behind the answer");
	before = line_of(file, identity);
	if (before)
		return g_strdup_printf("%s is in line %d already", identity, before->number);
	line = g_new0(struct decision_line, 1);
	line->identity = g_strdup(identity);
	line->answer = (enum answer)answer_find(answer);
	line->reason = g_strdup(rest);
	line->number = number;
	g_ptr_array_add(file->lines, line);
	return NULL;
}

struct decisions_file *decisions_file_parse(const char *path, const char *text, GError **error)
{
	struct decisions_file *file = file_new();
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	g_free(file->path);
	g_free(file->hash);
	file->path = g_canonicalize_filename(path, NULL);
	file->hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
	for (int i = 0; lines[i]; i++) {
		g_autofree char *wrong = take_line(file, lines[i], i + 1);

		if (!wrong)
			continue;
		fail(error, EXIT_USAGE, "%s:%d: %s", path, i + 1, wrong);
		decisions_file_free(file);
		return NULL;
	}
	return file;
}

struct decisions_file *decisions_file_read(const char *path, GError **error)
{
	g_autofree char *text = NULL;

	if (!path)
		return file_new();
	text = own_text_read(path, error);
	return text ? decisions_file_parse(path, text, error) : NULL;
}

void decisions_file_free(struct decisions_file *file)
{
	if (!file)
		return;
	g_free(file->path);
	g_free(file->hash);
	g_ptr_array_unref(file->lines);
	g_free(file);
}

const char *decisions_file_path(const struct decisions_file *file)
{
	return file->path;
}

const char *decisions_file_hash(const struct decisions_file *file)
{
	return file->hash;
}

bool decisions_file_store(const struct decisions_file *file, struct db *db, GError **error)
{
	for (guint i = 0; i < file->lines->len; i++) {
		const struct decision_line *line = file->lines->pdata[i];
		sqlite3_stmt *stmt = db_query(db, "answer_add");

		db_bind_text(stmt, 1, line->identity);
		db_bind_text(stmt, 2, answer_word(line->answer));
		db_bind_text(stmt, 3, line->reason);
		db_bind_int(stmt, 4, line->number);
		if (!db_run(db, stmt, error))
			return false;
	}
	return true;
}
