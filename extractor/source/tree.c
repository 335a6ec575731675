// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "source/path_escape.h"
#include "source/tree.h"
#include "model/path_class.h"

static char *makefile_value(const char *makefile, const char *name)
{
	g_autofree char *pattern = g_strdup_printf("^%s *= *(\\S*)", name);
	g_autoptr(GRegex) regex = g_regex_new(pattern, G_REGEX_MULTILINE | G_REGEX_RAW, 0, NULL);
	g_autoptr(GMatchInfo) match = NULL;

	if (!g_regex_match(regex, makefile, 0, &match))
		return NULL;
	return g_match_info_fetch(match, 1);
}

static char *tree_version(const struct tree *tree)
{
	g_autofree char *makefile = tree_read(tree, "Makefile", NULL, NULL);
	g_autofree char *version = NULL, *patchlevel = NULL, *sublevel = NULL;

	if (!makefile)
		return NULL;
	version = makefile_value(makefile, "VERSION");
	patchlevel = makefile_value(makefile, "PATCHLEVEL");
	sublevel = makefile_value(makefile, "SUBLEVEL");
	if (!version || !patchlevel)
		return NULL;
	return g_strdup_printf("%s.%s.%s", version, patchlevel, sublevel ? sublevel : "0");
}

/* The newest era whose marker the tree's own header declares. */
static enum era tree_era(const struct tree *tree)
{
	g_autofree char *mm_h = tree_read(tree, "include/linux/mm.h", NULL, NULL);

	for (int era = g_strv_length((char **)era_words()) - 1; mm_h && era > 0; era--) {
		const char *marker = era_traits(era)->marker;
		g_autofree char *declared = g_strdup_printf("\\b%s\\s*\\(", marker);

		if (g_regex_match_simple(declared, mm_h, G_REGEX_RAW, 0))
			return era;
	}
	return ERA_NONE;
}

static struct tree *tree_at(const char *path, GError **error)
{
	char *top = realpath(path, NULL);
	struct tree *tree;

	if (!top) {
		fail(error, EXIT_INPUT, "%s: %s", path, g_strerror(errno));
		return NULL;
	}
	tree = g_new0(struct tree, 1);
	tree->top = g_strdup(top);
	tree->kernel = tree;
	free(top);
	return tree;
}

struct tree *tree_open(const char *path, GError **error)
{
	struct tree *tree = tree_at(path, error);

	if (!tree)
		return NULL;
	tree->version = tree_version(tree);
	if (!tree->version || !tree_has(tree, "include/linux/mm.h")) {
		fail(error, EXIT_INPUT,
		     "%s: not a kernel source tree (no Makefile with VERSION, or no include/linux/mm.h); give its top directory",
		     path);
		tree_free(tree);
		return NULL;
	}
	tree->era = tree_era(tree);
	return tree;
}

/*
 * The Makefile of a build directory, or of Debian's headers
 * package, has no version but includes another.
 */
static char *included_makefile(const char *dir)
{
	g_autofree char *path = g_build_filename(dir, "Makefile", NULL), *text = NULL, *name = NULL;
	g_autoptr(GRegex) regex = g_regex_new("^-?include +(\\S+)/Makefile$",
					      G_REGEX_MULTILINE | G_REGEX_RAW, 0, NULL);
	g_autoptr(GMatchInfo) match = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL) ||
	    g_regex_match_simple("^VERSION *=", text, G_REGEX_MULTILINE | G_REGEX_RAW, 0) ||
	    !g_regex_match(regex, text, 0, &match))
		return NULL;
	name = g_match_info_fetch(match, 1);
	return g_canonicalize_filename(name, dir);
}

/* Where the headers of a build directory or of an installed package are. */
static char *kernel_sources(const char *path)
{
	char *dir = g_canonicalize_filename(path, NULL);

	for (int i = 0; i < 4; i++) {
		g_autofree char *next = included_makefile(dir);
		g_autofree char *name = next ? g_path_get_basename(next) : NULL;
		g_autofree char *up = g_path_get_dirname(dir);
		g_autofree char *beside = next ? g_build_filename(up, name, NULL) : NULL;

		if (!next)
			break;
		/* An unpacked package is not at the path in its Makefile. */
		g_free(dir);
		dir = g_strdup(g_file_test(next, G_FILE_TEST_IS_DIR) ? next : beside);
	}
	return dir;
}

struct tree *tree_open_module(const char *path, const char *kernel, GError **error)
{
	g_autofree char *sources = kernel_sources(kernel);
	struct tree *tree = tree_at(path, error);

	if (!tree)
		return NULL;
	if (!g_file_test(tree->top, G_FILE_TEST_IS_DIR))
		fail(error, EXIT_INPUT, "%s: a module is a directory", path);
	else
		tree->kernel = tree_open(sources, error);
	if (!tree->kernel || tree->kernel == tree) {
		tree_free(tree);
		return NULL;
	}
	tree->version = g_strdup(tree->kernel->version);
	tree->era = tree->kernel->era;
	return tree;
}

bool tree_is_module(const struct tree *tree)
{
	return tree->kernel != tree;
}

const char *tree_below(const char *full, const char *top)
{
	size_t length = strlen(top);

	return !strncmp(full, top, length) && full[length] == '/' ? full + length + 1 : NULL;
}

char *tree_scope(const struct tree *tree, const struct knowledge *knowledge, const char *full)
{
	const char *path = tree_below(full, tree->top);

	if (path && tree_is_module(tree) && path_is_kernels(knowledge, path))
		return g_strconcat("./", path, NULL);
	if (!path)
		path = tree_below(full, tree->kernel->top);
	return g_strdup(path ? path : "");
}

void tree_free(struct tree *tree)
{
	if (!tree)
		return;
	if (tree->kernel != tree)
		tree_free(tree->kernel);
	g_free(tree->top);
	g_free(tree->version);
	g_free(tree);
}

bool tree_has(const struct tree *tree, const char *path)
{
	g_autofree char *full = path_full(tree->top, path);
	const char *text;

	if (source_overlay_find(tree->change, path, &text, NULL))
		return text;
	return access(full, R_OK) == 0;
}

char *tree_read(const struct tree *tree, const char *path, size_t *size, GError **error)
{
	g_autofree char *full = path_full(tree->top, path);
	GError *failure = NULL;
	const char *changed;
	char *text = NULL;
	size_t length = 0;

	if (source_overlay_find(tree->change, path, &changed, &length)) {
		if (!changed)
			fail(error, EXIT_INPUT, "%s: removed by the change", path);
		if (size)
			*size = length;
		return changed ? g_memdup2(changed, length + 1) : NULL;
	}
	if (g_file_get_contents(full, &text, size, &failure))
		return text;
	fail(error, EXIT_INPUT, "%s", failure->message);
	g_error_free(failure);
	return NULL;
}
