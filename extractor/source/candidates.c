// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/file_kind.h"
#include "source/candidates.h"
#include "base/diag.h"
#include "source/path_escape.h"
#include "source/scan_cache.h"
#include "ctext/multi_search.h"

/**
 * struct candidate_match - a search for candidates
 * @search: NULL: all files are
 * @scanned: an earlier search of the tree, or NULL
 */
struct candidate_match {
	const struct tree *tree;
	struct multi_search *search;
	GPtrArray *found;
	struct scan_cache *scanned;
};

static void candidate_free(void *data)
{
	struct candidate *candidate = data;

	g_free(candidate->path);
	g_free(candidate);
}

static void add_candidate(struct candidate_match *finding, const char *path, bool readable)
{
	struct candidate *candidate;

	if (path_is_escaped(finding->tree->top, path))
		diag_warn("%s: the file's name is not UTF-8; it is called like this here", path);
	candidate = g_new0(struct candidate, 1);
	candidate->path = g_strdup(path);
	candidate->readable = readable;
	g_ptr_array_add(finding->found, candidate);
}

/* made by modpost */
static bool is_made(const struct candidate_match *finding, const char *path)
{
	return g_str_has_suffix(path, ".mod.c") && !finding->search;
}

static bool is_hit(const struct candidate_match *finding, const char *text, size_t size)
{
	return !text || !finding->search || multi_search_hit(finding->search, text, size);
}

/* A file that is as an earlier search saw it is not read again. */
static void look_at(struct candidate_match *finding, const struct tree_file *file)
{
	g_autofree char *text = NULL;
	size_t size = 0;
	bool hit;

	if (finding->scanned && scan_cache_known(finding->scanned, file, &hit)) {
		if (hit)
			add_candidate(finding, file->path, true);
		return;
	}
	text = tree_read(finding->tree, file->path, &size, NULL);
	hit = is_hit(finding, text, size);
	if (text && finding->scanned)
		scan_cache_note(finding->scanned, file, hit, text, size);
	if (hit)
		add_candidate(finding, file->path, text);
}

static int by_path(const void *a, const void *b)
{
	const struct candidate *const *left = a, *const *right = b;

	return strcmp((*left)->path, (*right)->path);
}

void candidates_sort(GPtrArray *candidates)
{
	g_ptr_array_sort(candidates, by_path);
}

static struct candidate_match finding_new(const struct tree *tree, GPtrArray *names)
{
	return (struct candidate_match){
		.tree = tree,
		.search = tree_is_module(tree) ? NULL :
			multi_search_new((const char *const *)names->pdata, names->len),
		.found = g_ptr_array_new_with_free_func(candidate_free),
	};
}

GPtrArray *candidates_among(const struct tree *tree, GPtrArray *names, GPtrArray *paths)
{
	struct candidate_match finding = finding_new(tree, names);

	for (guint i = 0; i < paths->len; i++) {
		size_t size = 0;
		g_autofree char *text = tree_read(tree, paths->pdata[i], &size, NULL);

		if (!is_made(&finding, paths->pdata[i]) && is_hit(&finding, text, size))
			add_candidate(&finding, paths->pdata[i], text);
	}
	multi_search_free(finding.search);
	candidates_sort(finding.found);
	return finding.found;
}

GPtrArray *candidates_find(const struct tree *tree, const GArray *files,
			   GPtrArray *names, GHashTable *headers, struct word_index *words)
{
	struct candidate_match finding = finding_new(tree, names);

	if (finding.search)
		finding.scanned = scan_cache_open(tree, names, words);
	for (guint i = 0; i < files->len; i++) {
		const struct tree_file *file =
			&g_array_index(files, struct tree_file, i);

		if (is_made(&finding, file->path))
			continue;
		if (file_is_header(file->path))
			g_hash_table_add(headers, file->path);
		look_at(&finding, file);
	}
	scan_cache_close(finding.scanned);
	multi_search_free(finding.search);
	candidates_sort(finding.found);
	return finding.found;
}
