// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "db/reason_text.h"

#define DEPTH_MAX 16	/* of reasons within reasons */

/**
 * struct reason_reader - a JSON text of arrays, strings and integers, as model/reason.c writes it
 * @at: what is left of it
 * @bad: it is no such text
 */
struct reason_reader {
	const char *at;
	bool bad;
};

static void value_read(struct db *db, struct reason_reader *reader, GString *out, int depth);

static void take(struct reason_reader *reader, char c)
{
	if (*reader->at == c)
		reader->at++;
	else
		reader->bad = true;
}

static void escape_read(struct reason_reader *reader, GString *out)
{
	static const char letters[] = "bfnrt", stand_for[] = "\b\f\n\r\t";
	char c = *reader->at;
	const char *letter = c ? strchr(letters, c) : NULL;

	if (c == 'u' && strlen(reader->at) > 4) {
		g_autofree char *digits = g_strndup(reader->at + 1, 4);

		g_string_append_unichar(out, g_ascii_strtoull(digits, NULL, 16));
		reader->at += 5;
	} else if (c) {
		g_string_append_c(out, letter ? stand_for[letter - letters] : c);
		reader->at++;
	}
}

static void string_read(struct reason_reader *reader, GString *out)
{
	take(reader, '"');
	while (*reader->at && *reader->at != '"') {
		if (*reader->at == '\\') {
			reader->at++;
			escape_read(reader, out);
		} else {
			g_string_append_c(out, *reader->at++);
		}
	}
	take(reader, '"');
}

static const char *template_of(struct db *db, const char *code)
{
	sqlite3_stmt *stmt;

	if (db->reasons)
		return g_hash_table_lookup(db->reasons, code);
	db->reasons = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	stmt = db_query(db, "reason_all");
	while (db_step(db, stmt, NULL))
		g_hash_table_insert(db->reasons, g_strdup(db_text(stmt, 0)),
				    g_strdup(db_text(stmt, 1)));
	return g_hash_table_lookup(db->reasons, code);
}

/* A code that has no template stands for itself. */
static void template_fill(struct db *db, const char *code, const GPtrArray *args, GString *out)
{
	const char *template = template_of(db, code);

	for (const char *at = template ? template : code; *at; at++) {
		guint number = at[0] == '{' && at[1] && at[2] == '}' ? g_ascii_digit_value(at[1])
								     : 0;

		if (!number || number > args->len) {
			g_string_append_c(out, *at);
			continue;
		}
		g_string_append(out, args->pdata[number - 1]);
		at += 2;
	}
}

/* The separator of a code that lists its arguments; NULL for others. */
static const char *separator_of(const char *code)
{
	static const struct { const char *code, *text; } lists[] = { { "list", ", " }, { "clauses", "; " } };

	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
		if (!strcmp(lists[i].code, code))
			return lists[i].text;
	return NULL;
}

static void reason_fill(struct db *db, const char *code, const GPtrArray *args, GString *out)
{
	const char *separator = separator_of(code);

	if (!separator)
		template_fill(db, code, args, out);
	for (guint i = 0; separator && i < args->len; i++)
		g_string_append_printf(out, "%s%s", i ? separator : "", (char *)args->pdata[i]);
}

/* The rest of an array, whose "[" and what stands before are read. */
static void args_read(struct db *db, struct reason_reader *reader, GPtrArray *args, int depth)
{
	while (!reader->bad && *reader->at != ']') {
		GString *arg = g_string_new(NULL);

		if (*reader->at == ',')
			reader->at++;
		value_read(db, reader, arg, depth);
		g_ptr_array_add(args, g_string_free(arg, FALSE));
	}
	take(reader, ']');
}

/* ["code",args...] */
static void reason_read(struct db *db, struct reason_reader *reader, GString *out, int depth)
{
	g_autoptr(GPtrArray) args = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GString) code = g_string_new(NULL);

	take(reader, '[');
	string_read(reader, code);
	args_read(db, reader, args, depth + 1);
	reason_fill(db, code->str, args, out);
}

static void value_read(struct db *db, struct reason_reader *reader, GString *out, int depth)
{
	size_t length = strspn(reader->at, "-0123456789");

	if (depth > DEPTH_MAX) {
		reader->bad = true;
	} else if (*reader->at == '[') {
		reason_read(db, reader, out, depth);
	} else if (length) {
		g_string_append_len(out, reader->at, length);
		reader->at += length;
	} else {
		string_read(reader, out);
	}
}

static void reason_text(sqlite3_context *context, int count, sqlite3_value **values)
{
	const char *code = (const char *)sqlite3_value_text(values[0]);
	const char *text = (const char *)sqlite3_value_text(values[1]);
	g_autoptr(GPtrArray) args = g_ptr_array_new_with_free_func(g_free);
	struct reason_reader reader = { .at = text ? text : "[]" };
	g_autoptr(GString) out = g_string_new(NULL);
	struct db *db = sqlite3_user_data(context);

	(void)count;
	if (!code)
		return;
	take(&reader, '[');
	args_read(db, &reader, args, 0);
	if (reader.bad || *reader.at) {
		sqlite3_result_error(context, "arguments of a reason that are no JSON array", -1);
		return;
	}
	reason_fill(db, code, args, out);
	sqlite3_result_text(context, out->str, out->len, SQLITE_TRANSIENT);
}

bool reason_text_add(struct db *db)
{
	return sqlite3_create_function(db->handle, "reason_text", 2,
				       SQLITE_UTF8 | SQLITE_DETERMINISTIC, db, reason_text, NULL,
				       NULL) == SQLITE_OK;
}
