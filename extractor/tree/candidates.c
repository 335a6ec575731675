// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "candidates.h"
#include "diag.h"
#include "name.h"
#include "search.h"

struct finding {
	const struct tree *tree;
	struct search *search;	/* NULL: all */
	GPtrArray *found;
	GHashTable *headers;
};

static void candidate_free(void *data)
{
	struct candidate *candidate = data;

	g_free(candidate->path);
	g_free(candidate);
}

static void look_at(const char *path, const char *text, size_t size, void *data)
{
	struct finding *finding = data;
	struct candidate *candidate;

	if (g_str_has_suffix(path, ".mod.c") && !finding->search)
		return;		/* made by modpost */
	if (finding->headers && g_str_has_suffix(path, ".h"))
		g_hash_table_add(finding->headers, g_strdup(path));
	if (text && finding->search && !search_hit(finding->search, text, size))
		return;
	if (name_is_escaped(finding->tree->top, path))
		diag_warn("%s: the file's name is not UTF-8; it is called like this here", path);
	candidate = g_new0(struct candidate, 1);
	candidate->path = g_strdup(path);
	candidate->readable = text != NULL;
	g_ptr_array_add(finding->found, candidate);
}

static int by_path(const void *a, const void *b)
{
	const struct candidate *const *left = a, *const *right = b;

	return strcmp((*left)->path, (*right)->path);
}

static struct finding finding_new(const struct tree *tree, GPtrArray *names, GHashTable *headers)
{
	return (struct finding){
		.tree = tree,
		.search = tree_is_module(tree) ? NULL :
			search_new((const char *const *)names->pdata, names->len),
		.found = g_ptr_array_new_with_free_func(candidate_free),
		.headers = headers,
	};
}

GPtrArray *candidates_among(const struct tree *tree, GPtrArray *names, GPtrArray *paths)
{
	struct finding finding = finding_new(tree, names, NULL);

	for (guint i = 0; i < paths->len; i++) {
		size_t size = 0;
		g_autofree char *text = tree_read(tree, paths->pdata[i], &size, NULL);

		look_at(paths->pdata[i], text, size, &finding);
	}
	search_free(finding.search);
	g_ptr_array_sort(finding.found, by_path);
	return finding.found;
}

GPtrArray *candidates_find(const struct tree *tree, GPtrArray *names, GHashTable *headers,
			   GError **error)
{
	struct finding finding = finding_new(tree, names, headers);
	bool fine = tree_walk(tree, look_at, &finding, error);

	search_free(finding.search);
	g_ptr_array_sort(finding.found, by_path);
	if (fine)
		return finding.found;
	g_ptr_array_free(finding.found, TRUE);
	return NULL;
}
