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
			text = make_reference_starts(text) ? make_reference_end(text + 2) : text + 1;
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
	else if (g_str_equal(name, "shell") && x->mk->kernel && g_str_equal(arguments->pdata[0], "pwd"))
		g_string_append_c(out, '.');
	else if (g_str_equal(name, "strip") || g_str_equal(name, "sort"))
		g_string_append(out, arguments->pdata[0]);
	else if (g_str_equal(name, "if"))
		for (guint i = 1; i < arguments->len; i++)
			g_string_append_printf(out, "%s ", (char *)arguments->pdata[i]);
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
	if (x->mk->kernel && expand_of_module(x, name, out))
		return true;
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
