// SPDX-License-Identifier: GPL-2.0-only
/* Integer constant expressions, by recursive descent over the precedences of C. */
#include <string.h>

#include "base/ctype_word.h"
#include "base/diag.h"
#include "convert/patch_source/value_expression.h"

/* More than that is a macro that stands for itself. */
#define DEPTH_MAX 64

/**
 * struct reader - where in an expression the evaluation is
 * @at: the rest of the text
 * @depth: how many definitions the text is inside of
 */
struct reader {
	const struct header_values *values;
	const char *at;
	GString *known;
	int depth;
	GError **error;
};

static bool level_read(struct reader *reader, size_t level, gint64 *value);

static bool bad(struct reader *reader, const char *what, const char *name)
{
	if (!*reader->error)
		fail(reader->error, EXIT_INPUT, "%s%s", what, name);
	return false;
}

static bool unclear(struct reader *reader, const char *name)
{
	return bad(reader, "the configuration decides on the value of ", name);
}

static const char *skip_blanks(struct reader *reader)
{
	reader->at += strspn(reader->at, " \t\n");
	return reader->at;
}

static bool expect(struct reader *reader, char c)
{
	if (*skip_blanks(reader) != c)
		return bad(reader, "no sense in an expression at: ", reader->at);
	reader->at++;
	return true;
}

static char *word_read(struct reader *reader)
{
	const char *from = skip_blanks(reader);

	if (!text_word_start(*from)) {
		bad(reader, "no name in an expression at: ", from);
		return NULL;
	}
	while (text_word_char(*reader->at))
		reader->at++;
	return g_strndup(from, reader->at - from);
}

static bool definition_read(struct reader *reader, const struct header_value *value,
			    gint64 *result)
{
	struct reader inner = *reader;

	inner.at = value->text;
	inner.known = NULL;
	if (++inner.depth > DEPTH_MAX)
		return bad(reader, "a definition goes round in a circle: ", value->name);
	if (value->unclear)
		return unclear(reader, value->name);
	if (!level_read(&inner, 0, result))
		return false;
	return !*skip_blanks(&inner) || bad(reader, "the headers give no number to ", value->name);
}

static bool name_read(struct reader *reader, const char *name, gint64 *result)
{
	const struct header_value *value = g_hash_table_lookup(reader->values->by_name, name);

	if (!value)
		return bad(reader, "the headers do not define ", name);
	if (!definition_read(reader, value, result))
		return false;
	if (reader->known)
		g_string_append_printf(reader->known, "%s%s is %" G_GINT64_FORMAT,
				       reader->known->len ? ", " : "", name, *result);
	return true;
}

/* Is it one whose number is known, and N? */
static bool is_number(struct reader *reader, const struct header_value *value, gint64 n)
{
	g_autoptr(GError) error = NULL;
	struct reader inner = *reader;
	gint64 number;

	inner.error = &error;
	return *value->text && definition_read(&inner, value, &number) && number == n;
}

static bool unused_find(struct reader *reader, gint64 n, const char *first, const char *last,
			gint64 *result)
{
	const struct header_value *from = g_hash_table_lookup(reader->values->by_name, first);
	const struct header_value *to = g_hash_table_lookup(reader->values->by_name, last);
	GHashTableIter iter;
	gpointer data;

	if (!from || !to)
		return bad(reader, "the headers do not define ", from ? last : first);
	*result = 1;
	g_hash_table_iter_init(&iter, reader->values->by_name);
	while (g_hash_table_iter_next(&iter, NULL, &data)) {
		const struct header_value *value = data;

		if (value->at < from->at || value->at >= to->at)
			continue;
		if (value->unclear)
			return unclear(reader, value->name);
		if (is_number(reader, value, n)) {
			*result = 0;
			if (reader->known)
				g_string_append_printf(reader->known, "%s%s is %" G_GINT64_FORMAT,
						       reader->known->len ? ", " : "", value->name,
						       n);
		}
	}
	return true;
}

static bool unused_read(struct reader *reader, gint64 *result)
{
	g_autofree char *first = NULL, *last = NULL;
	gint64 n;

	return level_read(reader, 0, &n) && expect(reader, ',') && (first = word_read(reader)) &&
	       expect(reader, ',') && (last = word_read(reader)) && expect(reader, ')') &&
	       unused_find(reader, n, first, last, result);
}

static bool defined_read(struct reader *reader, gint64 *result)
{
	g_autofree char *name = word_read(reader);

	if (!name || !expect(reader, ')'))
		return false;
	*result = g_hash_table_contains(reader->values->by_name, name);
	return true;
}

static bool bits_read(struct reader *reader, gint64 *result)
{
	g_autofree char *structure = word_read(reader), *member = NULL;

	if (!structure || !expect(reader, '.'))
		return false;
	member = word_read(reader);
	if (!member || !expect(reader, ')'))
		return false;
	*result = header_member_bits(reader->values, structure, member);
	if (reader->known)
		g_string_append_printf(reader->known, "%s%s.%s has %d bits",
				       reader->known->len ? ", " : "", structure, member,
				       (int)*result);
	return *result || bad(reader, "no width can be told of ", member);
}

static bool word_value(struct reader *reader, gint64 *result)
{
	g_autofree char *word = word_read(reader);
	static const struct {
		const char *name;
		bool (*read)(struct reader *reader, gint64 *result);
	} functions[] = {
		{ "defined", defined_read }, { "unused", unused_read }, { "bits", bits_read },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(functions); i++)
		if (!strcmp(functions[i].name, word))
			return expect(reader, '(') && functions[i].read(reader, result);
	return name_read(reader, word, result);
}

/* A number with the suffixes of its type. */
static bool number_read(struct reader *reader, gint64 *result)
{
	char *end;

	*result = (gint64)g_ascii_strtoull(reader->at, &end, 0);
	if (end == reader->at)
		return bad(reader, "no sense in an expression at: ", reader->at);
	reader->at = end + strspn(end, "uUlL");
	return true;
}

static bool operand_read(struct reader *reader, gint64 *result)
{
	char c = *skip_blanks(reader);

	if (c == '-' || c == '~' || c == '+' || (c == '!' && reader->at[1] != '=')) {
		reader->at++;
		if (!operand_read(reader, result))
			return false;
		*result = c == '-' ? (gint64)-(guint64)*result : c == '~' ? ~*result :
			  c == '!' ? !*result : *result;
		return true;
	}
	if (c == '(') {
		reader->at++;
		return level_read(reader, 0, result) && expect(reader, ')');
	}
	return text_word_start(c) ? word_value(reader, result) : number_read(reader, result);
}

/* The operators of each precedence, the weakest first; of one, those that begin another last. */
static const char *const levels[][5] = {
	{ "||" }, { "&&" }, { "|" }, { "^" }, { "&" }, { "==", "!=" }, { "<=", ">=", "<", ">" },
	{ "<<", ">>" }, { "+", "-" }, { "*", "/", "%" },
};

/* The operator that comes next, if it is one of the level. */
static const char *operator_next(struct reader *reader, size_t level)
{
	const char *at = skip_blanks(reader);

	for (const char *const *word = levels[level]; *word; word++) {
		size_t length = strlen(*word);

		if (strncmp(at, *word, length))
			continue;
		/* "|" is not the head of "||", nor "<" that of "<<" */
		if (length == 1 && strchr("|&<>", *at) && at[1] == *at)
			continue;
		return *word;
	}
	return NULL;
}

static bool shift_is_bad(const char *operator, gint64 by)
{
	return (*operator == '<' || *operator == '>') && operator[1] == *operator &&
	       (by < 0 || by > 63);
}

static gint64 operate(const char *operator, gint64 a, gint64 b)
{
	switch (*operator) {
	case '|': return operator[1] ? a || b : a | b;
	case '&': return operator[1] ? a && b : a & b;
	case '^': return a ^ b;
	case '=': return a == b;
	case '!': return a != b;
	case '<': return operator[1] == '<' ? (gint64)((guint64)a << b) :
			 operator[1] ? a <= b : a < b;
	case '>': return operator[1] == '>' ? a >> b : operator[1] ? a >= b : a > b;
	case '+': return (gint64)((guint64)a + (guint64)b);
	case '-': return (gint64)((guint64)a - (guint64)b);
	case '*': return (gint64)((guint64)a * (guint64)b);
	case '/': return b == -1 ? (gint64)-(guint64)a : a / b;
	default: return b == -1 ? 0 : a % b;
	}
}

static bool level_read(struct reader *reader, size_t level, gint64 *value)
{
	const char *operator;

	if (level == G_N_ELEMENTS(levels))
		return operand_read(reader, value);
	if (!level_read(reader, level + 1, value))
		return false;
	while ((operator = operator_next(reader, level))) {
		gint64 right;

		reader->at += strlen(operator);
		if (!level_read(reader, level + 1, &right))
			return false;
		if (((*operator == '/' || *operator == '%') && !right) ||
		    shift_is_bad(operator, right))
			return bad(reader, "a number that makes no sense behind ", operator);
		*value = operate(operator, *value, right);
	}
	return true;
}

bool value_evaluate(const struct header_values *values, const char *expression, gint64 *result,
		    GString *known, GError **error)
{
	GError *failure = NULL;
	struct reader reader = { values, expression, known, 0, &failure };

	if (level_read(&reader, 0, result) && *skip_blanks(&reader))
		bad(&reader, "no sense in an expression at: ", reader.at);
	if (failure)
		g_propagate_error(error, failure);
	return !failure;
}
