// SPDX-License-Identifier: GPL-2.0-only
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

#include "makefile.h"

#define MAKEFILE_SIZE_MAX (1 << 20)
#define INCLUDE_DEPTH_MAX 8
#define INCLUDE_COUNT_MAX 256
#define EXPAND_DEPTH_MAX 16
#define EXPAND_SIZE_MAX (64 << 10)
#define EXPAND_WORK_MAX 4096

/* What one read keeps in mind: where it is, and how much it may still open. */
struct reading {
	const char *tree;
	struct makefile *mk;
	int depth;
	int opened;
};

static void reading_text(struct reading *reading, const char *text, gsize length);

static void variable_free(void *data)
{
	struct make_variable *variable = data;

	g_free(variable->name);
	g_ptr_array_unref(variable->words);
	g_free(variable);
}

static struct make_variable *variable_get(struct makefile *mk, const char *name)
{
	struct make_variable *variable = g_hash_table_lookup(mk->index, name);

	if (variable)
		return variable;
	variable = g_new(struct make_variable, 1);
	variable->name = g_strdup(name);
	variable->words = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(mk->variables, variable);
	g_hash_table_insert(mk->index, variable->name, variable);
	return variable;
}

const struct make_variable *makefile_variable(const struct makefile *mk, const char *name)
{
	return g_hash_table_lookup(mk->index, name);
}

/* Past the closing parenthesis of a "$(" whose inside starts here. */
static const char *reference_end(const char *p)
{
	int depth = 1;

	for (; *p; p++) {
		if (*p == '(' || *p == '{')
			depth++;
		else if ((*p == ')' || *p == '}') && !--depth)
			return p + 1;
	}
	return p;
}

static bool reference_starts(const char *p)
{
	return p[0] == '$' && (p[1] == '(' || p[1] == '{');
}

/* Splits at white space outside of references. */
static void words_add(GPtrArray *words, const char *text)
{
	while (*text) {
		const char *start;

		while (g_ascii_isspace(*text))
			text++;
		start = text;
		while (*text && !g_ascii_isspace(*text))
			text = reference_starts(text) ? reference_end(text + 2) : text + 1;
		if (text > start)
			g_ptr_array_add(words, g_strndup(start, text - start));
	}
}

/* The assignment operator of a line, outside of references; NULL for none. */
static const char *assignment_find(const char *line, const char **value)
{
	for (const char *p = line; *p;) {
		if (reference_starts(p)) {
			p = reference_end(p + 2);
			continue;
		}
		if (*p == '=') {
			const char *op = p;

			*value = p + 1;
			while (op > line && strchr(":+?!", op[-1]))
				op--;
			return op;
		}
		if (*p == ':' && p[1] != '=' && p[1] != ':')
			return NULL;
		p++;
	}
	return NULL;
}

static void reading_include(struct reading *reading, const char *names)
{
	g_autofree char *expanded = makefile_expand(reading->mk, names);
	g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);

	if (!reading->tree || reading->depth >= INCLUDE_DEPTH_MAX)
		return;
	words_add(words, expanded);
	for (guint i = 0; i < words->len && reading->opened < INCLUDE_COUNT_MAX; i++) {
		g_autofree char *path = g_canonicalize_filename(words->pdata[i], "/");
		g_autofree char *full = g_build_filename(reading->tree, path, NULL);
		g_autofree char *text = NULL;
		struct stat st;
		gsize length;

		reading->opened++;
		if (stat(full, &st) || !S_ISREG(st.st_mode) || st.st_size > MAKEFILE_SIZE_MAX ||
		    !g_file_get_contents(full, &text, &length, NULL))
			continue;
		reading->depth++;
		reading_text(reading, text, length);
		reading->depth--;
	}
}

static const char *word_skip(const char *line, const char *word)
{
	size_t length = strlen(word);

	if (strncmp(line, word, length) || !g_ascii_isspace(line[length]))
		return NULL;
	return line + length;
}

static void reading_line(struct reading *reading, char *line)
{
	const char *value, *op, *rest;
	char *name;

	g_strstrip(line);
	for (rest = line; (value = word_skip(rest, "override")) || (value = word_skip(rest, "export"));)
		for (rest = value; g_ascii_isspace(*rest);)
			rest++;
	if ((value = word_skip(rest, "include")) || (value = word_skip(rest, "-include"))) {
		reading_include(reading, value);
		return;
	}
	op = assignment_find(rest, &value);
	if (!op)
		return;
	name = g_strstrip(g_strndup(rest, op - rest));
	if (*name)
		words_add(variable_get(reading->mk, name)->words, value);
	g_free(name);
}

/* Up to the comment; a '#' after a backslash is text. */
static gsize line_length(const char *line, gsize length)
{
	for (gsize i = 0; i < length; i++)
		if (line[i] == '#' && (!i || line[i - 1] != '\\'))
			return i;
	return length;
}

static bool line_continues(const char *line, gsize length)
{
	return length && line[length - 1] == '\\';
}

static void reading_text(struct reading *reading, const char *text, gsize length)
{
	g_autoptr(GString) logical = g_string_new(NULL);
	const char *end = text + length;

	while (text < end) {
		const char *eol = memchr(text, '\n', end - text);
		gsize size = (eol ? eol : end) - text;
		bool more = line_continues(text, size);

		g_string_append_len(logical, text, line_length(text, more ? size - 1 : size));
		g_string_append_c(logical, ' ');
		text += size + (eol ? 1 : 0);
		if (more && text < end)
			continue;
		/* A NUL ends the line for us: no Makefile has one. */
		reading_line(reading, logical->str);
		g_string_truncate(logical, 0);
	}
}

struct makefile *makefile_parse(const char *tree, const char *dir, const char *text, gsize length)
{
	struct makefile *mk = g_new0(struct makefile, 1);
	struct reading reading = { .tree = tree, .mk = mk };

	mk->dir = g_strdup(dir);
	mk->variables = g_ptr_array_new_with_free_func(variable_free);
	mk->index = g_hash_table_new(g_str_hash, g_str_equal);
	reading_text(&reading, text, MIN(length, MAKEFILE_SIZE_MAX));
	return mk;
}

struct makefile *makefile_read(const char *tree, const char *dir)
{
	static const char *const names[] = { "Kbuild", "Makefile" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = g_build_filename(tree, dir, names[i], NULL);
		g_autofree char *text = NULL;
		struct stat st;
		gsize length;

		if (!stat(path, &st) && S_ISREG(st.st_mode) && st.st_size <= MAKEFILE_SIZE_MAX &&
		    g_file_get_contents(path, &text, &length, NULL))
			return makefile_parse(tree, dir, text, length);
	}
	return NULL;
}

void makefile_free(struct makefile *mk)
{
	if (!mk)
		return;
	g_free(mk->dir);
	g_hash_table_destroy(mk->index);
	g_ptr_array_unref(mk->variables);
	g_free(mk);
}

/* One expansion and what it may still cost: hostile input doubles quickly. */
struct expansion {
	const struct makefile *mk;
	int depth;
	int work;
};

static void expand(struct expansion *x, const char *text, GString *out);

static char *expand_argument(struct expansion *x, const char *text, size_t length)
{
	g_autofree char *argument = g_strndup(text, length);
	GString *out = g_string_new(NULL);

	expand(x, argument, out);
	return g_string_free(out, FALSE);
}

/* The arguments of a function call, split at top-level commas, expanded. */
static GPtrArray *expand_arguments(struct expansion *x, const char *text)
{
	GPtrArray *arguments = g_ptr_array_new_with_free_func(g_free);
	const char *start = text;

	while (*text) {
		if (reference_starts(text)) {
			text = reference_end(text + 2);
			continue;
		}
		if (*text == ',') {
			g_ptr_array_add(arguments, expand_argument(x, start, text - start));
			start = text + 1;
		}
		text++;
	}
	g_ptr_array_add(arguments, expand_argument(x, start, text - start));
	return arguments;
}

static void affix_words(const char *before, const char *list, const char *after, GString *out)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);

	words_add(words, list);
	for (guint i = 0; i < words->len && out->len < EXPAND_SIZE_MAX; i++)
		g_string_append_printf(out, "%s%s%s ", before, (char *)words->pdata[i], after);
}

static void pattern_words(const char *from, const char *to, const char *list, GString *out)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
	const char *percent = strchr(from, '%'), *put = strchr(to, '%');

	words_add(words, list);
	for (guint i = 0; i < words->len && out->len < EXPAND_SIZE_MAX; i++) {
		const char *word = words->pdata[i];
		size_t length = strlen(word), head = percent ? percent - from : 0;
		size_t tail = percent ? strlen(percent + 1) : 0;

		if (percent && put && length >= head + tail && !strncmp(word, from, head) &&
		    g_str_has_suffix(word, percent + 1))
			g_string_append_printf(out, "%.*s%.*s%s ", (int)(put - to), to,
					       (int)(length - head - tail), word + head, put + 1);
		else
			g_string_append_printf(out, "%s ", word);
	}
}

/* true when the reference is a call of a text function. Others give nothing. */
static bool expand_function(struct expansion *x, const char *inside, GString *out)
{
	const char *rest = inside + strcspn(inside, " \t");
	g_autofree char *name = g_strndup(inside, rest - inside);
	g_autoptr(GPtrArray) arguments = NULL;

	if (!*rest)
		return false;
	while (g_ascii_isspace(*rest))
		rest++;
	arguments = expand_arguments(x, rest);
	if (g_str_equal(name, "addprefix") && arguments->len == 2)
		affix_words(arguments->pdata[0], arguments->pdata[1], "", out);
	else if (g_str_equal(name, "addsuffix") && arguments->len == 2)
		affix_words("", arguments->pdata[1], arguments->pdata[0], out);
	else if (g_str_equal(name, "patsubst") && arguments->len == 3)
		pattern_words(arguments->pdata[0], arguments->pdata[1], arguments->pdata[2], out);
	else if (g_str_equal(name, "strip") || g_str_equal(name, "sort"))
		g_string_append(out, arguments->pdata[0]);
	else if (g_str_equal(name, "if"))
		for (guint i = 1; i < arguments->len; i++)
			g_string_append_printf(out, "%s ", (char *)arguments->pdata[i]);
	return true;
}

static bool expand_builtin(struct expansion *x, const char *name, GString *out)
{
	if (g_str_equal(name, "src") || g_str_equal(name, "obj") || g_str_equal(name, "M")) {
		/* "$(srctree)/$(src)" must stay a path: the tree is "/" inside. */
		g_string_append(out, *x->mk->dir ? x->mk->dir : ".");
		return true;
	}
	if (g_str_equal(name, "srctree") || g_str_equal(name, "objtree") ||
	    g_str_equal(name, "abs_srctree") || g_str_equal(name, "abs_objtree")) {
		g_string_append_c(out, '.');
		return true;
	}
	return false;
}

static void expand_variable(struct expansion *x, const char *name, GString *out)
{
	const struct make_variable *variable = makefile_variable(x->mk, name);

	if (!variable || x->depth >= EXPAND_DEPTH_MAX)
		return;
	x->depth++;
	for (guint i = 0; i < variable->words->len; i++) {
		if (i)
			g_string_append_c(out, ' ');
		expand(x, variable->words->pdata[i], out);
	}
	x->depth--;
}

static void expand_reference(struct expansion *x, const char *inside, GString *out)
{
	g_autofree char *name = NULL, *colon = NULL;

	if (x->depth >= EXPAND_DEPTH_MAX)
		return;
	x->depth++;
	if (!expand_function(x, inside, out)) {
		name = expand_argument(x, inside, strlen(inside));
		if (!expand_builtin(x, name, out))
			expand_variable(x, name, out);
	}
	x->depth--;
}

static void expand(struct expansion *x, const char *text, GString *out)
{
	while (*text && out->len < EXPAND_SIZE_MAX && x->work < EXPAND_WORK_MAX) {
		if (reference_starts(text)) {
			const char *end = reference_end(text + 2);
			bool closed = end[-1] == ')' || end[-1] == '}';
			g_autofree char *inside = g_strndup(text + 2, end - text - 2 - closed);

			x->work++;
			expand_reference(x, inside, out);
			text = end;
			continue;
		}
		g_string_append_c(out, *text++);
	}
}

char *makefile_expand(const struct makefile *mk, const char *word)
{
	struct expansion x = { .mk = mk };
	GString *out = g_string_new(NULL);

	expand(&x, word, out);
	return g_string_free(out, FALSE);
}
