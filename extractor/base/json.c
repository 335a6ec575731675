// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/json.h"

void json_string(GString *out, const char *text)
{
	g_autofree char *valid = g_utf8_validate(text, -1, NULL) ? NULL
								 : g_utf8_make_valid(text, -1);

	g_string_append_c(out, '"');
	for (const unsigned char *p = (const unsigned char *)(valid ? valid : text); *p; p++) {
		if (*p == '"' || *p == '\\')
			g_string_append_printf(out, "\\%c", *p);
		else if (*p < 0x20)
			g_string_append_printf(out, "\\u%04x", *p);
		else
			g_string_append_c(out, *p);
	}
	g_string_append_c(out, '"');
}

static void line_begin(struct json *json)
{
	if (json->out->len)
		g_string_append_c(json->out, '\n');
	for (unsigned int i = 0; i < json->depth; i++)
		g_string_append_c(json->out, ' ');
}

static void value_begin(struct json *json, const char *key)
{
	if (!json->first && json->depth)
		g_string_append_c(json->out, ',');
	line_begin(json);
	json->first = false;
	if (!key)
		return;
	json_string(json->out, key);
	g_string_append(json->out, ": ");
}

static void bracket_open(struct json *json, const char *key, char bracket)
{
	value_begin(json, key);
	g_string_append_c(json->out, bracket);
	json->depth++;
	json->first = true;
}

static void bracket_close(struct json *json, char bracket)
{
	json->depth--;
	if (!json->first)
		line_begin(json);
	g_string_append_c(json->out, bracket);
	json->first = false;
}

void json_object(struct json *json, const char *key)
{
	bracket_open(json, key, '{');
}

void json_object_end(struct json *json)
{
	bracket_close(json, '}');
}

void json_array(struct json *json, const char *key)
{
	bracket_open(json, key, '[');
}

void json_array_end(struct json *json)
{
	bracket_close(json, ']');
}

void json_text(struct json *json, const char *key, const char *text)
{
	value_begin(json, key);
	if (text)
		json_string(json->out, text);
	else
		g_string_append(json->out, "null");
}

void json_number(struct json *json, const char *key, long number)
{
	value_begin(json, key);
	g_string_append_printf(json->out, "%ld", number);
}

void json_bool(struct json *json, const char *key, bool value)
{
	value_begin(json, key);
	g_string_append(json->out, value ? "true" : "false");
}
