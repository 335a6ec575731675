// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/file_kind.h"
#include "base/option_value.h"
#include "kbuild/build_command.h"

/* Options that a path follows, in the same word or the next. */
static const char *const path_options[] = { "-include", "-isystem", "-iquote", "-idirafter",
					    "-imacros", "-I" };

GPtrArray *build_commands_split(const char *line)
{
	GPtrArray *parts = g_ptr_array_new_with_free_func(g_free);
	const char *start = line;
	char quote = 0;

	for (const char *p = line;; p++) {
		if (*p == '\\' && p[1] && quote != '\'') {
			p++;
			continue;
		}
		if (quote && *p == quote)
			quote = 0;
		else if (!quote && (*p == '\'' || *p == '"'))
			quote = *p;
		else if (!*p || (!quote && strchr(";&|\n", *p))) {
			g_ptr_array_add(parts, g_strndup(start, p - start));
			start = p + 1;
		}
		if (!*p)
			return parts;
	}
}

const char *build_command_source(char **words)
{
	const char *source = NULL;
	bool compiles = false;

	for (char **word = words; word && *word; word++) {
		compiles |= !strcmp(*word, "-c");
		if (file_is_source(*word) && **word != '-')
			source = *word;
	}
	return compiles && words[0] && words[1] ? source : NULL;
}

/* -- paths -- */

/* Absolute, where the module is now; NULL for a relative one of a folder that is not known. */
static char *path_now(const struct build_command *command, const struct tree *tree,
		      const char *path)
{
	g_autofree char *full = NULL;
	const char *below;

	if (*path != '/' && !command->directory)
		return NULL;
	full = g_canonicalize_filename(path, command->directory ? command->directory : "/");
	below = command->moved_from ? tree_below(full, command->moved_from) : NULL;
	if (below)
		return g_build_filename(tree->top, below, NULL);
	if (command->moved_from && !strcmp(full, command->moved_from))
		return g_strdup(tree->top);
	return g_steal_pointer(&full);
}

char *build_command_path(const struct build_command *command, const struct tree *tree,
			 const char *source)
{
	g_autofree char *full = path_now(command, tree, source);
	char *real = full ? realpath(full, NULL) : NULL;
	g_autofree char *found = g_strdup(real ? real : full);
	const char *path = found ? tree_below(found, tree->top) : NULL;

	free(real);
	return path && tree_has(tree, path) ? g_strdup(path) : NULL;
}

/* -- options -- */

/* The option's path, in the word or the next; *count: of words. NULL for another option. */
static const char *option_path(char **words, const char **option, int *count)
{
	*count = 1;
	for (size_t i = 0; i < G_N_ELEMENTS(path_options); i++) {
		const char *value = option_value(words[0], path_options[i]);

		if (!value)
			continue;
		*option = path_options[i];
		*count = *value || !words[1] ? 1 : 2;
		return *value ? value : words[1];
	}
	return NULL;
}

/* By "-include KERNEL/include/linux/kconfig.h", which each command of Kbuild has. */
static char *kernel_of(const struct build_command *command)
{
	static const char *const marks[] = { "/include/linux/kconfig.h",
					     "/include/linux/compiler_types.h" };

	for (char **word = command->words; *word; word++) {
		const char *option = NULL, *path;
		int count;

		path = option_path(word, &option, &count);
		for (size_t i = 0; path && i < G_N_ELEMENTS(marks); i++) {
			g_autofree char *root = NULL;

			if (!g_str_has_suffix(path, marks[i]))
				continue;
			root = g_strndup(path, strlen(path) - strlen(marks[i]));
			if (*root == '/')
				return g_canonicalize_filename(root, "/");
			return command->directory ?
				g_canonicalize_filename(root, command->directory) : NULL;
		}
	}
	return NULL;
}

/* The folder that the kernel's objects are in, by "-I FOLDER/arch/x86/include/generated". */
static char *output_of(const struct build_command *command)
{
	g_autoptr(GRegex) regex = g_regex_new("^(.*)/arch/[^/]+/include/generated$", 0, 0, NULL);

	for (char **word = command->words; *word; word++) {
		g_autoptr(GMatchInfo) match = NULL;
		g_autofree char *root = NULL;
		const char *option = NULL, *path;
		int count;

		path = option_path(word, &option, &count);
		if (!path || !g_regex_match(regex, path, 0, &match))
			continue;
		root = g_match_info_fetch(match, 1);
		return *root == '/' || command->directory ?
			g_canonicalize_filename(root, command->directory) : NULL;
	}
	return NULL;
}

/* A folder or file that each object of a kernel has, from the kernel's top. */
static bool is_common(const char *path)
{
	return g_regex_match_simple(
		"^(arch/[^/]+/)?include(/uapi|/generated|/generated/uapi)?$"
		"|^include/linux/(kconfig|compiler_types|compiler-version)\\.h$"
		"|^arch/[^/]+/include/asm/mach-[^/]+$|^(ubuntu|debian)/include$",
		path, 0, 0);
}

/**
 * struct kernel_folders - absolute paths of the kernel that a command is for, or NULL
 */
struct kernel_folders {
	char *sources, *output;
};

/* The path for the kernel at hand; NULL for one that all objects have. */
static char *path_of_kernel(const struct build_command *command, const struct tree *tree,
			    const struct kernel_folders *kernel, const char *path)
{
	g_autofree char *full = path_now(command, tree, path);
	const char *below;

	/* A relative path is one of the kernel's folder, where Kbuild was called in. */
	if (!full)
		return NULL;
	if (tree_below(full, tree->top) || !strcmp(full, tree->top))
		return g_steal_pointer(&full);
	below = kernel->sources ? tree_below(full, kernel->sources) : NULL;
	if (!below && kernel->output)
		below = tree_below(full, kernel->output);
	if (!below)
		return g_steal_pointer(&full);
	return is_common(below) ? NULL : g_build_filename(tree->kernel->top, below, NULL);
}

/* Macros that Kbuild defines for each object. */
static bool is_macro_of_kernel(const char *word)
{
	static const char *const starts[] = { "-D__KERNEL__", "-DMODULE", "-DKBUILD_", "-D__KBUILD_",
					      "-DBUILD_STR", "-DCC_HAVE_", "-DCC_USING_",
					      "-DCONFIG_AS_", "-DCONFIG_CC_" };

	for (size_t i = 0; i < G_N_ELEMENTS(starts); i++)
		if (g_str_has_prefix(word, starts[i]))
			return true;
	return false;
}

static void add_path(GPtrArray *flags, const struct build_command *command,
		     const struct tree *tree, const struct kernel_folders *kernel,
		     const char *option, const char *path)
{
	g_autofree char *now = path_of_kernel(command, tree, kernel, path);

	if (now && !g_str_has_suffix(now, "/include/generated/autoconf.h"))
		g_ptr_array_add(flags, g_strconcat(option, now, NULL));
}

GPtrArray *build_command_flags(const struct build_command *command, const struct tree *tree,
			       char **kernel)
{
	GPtrArray *flags = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *output = output_of(command);
	struct kernel_folders folders = { .output = output };

	folders.sources = *kernel = kernel_of(command);
	for (char **word = command->words; *word;) {
		const char *option = NULL, *path;
		int count;

		path = option_path(word, &option, &count);
		if (path)
			add_path(flags, command, tree, &folders, option, path);
		else if ((option_value(*word, "-D") || option_value(*word, "-U")) && (*word)[2] &&
			 !is_macro_of_kernel(*word))
			g_ptr_array_add(flags, g_strdup(*word));
		word += count;
	}
	return flags;
}
