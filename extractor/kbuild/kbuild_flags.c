// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/option_value.h"
#include "kbuild/kbuild_flags.h"
#include "kbuild/makefile_call.h"

#define FLAGS_MAX 512

/* How many folders above its start a relative path leads. */
static bool leads_above(const char *path)
{
	g_auto(GStrv) parts = g_strsplit(path, "/", -1);
	int depth = 0;

	for (char **part = parts; *part; part++) {
		if (!strcmp(*part, ".."))
			depth--;
		else if (**part && strcmp(*part, "."))
			depth++;
		if (depth < 0)
			return true;
	}
	return false;
}

/*
 * Of a module: $(src) is a path from the top; what is not there, or leads above it, is meant from
 * the folder, which may be outside of the module. NULL for a path from the top.
 */
static char *include_dir_of_folder(const char *dir, const struct makefile *mk)
{
	g_autofree char *from_top = g_build_filename(mk->top, dir, NULL);
	g_autofree char *folder = g_build_filename(mk->top, mk->dir, NULL);
	g_autofree char *path = g_canonicalize_filename(dir, folder);
	g_autofree char *below = g_strconcat(mk->top, "/", NULL);

	if (!leads_above(dir) && (g_file_test(from_top, G_FILE_TEST_EXISTS) ||
				  !g_file_test(path, G_FILE_TEST_EXISTS)))
		return NULL;
	return g_strdup(g_str_has_prefix(path, below) ? path + strlen(below) : path);
}

/* A directory of an -I, as a path from the tree's top. */
static char *include_dir(const char *dir, const struct makefile *mk)
{
	g_autofree char *absolute = NULL;
	char *found = NULL;

	if (dir[0] == '/')	/* really absolute: not of this tree */
		return g_strdup(dir);
	if (mk->kernel && mk->top)
		found = include_dir_of_folder(dir, mk);
	if (found)
		return found;
	absolute = g_canonicalize_filename(dir, "/");
	return g_strdup(absolute[1] ? absolute + 1 : ".");
}

static void flag_add(GPtrArray *flags, char *flag)
{
	for (guint i = 0; i < flags->len; i++) {
		if (g_str_equal(flags->pdata[i], flag)) {
			g_free(flag);
			return;
		}
	}
	if (flags->len < FLAGS_MAX)
		g_ptr_array_add(flags, flag);
	else
		g_free(flag);
}

/* A driver that is built by hand takes the running kernel; it is given another one. */
static char *running_kernel(const char *dir, const char *kernel)
{
	const char *rest = NULL;

	if (kernel && g_str_has_prefix(dir, "/lib/modules/")) {
		rest = strstr(dir, "/build");
		rest = rest ? rest : strstr(dir, "/source");
	}
	if (!rest)
		return g_strdup(dir);
	rest = strchr(rest + 1, '/');
	return g_strconcat(kernel, rest, NULL);
}

/* Options that a path follows; the kernel's own Makefiles are read for the first one only. */
static const char *const path_options[] = { "-I", "-include", "-isystem", "-iquote",
					    "-idirafter", "-imacros" };

/* The option of these that a word is or begins with, or NULL. */
static const char *path_option(const char *word, const struct makefile *mk)
{
	size_t count = mk->kernel ? G_N_ELEMENTS(path_options) : 1;

	for (size_t i = 0; i < count; i++)
		if (g_str_has_prefix(word, path_options[i]))
			return path_options[i];
	return NULL;
}

static void flags_add_path(GPtrArray *flags, const char *what, const char *path,
			   const struct makefile *mk)
{
	g_autofree char *running = running_kernel(path, mk->kernel);
	g_autofree char *where = include_dir(running, mk);

	flag_add(flags, g_strconcat(what, where, NULL));
}

/* A macro as a module's Makefile quotes it for the shell: -DX=\"y\" */
static char *macro_word(const char *word, const struct makefile *mk)
{
	char *plain = mk->kernel && strpbrk(word, "\\'\"") ? g_shell_unquote(word, NULL) : NULL;

	return plain ? plain : g_strdup(word);
}

/* A word stands so in the Makefile or in one that calls it, with nothing put in. */
static bool is_literal(const struct makefile *mk, const char *word)
{
	for (; mk; mk = mk->outer)
		for (guint i = 0; i < mk->variables->len; i++) {
			const struct make_variable *variable = mk->variables->pdata[i];

			for (guint k = 0; k < variable->words->len; k++)
				if (!strcmp(variable->words->pdata[k], word))
					return true;
		}
	return false;
}

/*
 * "-DX=$(x)" where x is not known: below "ifneq ($(x),)", as a rule, so that X is not defined. A
 * macro of nothing would break the code.
 */
static bool lacks_value(const struct makefile *mk, const char *word)
{
	return mk->kernel && g_str_has_suffix(word, "=") && !is_literal(mk, word);
}

/* define: -D options too */
static void flags_add_text(GPtrArray *flags, const char *text, bool define,
			   const struct makefile *mk)
{
	g_auto(GStrv) words = NULL;
	g_autofree char *folded = g_strdelimit(g_strdup(text), "\t\n", ' ');

	words = g_strsplit(folded, " ", -1);
	for (char **word = words; *word; word++) {
		const char *option = path_option(*word, mk);
		const char *path = option ? *word + strlen(option) : NULL;
		const char *macro = option_value(*word, "-D");

		macro = macro ? macro : option_value(*word, "-U");
		if (path && !*path && mk->kernel && word[1])
			path = *++word;
		if (path && *path)
			flags_add_path(flags, option, path, mk);
		else if (define && macro && *macro && !lacks_value(mk, *word))
			flag_add(flags, macro_word(*word, mk));
	}
}

void kbuild_choice_free(void *data)
{
	struct kbuild_choice *choice = data;

	g_free(choice->condition);
	g_free(choice->macro);
	g_free(choice);
}

static void choice_add(GPtrArray *choices, const struct makefile *mk, guint branch,
		       const char *text)
{
	const char *macro = option_value(text, "-D");
	struct kbuild_choice *choice;

	if (!mk->kernel || !branch || !macro || choices->len >= FLAGS_MAX)
		return;
	choice = g_new0(struct kbuild_choice, 1);
	choice->condition = g_strdup_printf("%s:%u", mk->dir, branch >> 8);
	choice->branch = branch & 0xff;
	choice->macro = g_strndup(macro, strcspn(macro, "=("));
	g_ptr_array_add(choices, choice);
}

static bool is_path_option(const char *word)
{
	for (size_t i = 0; i < G_N_ELEMENTS(path_options); i++)
		if (!strcmp(word, path_options[i]))
			return true;
	return false;
}

static void flags_add_variable(GPtrArray *flags, GPtrArray *choices, const struct makefile *mk,
			       const struct make_variable *variable)
{
	for (guint i = 0; i < variable->words->len; i++) {
		const char *word = variable->words->pdata[i];
		g_autofree char *text = makefile_expand(mk, word);

		/* "-I $(src)/x" comes as two words. */
		if (is_path_option(word) && i + 1 < variable->words->len) {
			g_autofree char *next = makefile_expand(mk, variable->words->pdata[++i]);

			g_free(text);
			text = g_strconcat(word, next, NULL);
		}
		choice_add(choices, mk, g_array_index(variable->branch, guint, i), text);
		flags_add_text(flags, text, !mk->kernel || !variable->other->data[i], mk);
	}
}

/* Variables that a module's Makefile exports to all folders below it. */
static bool flags_of_module(const char *name)
{
	static const char *const names[] = { "NOSTDINC_FLAGS", "LINUXINCLUDE", "KBUILD_CFLAGS",
					     "KBUILD_CPPFLAGS", "KCFLAGS", "KCPPFLAGS", "CFLAGS_MODULE",
					     "USERINCLUDE", NULL };

	return g_strv_contains(names, name);
}

/* Variables that a Makefile hands to the objects of its own folder. */
static bool flags_of_folder(const char *name)
{
	static const char *const names[] = { "EXTRA_CFLAGS", "EXTRA_CPPFLAGS", NULL };
	static const char *const starts[] = { "ccflags-", "cppflags-", NULL };

	for (const char *const *start = starts; *start; start++)
		if (g_str_has_prefix(name, *start))
			return true;
	return g_strv_contains(names, name);
}

static bool flags_apply(const struct makefile *mk, const char *name, const char *object, bool own)
{
	const char *slash;

	if (g_str_has_prefix(name, "subdir-ccflags-") || (mk->kernel && flags_of_module(name)))
		return true;
	if (!own)
		return false;
	if (flags_of_folder(name))
		return true;
	if (!g_str_has_prefix(name, "CFLAGS_"))
		return false;
	name += strlen("CFLAGS_");
	slash = mk->kernel ? strrchr(object, '/') : NULL;
	/* Before v5.4 it was the name alone. */
	return !strcmp(name, object) || (slash && !strcmp(name, slash + 1));
}

/* Flags on the command line of the make that calls the Makefile. */
static void flags_add_calls(GPtrArray *flags, const struct makefile *mk)
{
	static const char *const names[] = { "EXTRA_CFLAGS", "EXTRA_CPPFLAGS", "ccflags-y", "KCFLAGS",
					     "KCPPFLAGS", "CFLAGS_MODULE", "KBUILD_CFLAGS",
					     "NOSTDINC_FLAGS", "LINUXINCLUDE" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		const struct makefile *caller;
		const char *value = NULL;

		while ((value = make_call_value(mk, names[i], value, &caller))) {
			g_autofree char *text = makefile_expand(caller, value);

			flags_add_text(flags, text, true, caller);
		}
	}
}

void kbuild_flags_collect(struct kbuild_unit *unit, const struct makefile *mk, const char *object,
			  bool own)
{
	for (guint i = 0; mk && i < mk->variables->len; i++) {
		const struct make_variable *variable = mk->variables->pdata[i];

		if (flags_apply(mk, variable->name, object, own))
			flags_add_variable(unit->flags, unit->choices, mk, variable);
	}
	if (own && mk->kernel)
		flags_add_calls(unit->flags, mk);
}
