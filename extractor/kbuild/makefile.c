// SPDX-License-Identifier: GPL-2.0-only
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

#include "kbuild/makefile.h"
#include "kbuild/makefile_call.h"
#include "kbuild/makefile_unknown.h"
#include "kbuild/makefile_words.h"
#include "source/path_escape.h"

#define MAKEFILE_SIZE_MAX (1 << 20)
#define INCLUDE_DEPTH_MAX 8
#define INCLUDE_COUNT_MAX 256

#define CONDITIONS_MAX 32
/* Texts of $(eval) that one Makefile may have read, and their bytes. */
#define EVALS_MAX 4096
#define EVALS_SIZE_MAX (4 << 20)

/*
 * An ifeq ... endif: whether an earlier branch has -D options, this one has, and is not the first.
 */
struct condition {
	bool before, here, other;
	guint branch;	/* as in struct make_variable */
};

/**
 * struct makefile_reading - state of one read
 * @path: of the file at hand, from the tree's top; @line: its line
 * @opened, @evals: how many files and texts of $(eval) have been read; @evals_size: bytes of these
 * @definition: "define NAME" at hand, and its lines in @body; else NULL
 */
struct makefile_reading {
	const char *tree;
	struct makefile *mk;
	int depth;
	int opened;
	int evals;
	gsize evals_size;
	const char *path;
	guint line;
	char *definition;
	GString *body;
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
	g_free(variable->text);
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
	variable = g_new0(struct make_variable, 1);
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

/* The text of a file that is included, by its path from the top; NULL when there is none. */
static char *included_text(struct makefile_reading *reading, const char *path, gsize *length)
{
	g_autofree char *full = g_build_filename(reading->tree, path, NULL);
	char *text = NULL;
	struct stat st;

	if (stat(full, &st) || !S_ISREG(st.st_mode) || st.st_size > MAKEFILE_SIZE_MAX ||
	    !g_file_get_contents(full, &text, length, NULL))
		return NULL;
	return text;
}

/* As $(src)/NAME is written, and else as a name in the folder itself. */
static char *included_path(struct makefile_reading *reading, const char *word, char **text,
			   gsize *length)
{
	g_autofree char *path = g_canonicalize_filename(word, "/");
	g_autofree char *joined = g_build_filename("/", reading->mk->dir, word, NULL);

	*text = included_text(reading, path, length);
	if (!*text && reading->mk->kernel && *word != '/') {
		g_free(path);
		path = g_canonicalize_filename(joined, "/");
		*text = included_text(reading, path, length);
	}
	return g_strdup(path + 1);
}

static void reading_file(struct makefile_reading *reading, const char *word, bool optional)
{
	g_autofree char *text = NULL, *path = NULL;
	const char *outer_path = reading->path;
	guint outer_line = reading->line;
	gsize length;

	reading->opened++;
	path = included_path(reading, word, &text, &length);
	if (!text) {
		g_autofree char *line = g_strdup_printf("include %s", word);

		if (!optional)
			make_unknown_add(reading->mk, reading->path, reading->line, "", line,
					 strlen(line));
		return;
	}
	reading->path = path;
	reading->line = 0;
	reading->depth++;
	reading_text(reading, text, length);
	reading->depth--;
	reading->path = outer_path;
	reading->line = outer_line;
}

static void reading_include(struct makefile_reading *reading, const char *names, bool optional)
{
	g_autofree char *expanded = makefile_expand(reading->mk, names);
	g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);

	if (!reading->tree || reading->depth >= INCLUDE_DEPTH_MAX)
		return;
	make_words_add(words, expanded);
	for (guint i = 0; i < words->len && reading->opened < INCLUDE_COUNT_MAX; i++)
		reading_file(reading, words->pdata[i], optional);
}

/* "$(eval X := y)", alone or in a $(foreach). */
static void reading_evals(struct makefile_reading *reading, const char *line)
{
	g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);

	if (!reading->mk->kernel || !strstr(line, "$(") || reading->depth >= INCLUDE_DEPTH_MAX)
		return;
	g_free(makefile_expand_line(reading->mk, line, texts));
	reading->depth++;
	for (guint i = 0; i < texts->len && reading->evals++ < EVALS_MAX &&
	     reading->evals_size < EVALS_SIZE_MAX; i++) {
		guint outer_line = reading->line;
		gsize size = strlen(texts->pdata[i]);

		reading->evals_size += size;
		reading_text(reading, texts->pdata[i], size);
		reading->line = outer_line;
	}
	reading->depth--;
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

/* "$(NAME)-objs" with the name, when it is one word; of symbols of the kernel's it is not known. */
static char *reading_name(struct makefile_reading *reading, const char *text)
{
	g_autofree char *name = g_strstrip(g_strdup(text)), *whole = NULL;
	GString *out;

	if (!reading->mk->kernel || !strstr(name, "$("))
		return g_steal_pointer(&name);
	out = g_string_new(NULL);
	for (const char *p = name; *p;) {
		const char *end = make_reference_starts(p) ? make_reference_end(p + 2) : p + 1;
		g_autofree char *part = g_strndup(p, end - p);
		g_autofree char *value = end == p + 1 || strstr(part, "CONFIG_") ?
			g_strdup(part) : g_strstrip(makefile_expand(reading->mk, part));

		g_string_append(out, *value && !strpbrk(value, " \t") ? value : part);
		p = end;
	}
	whole = g_string_free(out, FALSE);
	return g_steal_pointer(&whole);
}

/* Lines from "define NAME" to "endef"; true when the line is one of them. */
static bool reading_definition(struct makefile_reading *reading, const char *line)
{
	g_autofree char *plain = g_strstrip(g_strdup(line));
	struct make_variable *variable;
	const char *name;

	if (!reading->mk->kernel)
		return false;
	if (!reading->definition) {
		name = word_skip(plain, "define");
		if (!name)
			return false;
		reading->definition = g_strstrip(g_strndup(name, strcspn(name, "=:")));
		reading->body = g_string_new(NULL);
		return true;
	}
	if (strcmp(plain, "endef")) {
		g_string_append_printf(reading->body, "%s\n", line);
		return true;
	}
	variable = variable_get(reading->mk, reading->definition);
	g_free(variable->text);
	variable->text = g_string_free(g_steal_pointer(&reading->body), FALSE);
	g_clear_pointer(&reading->definition, g_free);
	return true;
}

static void reading_assignment(struct makefile_reading *reading, const char *line, const char *op,
			       const char *value)
{
	g_autofree char *raw = g_strndup(line, op - line);
	g_autofree char *name = reading_name(reading, raw);

	if (!*name)
		return;
	if (!reading->recipe)
		make_unknown_commands(reading->mk, reading->path, reading->line, name, value);
	if (*op == '!' && !reading->recipe)
		make_unknown_add(reading->mk, reading->path, reading->line, name, op, strlen(op));
	variable_append(reading, name, value);
}

static void reading_line(struct makefile_reading *reading, char *line)
{
	const char *value, *op, *rest;

	if (reading_definition(reading, line))
		return;
	reading->recipe = *line == '\t';
	g_strstrip(line);
	if (reading->recipe && reading->mk->kernel)
		make_calls_add(reading->mk, line);
	if (reading_condition(reading, line))
		return;
	for (rest = line;
	     (value = word_skip(rest, "override")) || (value = word_skip(rest, "export"));)
		for (rest = value; g_ascii_isspace(*rest);)
			rest++;
	if ((value = word_skip(rest, "include")) || (value = word_skip(rest, "-include")) ||
	    (value = word_skip(rest, "sinclude"))) {
		reading_include(reading, value, *rest != 'i');
		return;
	}
	op = assignment_find(rest, &value);
	if (op)
		reading_assignment(reading, rest, op, value);
	else if (!reading->recipe && make_reference_starts(rest))
		reading_evals(reading, rest);
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
		reading->line++;
		if (more && text < end)
			continue;
		/* A NUL ends the line for us: no Makefile has one. */
		reading_line(reading, logical->str);
		g_string_truncate(logical, 0);
	}
}

struct makefile *makefile_parse_at(const struct makefile_place *place, const char *path,
				   const char *text, gsize length)
{
	struct makefile *mk = g_new0(struct makefile, 1);
	struct makefile_reading reading = { .tree = place->tree, .mk = mk, .path = path };

	mk->path = g_strdup(path);
	mk->dir = g_strdup(place->dir);
	mk->root = g_strdup(place->root ? place->root : place->dir);
	mk->top = g_strdup(place->tree);
	mk->kernel = place->kernel;
	mk->outer = place->outer;
	mk->variables = g_ptr_array_new_with_free_func(variable_free);
	mk->index = g_hash_table_new(g_str_hash, g_str_equal);
	mk->calls = g_ptr_array_new_with_free_func(make_call_free);
	mk->unknown = g_ptr_array_new_with_free_func(make_unknown_free);
	reading_text(&reading, text, MIN(length, MAKEFILE_SIZE_MAX));
	g_free(reading.definition);
	if (reading.body)
		g_string_free(reading.body, TRUE);
	return mk;
}

struct makefile *makefile_parse(const char *tree, const char *dir, const char *text, gsize length)
{
	const struct makefile_place place = { .tree = tree, .dir = dir };

	return makefile_parse_at(&place, "", text, length);
}
