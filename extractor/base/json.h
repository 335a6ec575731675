/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_BASE_JSON_H
#define GUPCONV_BASE_JSON_H

#include <glib.h>
#include <stdbool.h>

/**
 * struct json - a JSON text while it is written
 * @out: so far
 * @depth: objects and arrays that are open
 * @first: nothing has been put into the innermost of them
 */
struct json {
	GString *out;
	unsigned int depth;
	bool first;
};

/* key: the member's name inside of an object; NULL inside of an array and at the top. */
void json_object(struct json *json, const char *key);
void json_object_end(struct json *json);
void json_array(struct json *json, const char *key);
void json_array_end(struct json *json);
/* NULL text is null. Bytes that are not UTF-8 become U+FFFD. */
void json_text(struct json *json, const char *key, const char *text);
void json_number(struct json *json, const char *key, long number);
void json_bool(struct json *json, const char *key, bool value);

/* A string as JSON, quotes and all. */
void json_string(GString *out, const char *text);

#endif
