// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "checkers/expr_text.h"

static bool name_char(char c)
{
	return c && strchr(NAME_CHARS, c);
}

/* Where the bracket that opens at text closes, or NULL. */
static const char *closing(const char *text)
{
	int depth = 0;

	for (const char *p = text; *p; p++) {
		if (*p == '(' || *p == '[')
			depth++;
		else if ((*p == ')' || *p == ']') && !--depth)
			return p;
	}
	return NULL;
}

/* The ']' at the end belongs to this '['. */
static char *last_subscript(char *text)
{
	size_t length = strlen(text);
	int depth = 0;

	if (!length || text[length - 1] != ']')
		return NULL;
	for (char *p = text + length - 1; p >= text; p--) {
		if (*p == ']')
			depth++;
		else if (*p == '[' && !--depth)
			return p;
	}
	return NULL;
}

bool words_sides(const char *text, const char *operators, char *op, char **left, char **right)
{
	int depth = 0;
	const char *end;

	if (*text != '(' || !(end = closing(text)) || end[1])
		return false;
	for (const char *p = text + 1; p < end; p++) {
		if (*p == '(' || *p == '[')
			depth++;
		else if (*p == ')' || *p == ']')
			depth--;
		if (depth || *p != ' ' || !strchr(operators, p[1]) || p[2] != ' ')
			continue;
		*op = p[1];
		*left = g_strndup(text + 1, p - text - 1);
		*right = g_strndup(p + 3, end - p - 3);
		return true;
	}
	return false;
}

char *words_base(const char *text)
{
	char *base = g_strdup(text);

	for (;;) {
		char *left, *right, *subscript, op, *next;

		if (*base == '&' || *base == '*') {
			next = g_strdup(base + 1);
		} else if (words_sides(base, "+-", &op, &left, &right)) {
			next = left;
			g_free(right);
		} else if ((subscript = last_subscript(base)) && subscript > base) {
			next = g_strndup(base, subscript - base);
		} else {
			return base;
		}
		g_free(base);
		base = next;
	}
}

char *words_offset(const char *text)
{
	g_autofree char *copy = g_strdup(text + strspn(text, "&*"));
	char *subscript = last_subscript(copy), *left, *right, op;

	if (subscript && subscript > copy)
		return g_strndup(subscript + 1, strlen(subscript) - 2);
	if (words_sides(copy, "+", &op, &left, &right)) {
		g_free(left);
		return right;
	}
	return g_strdup("0");
}

char *words_root(const char *text)
{
	text += strspn(text, "&*(!-~");
	return g_strndup(text, strspn(text, NAME_CHARS));
}

bool words_have(const char *text, const char *key)
{
	size_t length = strlen(key);

	if (!length)
		return false;
	for (const char *p = strstr(text, key); p; p = strstr(p + 1, key)) {
		bool member = p > text && (p[-1] == '.' || (p[-1] == '>' && p - 1 > text && p[-2] == '-'));

		if ((p == text || !name_char(p[-1])) && !member &&
		    (!name_char(p[length]) || !name_char(key[length - 1])))
			return true;
	}
	return false;
}

bool words_plain(const char *text)
{
	return *text && !g_ascii_isdigit(*text) && text[strspn(text, NAME_CHARS)] == 0;
}

bool words_element(const char *text)
{
	g_autofree char *copy = g_strdup(text + (*text == '*'));
	g_autofree char *left = NULL, *right = NULL;
	char op;

	return last_subscript(copy) || words_sides(copy, "+-", &op, &left, &right) || *text == '*';
}

char **words_arguments(const char *text)
{
	GPtrArray *args = g_ptr_array_new();
	const char *start = text;
	int depth = 0;

	for (const char *p = text; *text; p++) {
		if (*p == '(' || *p == '[')
			depth++;
		else if (*p == ')' || *p == ']')
			depth--;
		if (*p && (depth || *p != ','))
			continue;
		g_ptr_array_add(args, g_strndup(start, p - start));
		if (!*p)
			break;
		start = p + 2;
		p++;
	}
	g_ptr_array_add(args, NULL);
	return (char **)g_ptr_array_free(args, FALSE);
}

char *words_replace_root(const char *text, const char *root, const char *with)
{
	size_t before = strspn(text, "&*("), length = strlen(root);

	if (strncmp(text + before, root, length) || name_char(text[before + length]))
		return g_strdup(text);
	/* "(&x)->f" is x.f */
	if (*with == '&' && g_str_has_prefix(text + before + length, "->"))
		return g_strdup_printf("%.*s%s.%s", (int)before, text, with + 1,
				       text + before + length + 2);
	return g_strdup_printf("%.*s%s%s", (int)before, text, with, text + before + length);
}
