// SPDX-License-Identifier: GPL-2.0-only
#include <glob.h>
#include <string.h>

#include "kbuild/makefile.h"
#include "kbuild/makefile_words.h"

/*
 * The text functions of make. Of $(wildcard) and $(shell), only what names of files answer: no
 * command of a tree is ever run.
 */

/* A pattern of more parts than this is not looked for: it can take for ever. */
#define STARS_MAX 4
#define MATCHES_MAX 4096

static GPtrArray *words_of(const char *text)
{
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);

	make_words_add(words, text);
	return words;
}

static void affix_words(const char *before, const char *list, const char *after, GString *out)
{
	g_autoptr(GPtrArray) words = words_of(list);

	for (guint i = 0; i < words->len && out->len < EXPAND_SIZE_MAX; i++)
		g_string_append_printf(out, "%s%s%s ", before, (char *)words->pdata[i], after);
}

/* The stem ("%") of a word that fits the pattern, and its length; NULL when it does not. */
static const char *pattern_stem(const char *pattern, const char *word, size_t *length)
{
	const char *percent = strchr(pattern, '%');
	size_t size = strlen(word), head = percent ? percent - pattern : 0;
	size_t tail = percent ? strlen(percent + 1) : 0;

	*length = 0;
	if (!percent)
		return strcmp(pattern, word) ? NULL : word + size;
	if (size < head + tail || strncmp(word, pattern, head) ||
	    !g_str_has_suffix(word, percent + 1))
		return NULL;
	*length = size - head - tail;
	return word + head;
}

static void pattern_words(const char *from, const char *to, const char *list, GString *out)
{
	g_autoptr(GPtrArray) words = words_of(list);
	const char *put = strchr(to, '%');

	for (guint i = 0; i < words->len && out->len < EXPAND_SIZE_MAX; i++) {
		size_t length;
		const char *word = words->pdata[i], *stem = pattern_stem(from, word, &length);

		if (stem && strchr(from, '%') && put)
			g_string_append_printf(out, "%.*s%.*s%s ", (int)(put - to), to, (int)length,
					       stem, put + 1);
		else
			g_string_append_printf(out, "%s ", word);
	}
}

static void expand_addprefix(const struct expansion *x, char **words, guint count, GString *out)
{
	(void)x, (void)count;
	affix_words(words[0], words[1], "", out);
}

static void expand_addsuffix(const struct expansion *x, char **words, guint count, GString *out)
{
	(void)x, (void)count;
	affix_words("", words[1], words[0], out);
}

static void expand_patsubst(const struct expansion *x, char **words, guint count, GString *out)
{
	(void)x, (void)count;
	pattern_words(words[0], words[1], words[2], out);
}

static void filter_words(const char *patterns, const char *list, bool wanted, GString *out)
{
	g_autoptr(GPtrArray) words = words_of(list), among = words_of(patterns);

	for (guint i = 0; i < words->len && out->len < EXPAND_SIZE_MAX; i++) {
		bool fits = false;
		size_t length;

		for (guint k = 0; k < among->len && !fits; k++)
			fits = pattern_stem(among->pdata[k], words->pdata[i], &length);
		if (fits == wanted)
			g_string_append_printf(out, "%s ", (char *)words->pdata[i]);
	}
}

static void expand_filter(const struct expansion *x, char **words, guint count, GString *out)
{
	(void)x, (void)count;
	filter_words(words[0], words[1], true, out);
}

static void expand_filter_out(const struct expansion *x, char **words, guint count, GString *out)
{
	(void)x, (void)count;
	filter_words(words[0], words[1], false, out);
}

static void expand_subst(const struct expansion *x, char **words, guint count, GString *out)
{
	g_auto(GStrv) parts = NULL;
	g_autofree char *joined = NULL;

	(void)x, (void)count;
	if (!*words[0]) {
		g_string_append(out, words[2]);
		return;
	}
	parts = g_strsplit(words[2], words[0], -1);
	joined = g_strjoinv(words[1], parts);
	g_string_append(out, joined);
}

/* -- parts of names -- */

enum name_part { PART_DIR, PART_NOTDIR, PART_BASENAME, PART_SUFFIX };

static void name_parts(const char *list, enum name_part part, GString *out)
{
	g_autoptr(GPtrArray) words = words_of(list);

	for (guint i = 0; i < words->len && out->len < EXPAND_SIZE_MAX; i++) {
		const char *word = words->pdata[i], *slash = strrchr(word, '/');
		const char *name = slash ? slash + 1 : word, *dot = strrchr(name, '.');

		if (part == PART_DIR)
			g_string_append_printf(out, "%.*s ", slash ? (int)(name - word) : 2,
					       slash ? word : "./");
		else if (part == PART_NOTDIR)
			g_string_append_printf(out, "%s ", name);
		else if (part == PART_SUFFIX)
			g_string_append_printf(out, "%s ", dot ? dot : "");
		else
			g_string_append_printf(out, "%.*s ",
					       dot ? (int)(dot - word) : (int)strlen(word), word);
	}
}

static void expand_dir(const struct expansion *x, char **words, guint count, GString *out)
{
	(void)x, (void)count;
	name_parts(words[0], PART_DIR, out);
}

static void expand_notdir(const struct expansion *x, char **words, guint count, GString *out)
{
	(void)x, (void)count;
	name_parts(words[0], PART_NOTDIR, out);
}

static void expand_basename(const struct expansion *x, char **words, guint count, GString *out)
{
	(void)x, (void)count;
	name_parts(words[0], PART_BASENAME, out);
}

static void expand_suffix(const struct expansion *x, char **words, guint count, GString *out)
{
	(void)x, (void)count;
	name_parts(words[0], PART_SUFFIX, out);
}

static void expand_firstword(const struct expansion *x, char **words, guint count, GString *out)
{
	g_autoptr(GPtrArray) list = words_of(words[0]);

	(void)x, (void)count;
	if (list->len)
		g_string_append(out, list->pdata[0]);
}

static void expand_lastword(const struct expansion *x, char **words, guint count, GString *out)
{
	g_autoptr(GPtrArray) list = words_of(words[0]);

	(void)x, (void)count;
	if (list->len)
		g_string_append(out, list->pdata[list->len - 1]);
}

/* -- names of files -- */

/* Files of the tree that fit a pattern, as paths from the folder; how many. */
static guint glob_from(const struct expansion *x, const char *folder, const char *pattern,
		       GString *out)
{
	g_autofree char *from = g_build_filename(x->mk->top, folder, NULL);
	g_autofree char *whole = g_build_filename(from, pattern, NULL);
	g_autofree char *below = g_strconcat(x->mk->top, "/", NULL);
	size_t skip = strlen(whole) - strlen(pattern);
	glob_t found = { 0 };
	guint count = 0;

	if (!glob(whole, 0, NULL, &found))
		for (size_t i = 0; i < found.gl_pathc && count < MATCHES_MAX; i++) {
			g_autofree char *real = g_canonicalize_filename(found.gl_pathv[i], "/");

			if (!g_str_has_prefix(real, below) || out->len >= EXPAND_SIZE_MAX)
				continue;
			g_string_append_printf(out, "%s ", found.gl_pathv[i] + skip);
			count++;
		}
	globfree(&found);
	return count;
}

static guint count_of(const char *text, char c)
{
	guint count = 0;

	for (; *text; text++)
		count += *text == c;
	return count;
}

/* $(src) is a path from the top; a plain name is one of the folder. */
static void expand_wildcard(const struct expansion *x, char **words, guint count, GString *out)
{
	g_autoptr(GPtrArray) patterns = words_of(words[0]);

	(void)count;
	for (guint i = 0; x->mk->top && i < patterns->len; i++) {
		const char *pattern = patterns->pdata[i];

		if (*pattern == '/' || count_of(pattern, '*') > STARS_MAX)
			continue;
		if (!glob_from(x, "", pattern, out) && *x->mk->dir)
			glob_from(x, x->mk->dir, pattern, out);
	}
}

static const char *after_word(const char *text, const char *word)
{
	size_t length = strlen(word);

	if (strncmp(text, word, length) || !g_ascii_isspace(text[length]))
		return NULL;
	text += length;
	while (g_ascii_isspace(*text))
		text++;
	return text;
}

/* "cd PATH && pwd" and its like; g_free() it. NULL for any other command. */
static char *folder_of_command(const char *command)
{
	const char *path = after_word(command, "cd");
	const char *end = path ? strstr(path, "&&") : NULL;
	g_autofree char *name = NULL, *rest = NULL;

	if (!end)
		end = path ? strchr(path, ';') : NULL;
	if (!end)
		return NULL;
	name = g_strstrip(g_strndup(path, end - path));
	rest = g_strstrip(g_strdup(end + strspn(end, "&;")));
	return !strcmp(rest, "pwd") && !strpbrk(name, " \t;|&`") ? g_steal_pointer(&name) : NULL;
}

bool make_shell_known(const char *command)
{
	g_autofree char *plain = g_strstrip(g_strdup(command));
	g_autofree char *folder = folder_of_command(plain);

	return folder || !strcmp(plain, "pwd") || !strcmp(plain, "pwd -P");
}

/* Of a module, the folder that a Makefile is in; nothing is run. */
static void expand_shell(const struct expansion *x, char **words, guint count, GString *out)
{
	g_autofree char *plain = g_strstrip(g_strdup(words[0]));
	g_autofree char *folder = folder_of_command(plain);

	(void)count;
	if (!x->mk->kernel)
		return;
	if (folder)
		g_string_append(out, folder);
	else if (make_shell_known(plain))
		g_string_append(out, *x->mk->dir ? x->mk->dir : ".");
}

static void expand_first(const struct expansion *x, char **words, guint count, GString *out)
{
	(void)x, (void)count;
	g_string_append(out, words[0]);
}

/* Both outcomes. */
static void expand_if(const struct expansion *x, char **words, guint count, GString *out)
{
	(void)x;
	for (guint i = 1; i < count; i++)
		g_string_append_printf(out, "%s ", words[i]);
}

/* All that it can be. */
static void expand_or(const struct expansion *x, char **words, guint count, GString *out)
{
	(void)x;
	for (guint i = 0; i < count; i++)
		g_string_append_printf(out, "%s ", words[i]);
}

static void expand_nothing(const struct expansion *x, char **words, guint count, GString *out)
{
	(void)x, (void)words, (void)count, (void)out;
}

static const struct text_function functions[] = {
	{ "addprefix", 2, false, expand_addprefix },
	{ "addsuffix", 2, false, expand_addsuffix },
	{ "patsubst", 3, false, expand_patsubst },
	{ "shell", 0, false, expand_shell },
	{ "strip", 0, false, expand_first },
	{ "sort", 0, false, expand_first },
	{ "if", 0, false, expand_if },
	{ "filter", 2, true, expand_filter },
	{ "filter-out", 2, true, expand_filter_out },
	{ "subst", 3, true, expand_subst },
	{ "dir", 0, true, expand_dir },
	{ "notdir", 0, true, expand_notdir },
	{ "basename", 0, true, expand_basename },
	{ "suffix", 0, true, expand_suffix },
	{ "firstword", 0, true, expand_firstword },
	{ "lastword", 0, true, expand_lastword },
	{ "wildcard", 0, true, expand_wildcard },
	{ "abspath", 0, true, expand_first },
	{ "realpath", 0, true, expand_first },
	{ "or", 0, true, expand_or },
	{ "and", 0, true, expand_or },
	{ "info", 0, true, expand_nothing },
	{ "warning", 0, true, expand_nothing },
	{ "error", 0, true, expand_nothing },
};

const struct text_function *text_function_find(const struct expansion *x, const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(functions); i++)
		if (!strcmp(functions[i].name, name) && (x->mk->kernel || !functions[i].module))
			return &functions[i];
	return NULL;
}
