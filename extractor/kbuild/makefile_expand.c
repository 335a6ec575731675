// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "kbuild/makefile.h"
#include "kbuild/makefile_words.h"

#define EXPAND_DEPTH_MAX 16
#define EXPAND_SIZE_MAX (64 << 10)
#define EXPAND_WORK_MAX 4096

const char *make_reference_end(const char *p)
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

bool make_reference_starts(const char *p)
{
	return p[0] == '$' && (p[1] == '(' || p[1] == '{');
}

void make_words_add(GPtrArray *words, const char *text)
{
	while (*text) {
		const char *start;

		while (g_ascii_isspace(*text))
			text++;
		start = text;
		while (*text && !g_ascii_isspace(*text))
			text = make_reference_starts(text) ? make_reference_end(text + 2)
							   : text + 1;
		if (text > start)
			g_ptr_array_add(words, g_strndup(start, text - start));
	}
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
		if (make_reference_starts(text)) {
			text = make_reference_end(text + 2);
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

	make_words_add(words, list);
	for (guint i = 0; i < words->len && out->len < EXPAND_SIZE_MAX; i++)
		g_string_append_printf(out, "%s%s%s ", before, (char *)words->pdata[i], after);
}

static void pattern_words(const char *from, const char *to, const char *list, GString *out)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
	const char *percent = strchr(from, '%'), *put = strchr(to, '%');

	make_words_add(words, list);
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

/* Of a module, $(shell pwd); nothing is run. */
static void expand_shell(const struct expansion *x, char **words, guint count, GString *out)
{
	(void)count;
	if (x->mk->kernel && !strcmp(words[0], "pwd"))
		g_string_append_c(out, '.');
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

/**
 * struct text_function - a function of make's
 * @count: of its arguments; 0: any
 */
static const struct text_function {
	const char *name;
	guint count;
	void (*expand)(const struct expansion *x, char **words, guint count, GString *out);
} functions[] = {
	{ "addprefix", 2, expand_addprefix },
	{ "addsuffix", 2, expand_addsuffix },
	{ "patsubst", 3, expand_patsubst },
	{ "shell", 0, expand_shell },
	{ "strip", 0, expand_first },
	{ "sort", 0, expand_first },
	{ "if", 0, expand_if },
};

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
	for (size_t i = 0; i < G_N_ELEMENTS(functions); i++)
		if (!strcmp(functions[i].name, name) &&
		    (!functions[i].count || arguments->len == functions[i].count))
			functions[i].expand(x, (char **)arguments->pdata, arguments->len, out);
	return true;
}

/* A module's $(srctree) is another tree than its own. */
static bool expand_of_module(struct expansion *x, const char *name, GString *out)
{
	static const char *const kernel[] = { "srctree", "objtree", "abs_srctree", "abs_objtree",
					      "KERNELDIR", "KERNEL_DIR", "KDIR", "KSRC", "KERNELSRC",
					      "KERNEL_SRC", "KBUILD_OUTPUT", NULL };
	static const char *const top[] = { "M", "PWD", "CURDIR", "KBUILD_EXTMOD", NULL };

	if (g_strv_contains(kernel, name))
		g_string_append(out, x->mk->kernel);
	else if (g_strv_contains(top, name))
		g_string_append_c(out, '.');
	else
		return false;
	return true;
}

static bool expand_builtin(struct expansion *x, const char *name, GString *out)
{
	static const char *const folder[] = { "src", "obj", "M", NULL };
	static const char *const top[] = { "srctree", "objtree", "abs_srctree", "abs_objtree", NULL };

	if (x->mk->kernel && expand_of_module(x, name, out))
		return true;
	if (g_strv_contains(folder, name)) {
		/* "$(srctree)/$(src)" must stay a path: the tree is "/" inside. */
		g_string_append(out, *x->mk->dir ? x->mk->dir : ".");
		return true;
	}
	if (g_strv_contains(top, name)) {
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
		if (make_reference_starts(text)) {
			const char *end = make_reference_end(text + 2);
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
