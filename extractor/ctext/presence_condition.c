// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctext/presence_condition.h"

#define DEPTH_MAX 64

long version_code(const char *version)
{
	unsigned int major = 0, minor = 0, patch = 0;

	sscanf(version, "%u.%u.%u", &major, &minor, &patch);
	return ((long)major << 16) + (minor << 8) + MIN(patch, 255);
}

static size_t word_length(const char *text)
{
	return g_ascii_isalpha(*text) || *text == '_' ?
	       strspn(text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_") : 0;
}

/* Of the kernel's own headers, which say what they are. */
static bool is_version_word(const char *word)
{
	return !strcmp(word, "LINUX_VERSION_CODE") || !strcmp(word, "KERNEL_VERSION");
}

void guard_split(const char *guard, GPtrArray *on, GPtrArray *off)
{
	g_autoptr(GArray) negated = g_array_new(FALSE, TRUE, sizeof(bool));
	bool pending = false, inside = false;

	for (const char *p = guard; *p; p++) {
		size_t length = word_length(p);

		if (*p == '!' && p[1] != '=') {
			pending = !pending;
		} else if (*p == '(') {
			g_array_append_val(negated, inside);
			inside ^= pending;
			pending = false;
		} else if (*p == ')' && negated->len) {
			inside = g_array_index(negated, bool, negated->len - 1);
			g_array_set_size(negated, negated->len - 1);
		} else if (length) {
			char *word = g_strndup(p, length);
			bool operator = !strcmp(word, "defined") || g_str_has_prefix(word, "IS_");

			if (operator || is_version_word(word))
				g_free(word);
			else
				g_ptr_array_add(inside ^ pending ? off : on, word);
			pending &= operator;
			p += length - 1;
		}
	}
}

static bool share_word(const GPtrArray *a, const GPtrArray *b)
{
	for (guint i = 0; i < a->len; i++)
		for (guint k = 0; k < b->len; k++)
			if (!strcmp(a->pdata[i], b->pdata[k]))
				return true;
	return false;
}

bool guards_exclude(const char *a, const char *b)
{
	g_autoptr(GPtrArray) on_a = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) off_a = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) on_b = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) off_b = g_ptr_array_new_with_free_func(g_free);

	if (!a || !b || strstr(a, "||") || strstr(b, "||"))
		return false;
	guard_split(a, on_a, off_a);
	guard_split(b, on_b, off_b);
	return share_word(on_a, off_b) || share_word(off_a, on_b);
}

/* -- a guard as a function of the version: three-valued, since the rest is not known -- */

struct condition_value {
	bool known;
	long number;
};

struct condition_reading {
	const char *at;
	long version;
	int depth;
};

static const struct condition_value unknown = { false, 0 };

static struct condition_value number(long n)
{
	return (struct condition_value){ true, n };
}

static void skip_blanks(struct condition_reading *r)
{
	while (g_ascii_isspace(*r->at))
		r->at++;
}

static bool take(struct condition_reading *r, const char *token)
{
	size_t length = strlen(token);

	skip_blanks(r);
	if (strncmp(r->at, token, length))
		return false;
	r->at += length;
	return true;
}

static struct condition_value read_or(struct condition_reading *r);

/*
 * The arguments of a macro's use, past the opening parenthesis;
 * count of them, with the first three.
 */
static int read_arguments(struct condition_reading *r, struct condition_value arguments[3])
{
	int count = 0;

	do {
		struct condition_value value = read_or(r);

		if (count < 3)
			arguments[count] = value;
		count++;
	} while (take(r, ","));
	take(r, ")");
	return count;
}

static struct condition_value read_word(struct condition_reading *r, size_t length)
{
	g_autofree char *word = g_strndup(r->at, length);
	struct condition_value part[3] = { { false, 0 } };

	r->at += length;
	if (!strcmp(word, "LINUX_VERSION_CODE"))
		return number(r->version);
	if (!strcmp(word, "defined") && !take(r, "(")) {
		skip_blanks(r);
		r->at += word_length(r->at);
		return unknown;
	}
	if (!strcmp(word, "defined")) {
		read_arguments(r, part);
		return unknown;
	}
	if (!take(r, "(") || read_arguments(r, part) != 3 || strcmp(word, "KERNEL_VERSION") ||
	    !part[0].known || !part[1].known || !part[2].known)
		return unknown;
	return number((part[0].number << 16) + (part[1].number << 8) + MIN(part[2].number, 255));
}

static struct condition_value read_primary(struct condition_reading *r)
{
	struct condition_value value = unknown;
	size_t length;
	char *end;

	skip_blanks(r);
	length = word_length(r->at);
	if (++r->depth > DEPTH_MAX) {
		r->at += strlen(r->at);
	} else if (take(r, "(")) {
		value = read_or(r);
		take(r, ")");
	} else if (r->at[0] == '!' && r->at[1] != '=') {
		r->at++;
		value = read_primary(r);
		value.number = !value.number;
	} else if (g_ascii_isdigit(*r->at)) {
		value = number(strtol(r->at, &end, 0));
		r->at = end + strspn(end, "uUlL");
	} else if (length) {
		value = read_word(r, length);
	} else if (*r->at && *r->at != ')' && *r->at != ',') {
		r->at++;	/* an operator that is of no use here */
	}
	r->depth--;
	return value;
}

static bool compare(const char *operator, long left, long right)
{
	switch (operator[0] << 8 | operator[1]) {
	case '>' << 8 | '=':
		return left >= right;
	case '<' << 8 | '=':
		return left <= right;
	case '=' << 8 | '=':
		return left == right;
	case '!' << 8 | '=':
		return left != right;
	case '>' << 8:
		return left > right;
	default:
		return left < right;
	}
}

static struct condition_value read_comparison(struct condition_reading *r)
{
	static const char *const operators[] = { ">=", "<=", "==", "!=", ">", "<" };
	struct condition_value left = read_primary(r);

	for (size_t i = 0; i < G_N_ELEMENTS(operators); i++) {
		struct condition_value right;

		if (!take(r, operators[i]))
			continue;
		right = read_primary(r);
		return left.known && right.known ?
		       number(compare(operators[i], left.number, right.number)) : unknown;
	}
	return left;
}

static struct condition_value read_and(struct condition_reading *r)
{
	struct condition_value left = read_comparison(r);

	while (take(r, "&&")) {
		struct condition_value right = read_comparison(r);

		if ((left.known && !left.number) || (right.known && !right.number))
			left = number(0);
		else if (!left.known || !right.known)
			left = unknown;
		else
			left = number(1);
	}
	return left;
}

static struct condition_value read_or(struct condition_reading *r)
{
	struct condition_value left = read_and(r);

	while (take(r, "||")) {
		struct condition_value right = read_and(r);

		if ((left.known && left.number) || (right.known && right.number))
			left = number(1);
		else if (!left.known || !right.known)
			left = unknown;
		else
			left = number(0);
	}
	return left;
}

enum guard_answer guard_in_version(const char *guard, long version)
{
	struct condition_reading r = { .at = guard, .version = version };
	struct condition_value value = read_or(&r);

	skip_blanks(&r);
	if (*r.at || !value.known)
		return GUARD_PERHAPS;	/* "A + B" and the like */
	return value.number ? GUARD_YES : GUARD_NO;
}

long guard_version(const char *guard, long version)
{
	long best = 0;

	if (!strstr(guard, "LINUX_VERSION_CODE"))
		return 0;
	if (guard_in_version(guard, version) != GUARD_NO)
		return version;
	for (const char *at = guard; (at = strstr(at, "KERNEL_VERSION")); at++) {
		struct condition_reading r = { .at = at };
		struct condition_value edge = read_primary(&r);

		for (long near = edge.number - 1; edge.known && near <= edge.number + 1; near++)
			if (guard_in_version(guard, near) != GUARD_NO &&
			    (!best || labs(near - version) < labs(best - version)))
				best = near;
	}
	return best;
}
