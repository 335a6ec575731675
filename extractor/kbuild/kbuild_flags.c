// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/option_value.h"
#include "kbuild/kbuild_flags.h"

#define FLAGS_MAX 512

/* A directory of an -I, as a path from the tree's top. */
static char *include_dir(const char *dir)
{
	g_autofree char *absolute = NULL;

	if (dir[0] == '/')	/* really absolute: not of this tree */
		return g_strdup(dir);
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

/* what: "-I" or "-include" */
static void flags_add_path(GPtrArray *flags, const char *what, const char *path, const char *kernel)
{
	g_autofree char *running = running_kernel(path, kernel);
	g_autofree char *where = include_dir(running);

	flag_add(flags, g_strconcat(what, where, NULL));
}

/* define: -D options too; kernel: of a module, or NULL */
static void flags_add_text(GPtrArray *flags, const char *text, bool define, const char *kernel)
{
	g_auto(GStrv) words = NULL;
	g_autofree char *folded = g_strdelimit(g_strdup(text), "\t\n", ' ');

	words = g_strsplit(folded, " ", -1);
	for (char **word = words; *word; word++) {
		const char *dir = option_value(*word, "-I"),
			   *file = option_value(*word, "-include");
		const char *macro = option_value(*word, "-D");

		macro = macro ? macro : option_value(*word, "-U");
		if (dir && *dir)
			flags_add_path(flags, "-I", dir, kernel);
		else if (kernel && file && *file)
			flags_add_path(flags, "-include", file, kernel);
		else if (define && macro && *macro)
			flag_add(flags, g_strdup(*word));
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

static void flags_add_variable(GPtrArray *flags, GPtrArray *choices, const struct makefile *mk,
			       const struct make_variable *variable)
{
	static const char *const alone[] = { "-I", "-include", NULL };

	for (guint i = 0; i < variable->words->len; i++) {
		const char *word = variable->words->pdata[i];
		g_autofree char *text = makefile_expand(mk, word);

		/* "-I $(src)/x" comes as two words. */
		if (g_strv_contains(alone, word) && i + 1 < variable->words->len) {
			g_autofree char *next = makefile_expand(mk, variable->words->pdata[++i]);

			g_free(text);
			text = g_strconcat(word, next, NULL);
		}
		choice_add(choices, mk, g_array_index(variable->branch, guint, i), text);
		flags_add_text(flags, text, !mk->kernel || !variable->other->data[i], mk->kernel);
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
	if (g_str_has_prefix(name, "subdir-ccflags-") || (mk->kernel && flags_of_module(name)))
		return true;
	if (!own)
		return false;
	if (flags_of_folder(name))
		return true;
	return g_str_has_prefix(name, "CFLAGS_") && !strcmp(name + strlen("CFLAGS_"), object);
}

void kbuild_flags_collect(struct kbuild_unit *unit, const struct makefile *mk, const char *object,
			  bool own)
{
	for (guint i = 0; mk && i < mk->variables->len; i++) {
		const struct make_variable *variable = mk->variables->pdata[i];

		if (flags_apply(mk, variable->name, object, own))
			flags_add_variable(unit->flags, unit->choices, mk, variable);
	}
}
