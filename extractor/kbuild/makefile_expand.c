// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "kbuild/makefile.h"
#include "kbuild/makefile_call.h"
#include "kbuild/makefile_words.h"

#define EXPAND_DEPTH_MAX 16
#define EXPAND_WORK_MAX 4096
/* A module's lists are taken apart by $(foreach), $(call) and $(eval). */
#define EXPAND_DEPTH_MODULE 48
#define EXPAND_WORK_MODULE 65536

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

static void expand(struct expansion *x, const char *text, GString *out);

static char *expand_argument(struct expansion *x, const char *text, size_t length)
{
	g_autofree char *argument = g_strndup(text, length);
	GString *out = g_string_new(NULL);

	expand(x, argument, out);
	return g_string_free(out, FALSE);
}

/* The arguments of a function call, split at top-level commas; at most so many, 0: any number. */
static GPtrArray *split_arguments(const char *text, guint most)
{
	GPtrArray *arguments = g_ptr_array_new_with_free_func(g_free);
	const char *start = text;

	while (*text && arguments->len + 1 != most) {
		if (make_reference_starts(text)) {
			text = make_reference_end(text + 2);
			continue;
		}
		if (*text == ',') {
			g_ptr_array_add(arguments, g_strndup(start, text - start));
			start = text + 1;
		}
		text++;
	}
	g_ptr_array_add(arguments, g_strdup(start));
	return arguments;
}

static GPtrArray *expand_arguments(struct expansion *x, const char *text, guint most)
{
	g_autoptr(GPtrArray) raw = split_arguments(text, most);
	GPtrArray *arguments = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < raw->len; i++)
		g_ptr_array_add(arguments,
				expand_argument(x, raw->pdata[i], strlen(raw->pdata[i])));
	return arguments;
}

/* -- functions that are more than text -- */

static void local_push(struct expansion *x, const char *name, const char *value)
{
	g_ptr_array_add(x->locals, g_strdup(name));
	g_ptr_array_add(x->locals, g_strdup(value));
}

/* The value of a name that $(foreach) or $(call) has bound; NULL when none has. */
static const char *local_find(const struct expansion *x, const char *name)
{
	for (guint i = x->locals->len; i >= 2; i -= 2)
		if (!strcmp(x->locals->pdata[i - 2], name))
			return x->locals->pdata[i - 1];
	return NULL;
}

static void expand_foreach(struct expansion *x, const char *rest, GString *out)
{
	g_autoptr(GPtrArray) arguments = split_arguments(rest, 3);
	g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *name = NULL, *list = NULL;
	guint depth = x->locals->len;

	if (arguments->len < 3)
		return;
	name = g_strstrip(expand_argument(x, arguments->pdata[0], strlen(arguments->pdata[0])));
	list = expand_argument(x, arguments->pdata[1], strlen(arguments->pdata[1]));
	make_words_add(words, list);
	for (guint i = 0; i < words->len && x->work < EXPAND_WORK_MODULE; i++) {
		local_push(x, name, words->pdata[i]);
		expand(x, arguments->pdata[2], out);
		g_string_append_c(out, ' ');
		g_ptr_array_set_size(x->locals, depth);
	}
}

static void expand_variable(struct expansion *x, const char *name, GString *out);

static void expand_call(struct expansion *x, const char *rest, GString *out)
{
	g_autoptr(GPtrArray) arguments = expand_arguments(x, rest, 0);
	guint depth = x->locals->len;

	for (guint i = 1; i < arguments->len; i++) {
		g_autofree char *number = g_strdup_printf("%u", i);

		local_push(x, number, arguments->pdata[i]);
	}
	expand_variable(x, g_strstrip(arguments->pdata[0]), out);
	g_ptr_array_set_size(x->locals, depth);
}

static void expand_eval(struct expansion *x, const char *rest)
{
	char *text = expand_argument(x, rest, strlen(rest));

	if (x->evals)
		g_ptr_array_add(x->evals, text);
	else
		g_free(text);
}

/* true when it is one of these */
static bool expand_special(struct expansion *x, const char *name, const char *rest, GString *out)
{
	if (!x->mk->kernel)
		return false;
	if (!strcmp(name, "foreach"))
		expand_foreach(x, rest, out);
	else if (!strcmp(name, "call"))
		expand_call(x, rest, out);
	else if (!strcmp(name, "eval"))
		expand_eval(x, rest);
	else
		return false;
	return true;
}

/* true when the reference is a call of a text function. Others give nothing. */
static bool expand_function(struct expansion *x, const char *inside, GString *out)
{
	const char *rest = inside + strcspn(inside, " \t");
	g_autofree char *name = g_strndup(inside, rest - inside);
	const struct text_function *function;
	g_autoptr(GPtrArray) arguments = NULL;

	if (!*rest)
		return false;
	while (g_ascii_isspace(*rest))
		rest++;
	if (expand_special(x, name, rest, out))
		return true;
	function = text_function_find(x, name);
	arguments = expand_arguments(x, rest, 0);
	if (function && (!function->count || arguments->len == function->count))
		function->expand(x, (char **)arguments->pdata, arguments->len, out);
	return true;
}

/* -- variables -- */

/* A module's $(srctree) is another tree than its own. */
static bool expand_of_module(struct expansion *x, const char *name, GString *out)
{
	static const char *const kernel[] = { "srctree", "objtree", "abs_srctree", "abs_objtree",
					      "KERNELDIR", "KERNEL_DIR", "KDIR", "KSRC", "KERNELSRC",
					      "KERNEL_SRC", "KBUILD_OUTPUT", NULL };
	static const char *const root[] = { "M", "PWD", "CURDIR", "KBUILD_EXTMOD", NULL };

	if (g_strv_contains(kernel, name))
		g_string_append(out, x->mk->kernel);
	else if (g_strv_contains(root, name))
		g_string_append(out, *x->mk->root ? x->mk->root : ".");
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

static int depth_max(const struct expansion *x)
{
	return x->mk->kernel ? EXPAND_DEPTH_MODULE : EXPAND_DEPTH_MAX;
}

static void expand_words(struct expansion *x, const struct make_variable *variable, GString *out)
{
	if (variable->text) {
		expand(x, variable->text, out);
		return;
	}
	for (guint i = 0; i < variable->words->len; i++) {
		if (i)
			g_string_append_c(out, ' ');
		expand(x, variable->words->pdata[i], out);
	}
}

/* A variable that the Makefile has from the one that calls it; true when there is such a one. */
static bool expand_handed_over(struct expansion *x, const char *name, GString *out)
{
	const struct makefile *own = x->mk, *caller;
	const char *value = own->kernel ? make_call_value(own, name, NULL, &caller) : NULL;

	/* "NAME=$(NAME)" hands over the caller's own */
	if (!value || g_ptr_array_find(x->active, value, NULL) || x->depth >= depth_max(x))
		return false;
	x->depth++;
	x->mk = caller;
	g_ptr_array_add(x->active, (void *)value);
	expand(x, value, out);
	g_ptr_array_set_size(x->active, x->active->len - 1);
	x->mk = own;
	x->depth--;
	return true;
}

static void expand_variable(struct expansion *x, const char *name, GString *out)
{
	const struct makefile *own = x->mk, *mk = own;
	const struct make_variable *variable = makefile_variable(mk, name);

	if (!variable && expand_handed_over(x, name, out))
		return;
	while (!variable && mk->outer) {
		mk = mk->outer;
		variable = makefile_variable(mk, name);
	}
	/* "X := $(filter a, $(X))": all values of X are in one list. */
	if (!variable || x->depth >= depth_max(x) ||
	    g_ptr_array_find(x->active, variable, NULL))
		return;
	x->depth++;
	x->mk = mk;
	g_ptr_array_add(x->active, (void *)variable);
	expand_words(x, variable, out);
	g_ptr_array_set_size(x->active, x->active->len - 1);
	x->mk = own;
	x->depth--;
}

/* "OBJS:.c=.o" and "OBJS:%.c=%.o"; true when it is one. */
static bool expand_substitution(struct expansion *x, const char *name, GString *out)
{
	const char *colon = strchr(name, ':'), *equals = colon ? strchr(colon, '=') : NULL;
	g_autofree char *variable = NULL, *from = NULL, *list = NULL, *call = NULL;
	const struct text_function *patsubst = text_function_find(x, "patsubst");
	GString *value;
	char *arguments[3];
	bool percent;

	if (!x->mk->kernel || !equals || colon == name)
		return false;
	variable = g_strndup(name, colon - name);
	percent = memchr(colon, '%', equals - colon);
	from = g_strdup_printf("%s%.*s", percent ? "" : "%", (int)(equals - colon - 1), colon + 1);
	call = g_strconcat(percent ? "" : "%", equals + 1, NULL);
	value = g_string_new(NULL);
	expand_variable(x, variable, value);
	list = g_string_free(value, FALSE);
	arguments[0] = from;
	arguments[1] = call;
	arguments[2] = list;
	patsubst->expand(x, arguments, 3, out);
	return true;
}

static void expand_reference(struct expansion *x, const char *inside, GString *out)
{
	g_autofree char *name = NULL;
	const char *local;

	if (x->depth >= depth_max(x))
		return;
	x->depth++;
	if (!expand_function(x, inside, out)) {
		name = expand_argument(x, inside, strlen(inside));
		local = local_find(x, name);
		if (local)
			g_string_append(out, local);
		else if (!expand_builtin(x, name, out) && !expand_substitution(x, name, out))
			expand_variable(x, name, out);
	}
	x->depth--;
}

static void expand(struct expansion *x, const char *text, GString *out)
{
	int most = x->mk->kernel ? EXPAND_WORK_MODULE : EXPAND_WORK_MAX;

	while (*text && out->len < EXPAND_SIZE_MAX && x->work < most) {
		if (make_reference_starts(text)) {
			const char *end = make_reference_end(text + 2);
			bool closed = end[-1] == ')' || end[-1] == '}';
			g_autofree char *inside = g_strndup(text + 2, end - text - 2 - closed);

			x->work++;
			expand_reference(x, inside, out);
			text = end;
			continue;
		}
		if (x->evals && text[0] == '$' && text[1] == '$')
			text++;
		g_string_append_c(out, *text++);
	}
}

char *makefile_expand_line(const struct makefile *mk, const char *line, GPtrArray *evals)
{
	g_autoptr(GPtrArray) active = g_ptr_array_new();
	g_autoptr(GPtrArray) locals = g_ptr_array_new_with_free_func(g_free);
	struct expansion x = { .mk = mk, .active = active, .locals = locals, .evals = evals };
	GString *out = g_string_new(NULL);

	expand(&x, line, out);
	return g_string_free(out, FALSE);
}

char *makefile_expand(const struct makefile *mk, const char *word)
{
	return makefile_expand_line(mk, word, NULL);
}
