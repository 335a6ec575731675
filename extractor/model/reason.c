// SPDX-License-Identifier: GPL-2.0-only
#include <stdarg.h>
#include <string.h>

#include "base/json.h"
#include "model/reason.h"

static struct reason *reason_take(enum reason_code code, GString *args)
{
	struct reason *reason = g_new(struct reason, 1);

	reason->code = code;
	reason->args = g_string_free(args, FALSE);
	return reason;
}

/* As an argument of another reason: ["code",args...] */
static void append_reason(GString *args, const struct reason *reason)
{
	g_string_append_c(args, '[');
	json_string(args, reason_code_word(reason->code));
	if (strcmp(reason->args, "[]"))
		g_string_append_printf(args, ",%s", reason->args + 1);
	else
		g_string_append_c(args, ']');
}

struct reason *reason_new(enum reason_code code, const char *format, ...)
{
	GString *args = g_string_new("[");
	struct reason *part;
	va_list ap;

	va_start(ap, format);
	for (const char *letter = format; *letter; letter++) {
		if (letter > format)
			g_string_append_c(args, ',');
		switch (*letter) {
		case 's':
			json_string(args, va_arg(ap, const char *));
			break;
		case 'd':
			g_string_append_printf(args, "%d", va_arg(ap, int));
			break;
		default:
			part = va_arg(ap, struct reason *);
			append_reason(args, part);
			reason_free(part);
		}
	}
	va_end(ap);
	g_string_append_c(args, ']');
	return reason_take(code, args);
}

/* The first max as arguments of a code. */
static struct reason *joined(enum reason_code code, const GPtrArray *reasons, guint max)
{
	GString *args = g_string_new("[");

	for (guint i = 0; i < MIN(reasons->len, max); i++) {
		if (i)
			g_string_append_c(args, ',');
		append_reason(args, reasons->pdata[i]);
	}
	g_string_append_c(args, ']');
	return reason_take(code, args);
}

struct reason *reason_list(const GPtrArray *reasons, guint max)
{
	struct reason *list = joined(REASON_LIST, reasons, max);

	return reasons->len > max ? reason_new(REASON_MORE, "rd", list, reasons->len - max) : list;
}

struct reason *reason_clauses(const GPtrArray *reasons)
{
	return joined(REASON_CLAUSES, reasons, reasons->len);
}

struct reason *reason_call(const char *callee, const char *path, int line)
{
	return reason_new(REASON_CALL_AT, "ssd", callee, path, line);
}

struct reason *reason_load(const char *code, const char *args)
{
	int number = reason_code_find(code);

	if (number < 0)
		return reason_new(REASON_TEXT, "s", code);
	return reason_take(number, g_string_new(args));
}

struct reason *reason_copy(const struct reason *reason)
{
	return reason_take(reason->code, g_string_new(reason->args));
}

void reason_free(void *data)
{
	struct reason *reason = data;

	if (!reason)
		return;
	g_free(reason->args);
	g_free(reason);
}

void reason_bind(sqlite3_stmt *stmt, int index, const struct reason *reason)
{
	db_bind_text(stmt, index, reason ? reason_code_word(reason->code) : "");
	db_bind_text(stmt, index + 1, reason ? reason->args : "[]");
}
