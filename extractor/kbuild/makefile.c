// SPDX-License-Identifier: GPL-2.0-only
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

#include "kbuild/makefile.h"
#include "kbuild/makefile_words.h"
#include "source/path_escape.h"

#define MAKEFILE_SIZE_MAX (1 << 20)
#define INCLUDE_DEPTH_MAX 8
#define INCLUDE_COUNT_MAX 256

#define CONDITIONS_MAX 32

/*
 * An ifeq ... endif: whether an earlier branch has -D options, this one has, and is not the first.
 */
struct condition {
	bool before, here, other;
	guint branch;	/* as in struct make_variable */
};

/* State of one read: its position, and how many files it may still open. */
struct makefile_reading {
	const char *tree;
	struct makefile *mk;
	int depth;
	int opened;
	struct condition conditions[CONDITIONS_MAX];
	int level;
	guint conditions_seen;
	bool recipe;	/* the present line is one of a shell's */
};

static void reading_text(struct makefile_reading *reading, const char *text, gsize length);

static void variable_free(void *data)
{
	struct make_variable *variable = data;

	g_free(variable->name);
	g_ptr_array_unref(variable->words);
	g_byte_array_unref(variable->other);
	g_array_unref(variable->branch);
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
	variable->other = g_byte_array_new();
	variable->branch = g_array_new(FALSE, TRUE, sizeof(guint));
	g_ptr_array_add(mk->variables, variable);
	g_hash_table_insert(mk->index, variable->name, variable);
	return variable;
}

const struct make_variable *makefile_variable(const struct makefile *mk, const char *name)
{
	return g_hash_table_lookup(mk->index, name);
}

/* The assignment operator of a line, outside of references; NULL for none. */
static const char *assignment_find(const char *line, const char **value)
{
	for (const char *p = line; *p;) {
		if (make_reference_starts(p)) {
			p = make_reference_end(p + 2);
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

static void reading_include(struct makefile_reading *reading, const char *names)
{
	g_autofree char *expanded = makefile_expand(reading->mk, names);
	g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);

	if (!reading->tree || reading->depth >= INCLUDE_DEPTH_MAX)
		return;
	make_words_add(words, expanded);
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

/* true when the line is about a condition */
static bool reading_condition(struct makefile_reading *reading, const char *line)
{
	static const char *const begins[] = { "ifeq", "ifneq", "ifdef", "ifndef" };
	struct condition *top = reading->level && reading->level <= CONDITIONS_MAX ?
		&reading->conditions[reading->level - 1] : NULL;
	g_autofree char *word = g_strndup(line, strcspn(line, " \t("));

	for (size_t i = 0; i < G_N_ELEMENTS(begins); i++) {
		if (strcmp(word, begins[i]))
			continue;
		if (reading->level++ < CONDITIONS_MAX)
			reading->conditions[reading->level - 1] = (struct condition){
				.branch = ++reading->conditions_seen << 8,
			};
		return true;
	}
	if (!strcmp(word, "else") && top)
		*top = (struct condition){ .before = top->before || top->here, .other = true,
					   .branch = top->branch + 1 };
	else if (!strcmp(word, "endif") && reading->level)
		reading->level--;
	else
		return false;
	return true;
}

/*
 * Notes -D options of the present branches; true when another branch has some that exclude these.
 */
static bool reading_is_other(struct makefile_reading *reading, const char *value)
{
	bool defines = !reading->recipe && strstr(value, "-D"), other = false;

	for (int i = 0; i < MIN(reading->level, CONDITIONS_MAX); i++) {
		struct condition *condition = &reading->conditions[i];

		condition->here |= defines;
		other |= condition->other && condition->before;
	}
	return other;
}

static void variable_append(struct makefile_reading *reading, const char *name, const char *value)
{
	struct make_variable *variable = variable_get(reading->mk, name);
	guint8 other = reading_is_other(reading, value);
	int level = MIN(reading->level, CONDITIONS_MAX);
	guint branch = level ? reading->conditions[level - 1].branch : 0;

	make_words_add(variable->words, value);
	while (variable->other->len < variable->words->len) {
		g_byte_array_append(variable->other, &other, 1);
		g_array_append_val(variable->branch, branch);
	}
}

static void reading_line(struct makefile_reading *reading, char *line)
{
	const char *value, *op, *rest;
	char *name;

	reading->recipe = *line == '\t';
	g_strstrip(line);
	if (reading_condition(reading, line))
		return;
	for (rest = line;
	     (value = word_skip(rest, "override")) || (value = word_skip(rest, "export"));)
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
		variable_append(reading, name, value);
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

static void reading_text(struct makefile_reading *reading, const char *text, gsize length)
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

static struct makefile *parse(const char *tree, const char *dir, const char *kernel,
			      const char *text, gsize length)
{
	struct makefile *mk = g_new0(struct makefile, 1);
	struct makefile_reading reading = { .tree = tree, .mk = mk };

	mk->dir = g_strdup(dir);
	mk->kernel = kernel;
	mk->variables = g_ptr_array_new_with_free_func(variable_free);
	mk->index = g_hash_table_new(g_str_hash, g_str_equal);
	reading_text(&reading, text, MIN(length, MAKEFILE_SIZE_MAX));
	return mk;
}

struct makefile *makefile_parse(const char *tree, const char *dir, const char *text, gsize length)
{
	return parse(tree, dir, NULL, text, length);
}

struct makefile *makefile_read(const char *tree, const char *dir, const char *kernel)
{
	static const char *const names[] = { "Kbuild", "Makefile" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *name = g_build_filename(dir, names[i], NULL);
		g_autofree char *path = path_full(tree, name);
		g_autofree char *text = NULL;
		struct stat st;
		gsize length;

		if (!stat(path, &st) && S_ISREG(st.st_mode) && st.st_size <= MAKEFILE_SIZE_MAX &&
		    g_file_get_contents(path, &text, &length, NULL))
			return parse(tree, dir, kernel, text, length);
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
